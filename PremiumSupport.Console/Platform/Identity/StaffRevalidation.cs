using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>Keeps a circuit's staff member current: asked again as soon as the bus says that some staff changed, and every minute in case that was lost.</summary>
internal sealed partial class StaffRevalidation : RevalidatingServerAuthenticationStateProvider
{
    private readonly StaffDirectory _staff;
    private readonly IDisposable _subscription;
    private readonly ILogger _log;

    // The directory is asked for first: it empties itself before this circuit, a later subscriber, hears of a change and reads from it.
    public StaffRevalidation(ILoggerFactory logs, StaffDirectory staff, ChangeBus bus) : base(logs)
    {
        _staff = staff;
        _log = logs.CreateLogger<StaffRevalidation>();
        _subscription = bus.Subscribe(OnChange);
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await StaffCookie.IsCurrentAsync(authenticationState.User, _staff, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The server stops, and the circuit with it: there is nobody left to be turned away.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _subscription.Dispose();
        base.Dispose(disposing);
    }

    private void OnChange(Change change)
    {
        if (change.IsAbout(StaffDirectory.Topic))
        {
            _ = RevalidateAsync();
        }
    }

    private async Task RevalidateAsync()
    {
        try
        {
            var state = await GetAuthenticationStateAsync();
            if (state.User.Identity?.IsAuthenticated == true && !await StaffCookie.IsCurrentAsync(state.User, _staff))
            {
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
            }
        }
        catch (InvalidOperationException)
        {
            // A static page has this provider as well, and may hear of a change before it was told who is asking. It is over in a moment.
        }
        catch (Exception failure)
        {
            LogNotChecked(_log, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A circuit's staff member could not be checked; it is tried again within a minute")]
    private static partial void LogNotChecked(ILogger logger, Exception failure);
}

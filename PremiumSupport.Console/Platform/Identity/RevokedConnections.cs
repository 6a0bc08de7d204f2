using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>Ends the hub connections of staff who may no longer be there. A connection is authenticated once, when it opens, and may stay open for days.</summary>
internal sealed partial class RevokedConnections : IHubFilter, IDisposable
{
    private readonly StaffDirectory _staff;
    private readonly ILogger<RevokedConnections> _log;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new();

    public RevokedConnections(StaffDirectory staff, ChangeBus bus, ILogger<RevokedConnections> log)
    {
        _staff = staff;
        _log = log;
        _subscription = bus.Subscribe(OnChange);
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (context.Context.User?.HasClaim(claim => claim.Type == ClaimTypes.NameIdentifier) == true)
        {
            _connections[context.Context.ConnectionId] = context.Context;
            await EndUnlessCurrentAsync(context.Context);
        }

        await next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        _connections.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    public void Dispose() => _subscription.Dispose();

    private void OnChange(Change change)
    {
        if (change.IsAbout(StaffDirectory.Topic))
        {
            _ = EndRevokedAsync();
        }
    }

    private async Task EndRevokedAsync()
    {
        foreach (var connection in _connections.Values)
        {
            try
            {
                await EndUnlessCurrentAsync(connection);
            }
            catch (Exception failure)
            {
                LogNotChecked(_log, failure);
            }
        }
    }

    private async Task EndUnlessCurrentAsync(HubCallerContext connection)
    {
        if (!await StaffCookie.IsCurrentAsync(connection.User, _staff))
        {
            connection.Abort();
        }
    }

    [LoggerMessage(LogLevel.Error, "A hub connection's staff member could not be checked")]
    private static partial void LogNotChecked(ILogger logger, Exception failure);
}

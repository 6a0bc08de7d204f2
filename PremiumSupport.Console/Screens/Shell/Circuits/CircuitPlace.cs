using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell.Circuits;

/// <summary>
/// The place that one circuit takes. One too many lives on with nothing in it but the sentence that says so: a circuit that was ended would leave its page dead and without a word. Most
/// are turned away before, by the page itself (<see cref="Of"/>).
/// </summary>
public sealed partial class CircuitPlace(AuthenticationStateProvider authentication, CircuitCount count, ILogger<CircuitPlace> log) : CircuitHandler
{
    private Guid? _person;
    private bool _isUp;

    /// <summary>Why this circuit shows nothing; null when it has its place, and while a page is drawn without one.</summary>
    public CircuitRefusal? Refusal { get; private set; }

    /// <summary>Why a page of that person should not ask for a circuit; null when it may.</summary>
    public CircuitRefusal? Of(StaffCaller? person)
    {
        if (Refusal is null && person is not null && count.Look(person.StaffId) is { } refusal)
        {
            Refusal = refusal;
            count.Refuse(refusal);
        }

        return Refusal;
    }

    /// <inheritdoc />
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (CallerReader.Staff((await authentication.GetAuthenticationStateAsync()).User) is not { } staff)
        {
            return;
        }

        if (count.Enter(staff.StaffId) is { } refusal)
        {
            Refusal = refusal;
            count.Refuse(refusal);
            LogRefused(log, refusal, staff.StaffId, count.All);
            return;
        }

        (_person, _isUp) = (staff.StaffId, true);
    }

    /// <inheritdoc />
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => TurnAsync(isUp: true);

    /// <inheritdoc />
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => TurnAsync(isUp: false);

    /// <inheritdoc />
    public override async Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        await TurnAsync(isUp: false);
        if (_person is not null)
        {
            _person = null;
            count.Leave();
        }
    }

    private Task TurnAsync(bool isUp)
    {
        if (_person is { } person && _isUp != isUp)
        {
            _isUp = isUp;
            count.Turn(person, isUp);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "A page of {Staff} was refused a circuit ({Refusal}); this node has {All}")]
    private static partial void LogRefused(ILogger logger, CircuitRefusal refusal, Guid staff, int all);
}

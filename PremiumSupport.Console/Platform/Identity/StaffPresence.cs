using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PremiumSupport.Platform.Identity;

/// <summary>Who has the console open on this node: staff with a connected circuit.</summary>
public sealed class StaffPresence
{
    private readonly ConcurrentDictionary<Guid, int> _circuits = new();

    /// <summary>This node: another one for each start of a process.</summary>
    public Guid NodeId { get; } = Guid.CreateVersion7();

    /// <summary>Everybody who is here right now.</summary>
    public IReadOnlyCollection<Guid> Here => [.. _circuits.Where(circuits => circuits.Value > 0).Select(circuits => circuits.Key)];

    /// <summary>One circuit more of somebody.</summary>
    public void Enter(Guid staff) => _circuits.AddOrUpdate(staff, 1, (_, circuits) => circuits + 1);

    /// <summary>One less.</summary>
    public void Leave(Guid staff) => _circuits.AddOrUpdate(staff, 0, (_, circuits) => circuits - 1);
}

/// <summary>Counts a circuit in while its browser is connected, and out when it is not.</summary>
internal sealed class PresenceCircuit(AuthenticationStateProvider authentication, StaffPresence presence) : CircuitHandler
{
    private Guid? _counted;

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is null && CallerReader.Staff((await authentication.GetAuthenticationStateAsync()).User) is { } staff)
        {
            _counted = staff.StaffId;
            presence.Enter(staff.StaffId);
        }
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is { } staff)
        {
            _counted = null;
            presence.Leave(staff);
        }

        return Task.CompletedTask;
    }
}

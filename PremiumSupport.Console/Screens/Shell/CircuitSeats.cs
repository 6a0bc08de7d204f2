using Microsoft.AspNetCore.Components.Server.Circuits;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>The tickets that one circuit has open. A circuit outlives its line for minutes; while the line is down nobody looks at anything there.</summary>
public sealed class CircuitSeats(TicketPresence presence) : CircuitHandler
{
    private readonly List<TicketSeat> _seats = [];
    private bool _isDown;

    /// <summary>Somebody opens a ticket in this circuit; give it back to <see cref="Leave"/>.</summary>
    public TicketSeat Sit(long number, StaffCaller who)
    {
        var seat = presence.Sit(number, who);
        seat.Hide(_isDown);
        lock (_seats)
        {
            _seats.Add(seat);
        }

        return seat;
    }

    /// <summary>They left it.</summary>
    public void Leave(TicketSeat seat)
    {
        lock (_seats)
        {
            _seats.Remove(seat);
        }

        seat.Dispose();
    }

    /// <inheritdoc />
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Turn(isDown: false);

    /// <inheritdoc />
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Turn(isDown: true);

    private Task Turn(bool isDown)
    {
        _isDown = isDown;
        lock (_seats)
        {
            _seats.ForEach(seat => seat.Hide(isDown));
        }

        return Task.CompletedTask;
    }
}

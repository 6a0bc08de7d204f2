namespace PremiumSupport.Desk.Tickets.Presence;

/// <summary>A page that has a ticket open. Says what its person does there, until disposed.</summary>
public sealed class TicketSeat : IDisposable
{
    private readonly TicketPresence _presence;
    private PresenceMode _mode = PresenceMode.Viewing;
    private bool _isHidden;
    private bool _isLeft;

    internal TicketSeat(TicketPresence presence, long number, Guid staffId) => (_presence, Number, StaffId) = (presence, number, staffId);

    /// <summary>The ticket.</summary>
    public long Number { get; }

    internal Guid StaffId { get; }

    internal PresenceMode Mode => _isLeft || _isHidden ? PresenceMode.Away : _mode;

    /// <summary>The person begins or stops replying.</summary>
    public void Reply(bool isReplying) => Change(isReplying ? PresenceMode.Replying : PresenceMode.Viewing, _isHidden);

    /// <summary>The page went out of sight, or its line is down: nobody looks at the ticket there until it is back.</summary>
    public void Hide(bool isHidden) => Change(_mode, isHidden);

    /// <inheritdoc />
    public void Dispose()
    {
        _isLeft = true;
        _presence.Leave(this);
    }

    private void Change(PresenceMode mode, bool isHidden)
    {
        if (!_isLeft && (mode, isHidden) != (_mode, _isHidden))
        {
            (_mode, _isHidden) = (mode, isHidden);
            _presence.Look(Number, StaffId);
        }
    }
}

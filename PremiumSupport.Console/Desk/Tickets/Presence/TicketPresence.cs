using System.Collections.Concurrent;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Presence;

/// <summary>
/// Who has which ticket open, on this node and, as far as their signs come through, on the others. In memory and safe to lose: it keeps colleagues out of each other's way and
/// decides nothing. Costs nothing while nobody opens, leaves or replies, but for one sign a person every half minute among several nodes.
/// </summary>
public sealed class TicketPresence : IDisposable
{
    /// <summary>The topic under which the bus of this node says that somebody came to a ticket, left it, or began to reply; the id is its number.</summary>
    public const string Topic = "presence";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    // Two beats may get lost; a node that died is forgotten after that.
    private static readonly TimeSpan Counts = TimeSpan.FromSeconds(75);

    private readonly ChangeBus _bus;
    private readonly StaffDirectory _staff;
    private readonly TimeProvider _clock;
    private readonly string _node;
    private readonly Lock _gate = new();
    private readonly List<TicketSeat> _seats = [];
    private readonly Dictionary<(Guid Staff, long Number), (PresenceMode Mode, DateTimeOffset Since)> _here = [];
    private readonly Dictionary<(string Node, Guid Staff, long Number), (PresenceMode Mode, DateTimeOffset Since, DateTimeOffset Until)> _elsewhere = [];
    private readonly ConcurrentDictionary<Guid, string> _names = new();
    private readonly IDisposable _subscription;
    private readonly ITimer _beat;

    /// <summary>Starts to listen to the bus.</summary>
    public TicketPresence(ChangeBus bus, StaffPresence node, StaffDirectory staff, TimeProvider clock)
    {
        (_bus, _staff, _clock, _node) = (bus, staff, clock, PresenceSign.NameOf(node.NodeId));
        _subscription = bus.Subscribe(Hear);
        _beat = clock.CreateTimer(_ => SayAgain(), null, Beat, Beat);
    }

    /// <summary>Somebody opens a ticket.</summary>
    public TicketSeat Sit(long number, StaffCaller who)
    {
        var seat = new TicketSeat(this, number, who.StaffId);
        _names[who.StaffId] = who.Name;
        lock (_gate)
        {
            _seats.Add(seat);
        }

        Look(number, who.StaffId);
        return seat;
    }

    /// <summary>The others at a ticket, who replies first.</summary>
    public IReadOnlyList<Onlooker> At(long number, Guid except) =>
        [.. Everybody().Where(seat => seat.Number == number && seat.Staff != except)
            .GroupBy(seat => seat.Staff)
            .Select(seats => (Staff: seats.Key, Mode: seats.Max(seat => seat.Mode)))
            .Where(seat => _names.ContainsKey(seat.Staff))
            .Select(seat => new Onlooker(seat.Staff, _names[seat.Staff], seat.Mode))
            .OrderByDescending(one => one.Mode).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>The tickets that others are looking at.</summary>
    public IReadOnlySet<long> ViewedByOthers(Guid except) => Everybody().Where(seat => seat.Staff != except).Select(seat => seat.Number).ToHashSet();

    /// <summary>
    /// The same, each with the instant since when nobody there does anything but look: the end of time while somebody replies. Of another node it is when its sign came.
    /// </summary>
    public IReadOnlyDictionary<long, DateTimeOffset> WatchedByOthers(Guid except) => Everybody().Where(seat => seat.Staff != except)
        .GroupBy(seat => seat.Number)
        .ToDictionary(seats => seats.Key, seats => seats.Max(seat => seat.Mode == PresenceMode.Replying ? DateTimeOffset.MaxValue : seat.Since));

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        _beat.Dispose();
    }

    internal void Leave(TicketSeat seat)
    {
        lock (_gate)
        {
            _seats.Remove(seat);
        }

        Look(seat.Number, seat.StaffId);
    }

    /// <summary>Works out anew what a person does at a ticket, and tells if that is another thing than before.</summary>
    internal void Look(long number, Guid staff)
    {
        PresenceMode mode;
        lock (_gate)
        {
            mode = _seats.Where(seat => seat.Number == number && seat.StaffId == staff).Select(seat => seat.Mode).DefaultIfEmpty().Max();
            if (mode == _here.GetValueOrDefault((staff, number)).Mode)
            {
                return;
            }

            if (mode == PresenceMode.Away)
            {
                _here.Remove((staff, number));
            }
            else
            {
                _here[(staff, number)] = (mode, _clock.GetUtcNow());
            }
        }

        _bus.PublishHere(new(Topic, number));
        _bus.Publish(new PresenceSign(_node, staff, number, mode).ToChange());
    }

    private void Hear(Change change)
    {
        if (PresenceSign.Read(change) is not { } sign || sign.Node == _node)
        {
            return;
        }

        var key = (sign.Node, sign.StaffId, sign.Number);
        bool isNews;
        lock (_gate)
        {
            var (now, known) = (_clock.GetUtcNow(), _elsewhere.GetValueOrDefault(key));
            isNews = known.Mode != sign.Mode;
            if (sign.Mode == PresenceMode.Away)
            {
                _elsewhere.Remove(key);
            }
            else
            {
                _elsewhere[key] = (sign.Mode, isNews ? now : known.Since, now + Counts);
            }
        }

        if (isNews)
        {
            _ = TellAsync(sign);
        }
    }

    // A sign names nobody; the name is looked up once.
    private async Task TellAsync(PresenceSign sign)
    {
        try
        {
            if (!_names.ContainsKey(sign.StaffId) && await _staff.FindAsync(sign.StaffId) is { } card)
            {
                _names[sign.StaffId] = card.DisplayName;
            }
        }
        catch (Exception)
        {
            // The database is away; the person is shown, or not, by a later sign.
        }

        _bus.PublishHere(new(Topic, sign.Number));
    }

    private void SayAgain()
    {
        List<PresenceSign> signs;
        List<long> forgotten;
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            signs = [.. _here.Select(seat => new PresenceSign(_node, seat.Key.Staff, seat.Key.Number, seat.Value.Mode))];
            var dead = _elsewhere.Where(seat => seat.Value.Until <= now).Select(seat => seat.Key).ToList();
            forgotten = [.. dead.Select(key => key.Number)];
            dead.ForEach(key => _elsewhere.Remove(key));
        }

        signs.ForEach(sign => _bus.Publish(sign.ToChange()));
        forgotten.ForEach(number => _bus.PublishHere(new(Topic, number)));
    }

    private List<(Guid Staff, long Number, PresenceMode Mode, DateTimeOffset Since)> Everybody()
    {
        lock (_gate)
        {
            return _elsewhere.Count == 0
                ? [.. _here.Select(seat => (seat.Key.Staff, seat.Key.Number, seat.Value.Mode, seat.Value.Since))]
                : [.. _here.Select(seat => (seat.Key.Staff, seat.Key.Number, seat.Value.Mode, seat.Value.Since)), .. _elsewhere.Select(seat => (seat.Key.Staff, seat.Key.Number, seat.Value.Mode, seat.Value.Since))];
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Tests.Desk.Tickets.Presence;

/// <summary>Who is at a ticket, on one node and between two that carry each other's signs.</summary>
public sealed class TicketPresenceTests : IDisposable
{
    private static readonly StaffCaller Ana = new(Guid.NewGuid(), "Ana Ruiz", "ana@demo.example");
    private static readonly StaffCaller Mara = new(Guid.NewGuid(), "Mara Lindqvist", "mara@demo.example");

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly ChangeBus _firstBus = new(NullLogger<ChangeBus>.Instance);
    private readonly ChangeBus _secondBus = new(NullLogger<ChangeBus>.Instance);
    private readonly TicketPresence _first;
    private readonly TicketPresence _second;

    public TicketPresenceTests()
    {
        (_first, _second) = (On(_firstBus), On(_secondBus));
        // As the bridge does: what one node publishes for all, the other says to its own.
        _firstBus.Forward(_secondBus.PublishHere);
        _secondBus.Forward(_firstBus.PublishHere);
        // Names are known where somebody has sat before; otherwise the directory is asked.
        _first.Sit(1, Mara).Dispose();
        _second.Sit(1, Ana).Dispose();
        _first.Sit(1, Ana).Dispose();
        _second.Sit(1, Mara).Dispose();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Somebody_is_there_from_the_first_page_to_the_last_and_a_reply_stands_over_looking()
    {
        var (one, two) = (_first.Sit(7, Ana), _first.Sit(7, Ana));
        two.Reply(true);
        Assert.Equal([new Onlooker(Ana.StaffId, "Ana Ruiz", PresenceMode.Replying)], _first.At(7, Mara.StaffId));
        Assert.Empty(_first.At(7, Ana.StaffId));
        Assert.Equal([7L], _first.ViewedByOthers(Mara.StaffId));
        Assert.Empty(_first.ViewedByOthers(Ana.StaffId));

        two.Dispose();
        Assert.Equal(PresenceMode.Viewing, Assert.Single(_first.At(7, Mara.StaffId)).Mode);
        one.Dispose();
        Assert.Empty(_first.At(7, Mara.StaffId));
    }

    [Fact]
    public void Since_when_somebody_only_looks_is_known_here_and_on_the_other_node()
    {
        using var seat = _first.Sit(7, Ana);
        var came = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((came, came), (_first.WatchedByOthers(Mara.StaffId)[7], _second.WatchedByOthers(Mara.StaffId)[7]));

        seat.Reply(true);
        Assert.Equal((DateTimeOffset.MaxValue, DateTimeOffset.MaxValue), (_first.WatchedByOthers(Mara.StaffId)[7], _second.WatchedByOthers(Mara.StaffId)[7]));
        seat.Reply(false);
        var stopped = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((stopped, stopped), (_first.WatchedByOthers(Mara.StaffId)[7], _second.WatchedByOthers(Mara.StaffId)[7]));
        Assert.Empty(_first.WatchedByOthers(Ana.StaffId));
    }

    [Fact]
    public void A_page_out_of_sight_or_without_its_line_is_nobody()
    {
        using var seat = _first.Sit(7, Ana);
        seat.Hide(true);
        Assert.Empty(_first.ViewedByOthers(Mara.StaffId));
        seat.Hide(false);
        Assert.Equal([7L], _first.ViewedByOthers(Mara.StaffId));
    }

    [Fact]
    public void Another_node_hears_of_it_and_forgets_a_node_that_says_nothing_more()
    {
        var seat = _first.Sit(7, Ana);
        seat.Reply(true);
        Assert.Equal([new Onlooker(Ana.StaffId, "Ana Ruiz", PresenceMode.Replying)], _second.At(7, Mara.StaffId));

        // Said again and again while she stays.
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([7L], _second.ViewedByOthers(Mara.StaffId));

        _first.Dispose();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(_second.ViewedByOthers(Mara.StaffId));
    }

    [Fact]
    public void Nothing_is_said_while_nothing_happens()
    {
        var said = 0;
        using (_first.Sit(7, Ana))
        {
            _firstBus.Subscribe(change => said += change.Topic == TicketPresence.Topic ? 1 : 0);
            _clock.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal(0, said);
        }

        Assert.Equal(1, said);
        _firstBus.Forward(_ => said++);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, said);
    }

    [Fact]
    public void What_is_no_sign_is_not_read_as_one()
    {
        foreach (var change in new[] { new Change("seat-x", 5), new Change($"seat-n-{Guid.NewGuid():N}", -1), new Change($"seat-n-{Guid.NewGuid():N}", 7), new Change("ticket", 4) })
        {
            _firstBus.PublishHere(change);
        }

        Assert.Empty(_first.ViewedByOthers(Guid.Empty));
    }

    private TicketPresence On(ChangeBus bus) => new(bus, new StaffPresence(), new StaffDirectory(null!, bus, _clock), _clock);
}

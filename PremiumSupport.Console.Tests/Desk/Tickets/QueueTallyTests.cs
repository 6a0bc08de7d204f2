using CsCheck;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>Views that are carried on from change to change, and from instant to instant, say the same as views made anew.</summary>
public sealed class QueueTallyTests
{
    private static readonly Guid[] Hands = [Guid.NewGuid(), Guid.NewGuid()];

    private static readonly Gen<QueueRow> AnyRow =
        from number in Gen.Long[1, 40]
        from due in Gen.Int[-20, 40].Nullable()
        from call in Gen.Int[-10, 40].Nullable()
        from hand in Gen.Int[0, 2]
        from channel in Gen.Enum<PremiumSupport.Sla.Channel>()
        from severity in Gen.Enum<PremiumSupport.Sla.Severity>()
        from isFlagged in Gen.Bool
        from isAnswered in Gen.Bool
        select Make(number, due, call, hand, channel, severity, isFlagged, isAnswered);

    // Minutes that pass, tickets that were closed or changed, and what is read of them.
    private static readonly Gen<(double Minutes, long[] Closed, QueueRow[] Fresh)> AnyStep = Gen.Select(Gen.Double[0, 3], Gen.Long[1, 40].Array[0, 3], AnyRow.Array[0, 6]);

    [Fact]
    public void What_is_carried_on_is_what_would_be_made_anew() => Gen.Select(AnyRow.Array[0, 40], AnyStep.Array[1, 12]).Sample((start, steps) =>
    {
        var rows = start.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        var (now, tally) = (Rows.Now, QueueTally.Of(rows.Values, Rows.Now));
        foreach (var (minutes, closed, fresh) in steps)
        {
            now = now.AddMilliseconds(Math.Round(minutes * 60_000));
            var read = fresh.DistinctBy(row => row.Number).ToList();
            var changed = closed.Concat(read.Select(row => row.Number)).ToHashSet();
            foreach (var number in changed)
            {
                rows.Remove(number);
            }

            read.ForEach(row => rows[row.Number] = row);
            tally = tally.With(changed, read, now);
            Same(QueueTally.Of(rows.Values, now), tally);
        }
    });

    [Fact]
    public void A_clock_that_was_put_back_is_believed()
    {
        var tally = QueueTally.Of([Rows.Row(1, 5), Rows.Row(2, 50)], Rows.Now.AddMinutes(10));
        Assert.Single(tally.Of(QueueView.Breached, Guid.Empty));
        Same(QueueTally.Of([Rows.Row(1, 5), Rows.Row(2, 50)], Rows.Now), tally.With([], [], Rows.Now));
    }

    private static void Same(QueueTally anew, QueueTally carried)
    {
        Assert.Equal(anew.Until, carried.Until);
        foreach (var viewer in Hands)
        {
            Assert.Equal(anew.Counts(viewer), carried.Counts(viewer));
            foreach (var view in Enum.GetValues<QueueView>())
            {
                Assert.Equal(anew.Of(view, viewer).Select(row => row.Number), carried.Of(view, viewer).Select(row => row.Number));
                Assert.Equal(anew.Count(view, new QueueFilter { Account = "acme" }, viewer), carried.Count(view, new QueueFilter { Account = "acme" }, viewer));
                Assert.All(Enumerable.Range(1, 40), number => Assert.Equal(anew.Holds(number, view, viewer), carried.Holds(number, view, viewer)));
            }
        }
    }

    private static QueueRow Make(long number, int? due, int? call, int hand, PremiumSupport.Sla.Channel channel, PremiumSupport.Sla.Severity severity, bool isFlagged, bool isAnswered)
    {
        var row = Rows.Row(number, due) with { AssigneeId = hand < Hands.Length ? Hands[hand] : null, Channel = channel, Severity = severity, NextCallAt = call is { } minutes ? Rows.Now.AddMinutes(minutes) : null, CallAttempts = number % 2 == 0 ? 1 : 0 };
        return row with
        {
            NextDueAt = isAnswered ? null : row.NextDueAt,
            Badge = row.Badge is { } badge ? badge with { AnsweredAt = isAnswered ? badge.DueAt : null, BreachedAt = isFlagged && badge.DueAt < Rows.Now ? badge.DueAt : null } : null,
        };
    }
}

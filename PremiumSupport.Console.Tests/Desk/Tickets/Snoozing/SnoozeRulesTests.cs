using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Snoozing;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets.Snoozing;

/// <summary>A snooze never hides a promise, to the millisecond.</summary>
public sealed class SnoozeRulesTests
{
    private static readonly DateTimeOffset Start = Given.At("2026-01-13 12:00:00");

    // An hour, warned about at half and at three quarters.
    private static readonly ObligationFacts Hour = Given.Promised(Given.Request("2026-01-13 12:00:00"));

    [Fact]
    public void What_owes_nothing_can_be_put_away_for_thirty_days_and_no_longer()
    {
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [], Start.AddDays(30), Start));
        Assert.Contains("within 30 days", SnoozeRules.Check(TicketStatus.Open, [], Start.AddDays(30).AddMilliseconds(1), Start)!.Message, StringComparison.Ordinal);
        Assert.Contains("still to come", SnoozeRules.Check(TicketStatus.Open, [], Start, Start)!.Message, StringComparison.Ordinal);
        Assert.Null(SnoozeRules.Check(TicketStatus.Waiting, [], null, Start));
        Assert.Equal("not-open", SnoozeRules.Check(TicketStatus.Solved, [], null, Start)!.Code);
    }

    [Fact]
    public void A_promise_lets_it_be_put_away_until_it_is_warned_about_and_says_why_not_longer()
    {
        var warned = Hour.NextFlagAt!.Value;
        Assert.Equal(warned, SnoozeRules.Limit([Hour], Start));
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], warned, Start));
        var refusal = SnoozeRules.Check(TicketStatus.New, [Hour], warned.AddMilliseconds(1), Start)!;
        Assert.Equal(("past-warning", true), (refusal.Code, refusal.Message.Contains(ExplanationWords.Duration(warned - Start), StringComparison.Ordinal)));
        // Without a time it is put away all the same, and is back then.
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], null, Start));
    }

    [Fact]
    public void What_is_at_risk_or_missed_stays_in_sight()
    {
        Assert.Equal("promise-in-danger", SnoozeRules.Check(TicketStatus.New, [Hour], null, Hour.AtRiskAt)!.Code);
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], null, Hour.AtRiskAt.AddMilliseconds(-1)));
        Assert.Equal("promise-in-danger", SnoozeRules.Check(TicketStatus.New, [Hour with { BreachedAt = Hour.DueAt }], null, Hour.DueAt.AddDays(1))!.Code);
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [Hour with { AnsweredAt = Start.AddMinutes(1) }], Start.AddDays(1), Start.AddHours(3)));
        Assert.Null(SnoozeRules.Check(TicketStatus.Waiting, [Hour with { PausedAt = Start.AddMinutes(1) }], Start.AddDays(1), Start.AddHours(3)));
    }

    [Fact]
    public void Whatever_happens_to_its_promises_it_is_back_in_time()
    {
        var (until, warned) = (Start.AddHours(4), Hour.NextFlagAt!.Value);
        Assert.Equal(until, SnoozeRules.Kept(until, [], Start).Until);
        Assert.Equal((null, WakeReason.Time), SnoozeRules.Kept(until, [], until));
        // A promise that was made or carried here since asks for it earlier.
        Assert.Equal(warned, SnoozeRules.Kept(until, [Hour], Start).Until);
        Assert.Equal((null, WakeReason.Promise), SnoozeRules.Kept(until, [Hour], Hour.AtRiskAt));
        var (flagged, _) = ObligationClock.CatchUp(Hour, warned);
        Assert.Equal((null, WakeReason.Promise), SnoozeRules.Kept(warned, [flagged], warned));
        Assert.Equal(until, SnoozeRules.Kept(until, [Hour with { PausedAt = Start }], Hour.DueAt).Until);
    }
}

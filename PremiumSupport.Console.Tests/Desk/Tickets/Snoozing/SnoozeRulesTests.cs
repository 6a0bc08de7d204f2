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
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [], null, Start.AddDays(30), Start));
        Assert.Contains("within 30 days", SnoozeRules.Check(TicketStatus.Open, [], null, Start.AddDays(30).AddMilliseconds(1), Start)!.Message, StringComparison.Ordinal);
        Assert.Contains("still to come", SnoozeRules.Check(TicketStatus.Open, [], null, Start, Start)!.Message, StringComparison.Ordinal);
        Assert.Null(SnoozeRules.Check(TicketStatus.Waiting, [], null, null, Start));
        Assert.Equal("not-open", SnoozeRules.Check(TicketStatus.Solved, [], null, null, Start)!.Code);
    }

    [Fact]
    public void A_promise_lets_it_be_put_away_until_it_is_warned_about_and_says_why_not_longer()
    {
        var warned = Hour.NextFlagAt!.Value;
        Assert.Equal(warned, SnoozeRules.Limit([Hour], null, Start));
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], null, warned, Start));
        var refusal = SnoozeRules.Check(TicketStatus.New, [Hour], null, warned.AddMilliseconds(1), Start)!;
        Assert.Equal(("past-warning", true), (refusal.Code, refusal.Message.Contains(ExplanationWords.Duration(warned - Start), StringComparison.Ordinal)));
        // Without a time it is put away all the same, and is back then.
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], null, null, Start));
    }

    [Fact]
    public void What_is_at_risk_or_missed_stays_in_sight()
    {
        Assert.Equal("promise-in-danger", SnoozeRules.Check(TicketStatus.New, [Hour], null, null, Hour.AtRiskAt)!.Code);
        Assert.Null(SnoozeRules.Check(TicketStatus.New, [Hour], null, null, Hour.AtRiskAt.AddMilliseconds(-1)));
        Assert.Equal("promise-in-danger", SnoozeRules.Check(TicketStatus.New, [Hour with { BreachedAt = Hour.DueAt }], null, null, Hour.DueAt.AddDays(1))!.Code);
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [Hour with { AnsweredAt = Start.AddMinutes(1) }], null, Start.AddDays(1), Start.AddHours(3)));
        Assert.Null(SnoozeRules.Check(TicketStatus.Waiting, [Hour with { PausedAt = Start.AddMinutes(1) }], null, Start.AddDays(1), Start.AddHours(3)));
    }

    [Fact]
    public void Whatever_happens_to_its_promises_it_is_back_in_time()
    {
        var (until, warned) = (Start.AddHours(4), Hour.NextFlagAt!.Value);
        Assert.Equal(until, SnoozeRules.Kept(until, [], null, Start).Until);
        Assert.Equal((null, WakeReason.Time), SnoozeRules.Kept(until, [], null, until));
        // A promise that was made or carried here since asks for it earlier.
        Assert.Equal(warned, SnoozeRules.Kept(until, [Hour], null, Start).Until);
        Assert.Equal((null, WakeReason.Promise), SnoozeRules.Kept(until, [Hour], null, Hour.AtRiskAt));
        var (flagged, _) = ObligationClock.CatchUp(Hour, warned);
        Assert.Equal((null, WakeReason.Promise), SnoozeRules.Kept(warned, [flagged], null, warned));
        Assert.Equal(until, SnoozeRules.Kept(until, [Hour with { PausedAt = Start }], null, Hour.DueAt).Until);
    }

    [Fact]
    public void A_call_that_is_meant_to_be_made_is_in_sight_when_it_is_due()
    {
        var (call, warned) = (Start.AddMinutes(10), Hour.NextFlagAt!.Value);
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [], call, call, Start));
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [], call, null, Start));
        var refusal = SnoozeRules.Check(TicketStatus.Open, [], call, call.AddMilliseconds(1), Start)!;
        Assert.Equal(("past-call", true), (refusal.Code, refusal.Message.Contains("10 minutes", StringComparison.Ordinal)));
        Assert.Equal("call-due", SnoozeRules.Check(TicketStatus.Open, [], call, null, call)!.Code);
        Assert.Null(SnoozeRules.Check(TicketStatus.Open, [], call, null, call.AddMilliseconds(-1)));

        // Whichever comes first.
        Assert.Equal(call, SnoozeRules.Limit([], call, Start));
        Assert.Equal(call, SnoozeRules.Limit([Hour], call, Start));
        Assert.Equal(warned, SnoozeRules.Limit([Hour], warned.AddMinutes(1), Start));
        Assert.Equal("past-warning", SnoozeRules.Check(TicketStatus.Open, [Hour], warned.AddMinutes(1), warned.AddMilliseconds(1), Start)!.Code);

        // Put off for a try that was not known yet: back for it, and of both reasons the promise is the one to say.
        Assert.Equal(call, SnoozeRules.Kept(Start.AddDays(1), [], call, Start).Until);
        Assert.Equal((null, WakeReason.Call), SnoozeRules.Kept(Start.AddDays(1), [], call, call));
        Assert.Equal((null, WakeReason.Promise), SnoozeRules.Kept(Start.AddDays(1), [Hour], call, Hour.AtRiskAt));
    }
}

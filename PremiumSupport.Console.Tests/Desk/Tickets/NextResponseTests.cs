using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>Rules 6 and 7: who writes after the first answer is owed the next one, from the oldest message that waits, and not while we wait for them.</summary>
public class NextResponseTests
{
    private static readonly SlaPolicy Promising = Given.Policy() is var policy
        ? policy with { Rules = [.. policy.Rules, Given.Rule(PromiseTarget.Of(TimeSpan.FromHours(2)), "24x7", WarningStep.At(50)) with { Metric = Metric.NextResponse, Commitment = Commitment.Target }] }
        : throw new InvalidOperationException();

    [Fact]
    public void Rule_6_before_the_first_answer_the_first_response_covers_every_message() =>
        Assert.Equal("firstResponse 1", Owed(Write(Fresh(), "10:10")));

    [Fact]
    public void Rule_6_the_oldest_unanswered_message_starts_a_cycle_and_further_ones_do_not_restart_it()
    {
        var first = Write(Answered(), "10:30");
        var second = Write(first, "10:45");

        Assert.Equal("nextResponse 1", Owed(second));
        Assert.Equal((At("10:30"), At("12:30")), (Next(second).StartedAt, Next(second).DueAt));
    }

    [Fact]
    public void Rule_6_a_reply_closes_the_cycle_and_the_next_message_opens_the_next_one()
    {
        var closed = Reply(Write(Answered(), "10:30"), "11:00");
        Assert.Equal("", Owed(closed));
        Assert.Equal(ObligationState.Met, ObligationClock.StateAt(Next(closed), At("11:00")));

        Assert.Equal("nextResponse 2", Owed(Write(closed, "13:00")));
    }

    [Fact]
    public void Rule_6_an_automated_reply_closes_nothing() =>
        Assert.Equal("nextResponse 1", Owed(After(Write(Answered(), "10:30"), facts => TicketRules.Reply(facts, isAutomated: true, At("10:31")))));

    [Fact]
    public void Rule_6_it_is_off_unless_the_policy_of_the_ticket_promises_it() =>
        Assert.Equal("", Owed(Write(Answered() with { PromisesNext = false }, "10:30")));

    [Fact]
    public void Rule_6_while_the_ticket_waits_for_the_customer_the_clock_stands()
    {
        var waiting = Status(Write(Answered(), "10:30"), TicketStatus.Waiting, "11:00");
        Assert.Equal(ObligationState.Paused, ObligationClock.StateAt(Next(waiting), At("15:00")));
        Assert.Null(Next(waiting).NextFlagAt);

        // An hour and a half of the two are left.
        var open = Write(waiting, "15:00");
        Assert.Equal((At("16:30"), At("16:30"), At("12:30")), (Next(open).DueAt, Next(open).GrossDueAt, Next(open).BaseDueAt));
        Assert.Equal("nextResponse 1", Owed(open));
        Assert.False(Next(open).IsExcepted);
    }

    [Fact]
    public void Rule_6_an_answer_while_it_waits_is_judged_by_the_deadline_that_the_wait_made()
    {
        var waiting = Status(Write(Answered(), "10:30"), TicketStatus.Waiting, "11:00");
        var answered = Reply(waiting, "20:00");

        Assert.Equal(ObligationState.Met, ObligationClock.StateAt(Next(answered), At("20:00")));
        Assert.Equal(At("21:30"), Next(answered).DueAt);
    }

    [Fact]
    public void Rule_6_what_was_missed_before_the_wait_stays_missed()
    {
        var waiting = Status(Write(Answered(), "10:30"), TicketStatus.Waiting, "12:30:00.001");

        Assert.Equal(At("12:30"), Next(waiting).BreachedAt);
        Assert.Null(Next(waiting).PausedAt);
    }

    [Fact]
    public void Rule_5_a_first_response_never_stands_whatever_the_status()
    {
        var waiting = Status(Fresh(), TicketStatus.Waiting, "10:05");
        var later = TicketRules.Flag(waiting, At("11:00:00.001"));

        Assert.Equal(At("11:00"), Assert.Single(later.Obligations).BreachedAt);
    }

    [Fact]
    public void Rule_7_a_reopened_ticket_owes_a_next_response_and_no_first_one()
    {
        var reopened = Write(Status(Answered(), TicketStatus.Solved, "10:20"), "15:00");

        Assert.Equal("nextResponse 1", Owed(reopened));
        Assert.Equal(TicketStatus.Open, reopened.Status);
    }

    [Fact]
    public void Rule_13_an_exception_stops_a_next_response_too()
    {
        ExceptionWindow[] windows = [new(Guid.CreateVersion7(), At("11:00"), At("11:30"), ExceptionScope.Everything, null, ExceptionReason.Incident, "x")];
        Assert.Equal(At("13:00"), Next(Write(Answered() with { Exceptions = windows }, "10:30")).DueAt);
    }

    [Fact]
    public void Rule_8_raised_to_critical_a_next_response_keeps_the_earlier_deadline()
    {
        var raised = After(Write(Answered(), "10:30"), facts => TicketRules.ChangeSeverity(facts, Severity.BusinessCritical, "All of them.", At("11:00")));
        Assert.Equal(At("12:30"), Next(raised).DueAt);
    }

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Fresh() => new(TicketStatus.New, Severity.Standard, ClaimState.None, null, Given.Request("2026-01-13 10:00"), PromiseClock.Promise(Promising, Given.Request("2026-01-13 10:00")))
    {
        PolicyOf = _ => Promising,
        PromisesNext = true,
    };

    private static TicketFacts Answered() => Reply(Fresh(), "10:15");

    private static TicketFacts Write(TicketFacts facts, string at) => After(facts, before => TicketRules.CustomerMessage(before, At(at)));

    private static TicketFacts Reply(TicketFacts facts, string at) => After(facts, before => TicketRules.Reply(before, isAutomated: false, At(at)));

    private static TicketFacts Status(TicketFacts facts, TicketStatus to, string at) => After(facts, before => TicketRules.ChangeStatus(before, to, At(at)));

    private static TicketFacts After(TicketFacts facts, Func<TicketFacts, Outcome<TicketDecision>> verb)
    {
        var outcome = verb(facts);
        Assert.Null(outcome.Refusal);
        var decision = outcome.Value!;
        return facts with { Obligations = decision.Obligations, Status = decision.Status ?? facts.Status, Severity = decision.Severity ?? facts.Severity };
    }

    private static string Owed(TicketFacts facts) =>
        string.Join(", ", facts.Obligations.Where(owed => owed.IsOpen).Select(owed => $"{LedgerFacts.Word(owed.Metric)} {owed.Cycle}"));

    private static ObligationFacts Next(TicketFacts facts) => facts.Obligations.Last(owed => owed.Metric == Metric.NextResponse);
}

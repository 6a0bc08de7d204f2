using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>Rules 2, 9 and 10: merging, another requester and a bounce lose nothing that is owed and count nothing twice.</summary>
public class MergeRulesTests
{
    [Fact]
    public void Rule_9_the_older_promise_goes_on_with_its_own_start_and_deadline_and_ends_here_as_merged()
    {
        var (older, newer) = (Ticket(1001, "10:00"), Ticket(1002, "10:40"));
        var (from, into) = Done(MergeRules.Merge(older, newer, At("10:50")));

        var ended = Assert.Single(from.Obligations);
        Assert.Equal((ObligationState.Merged, null, null), (ObligationClock.StateAt(ended, At("12:00")), ended.AnsweredAt, ended.BreachedAt));
        Assert.Equal((TicketStatus.Closed, 1002), (from.Status, from.MergedInto));
        Assert.Equal(
            [(1, At("10:40"), At("11:40"), true), (2, At("10:00"), At("11:00"), true)],
            into.Obligations.Select(owed => (owed.Cycle, owed.StartedAt, owed.DueAt, owed.IsOpen)));
        Assert.Equal("1002/firstResponse/2", Assert.Single(from.Ledger, fact => fact.Kind == LedgerKind.Merged).Data["into"]);
        var carried = Assert.Single(into.Ledger, fact => fact.Kind == LedgerKind.Promised);
        Assert.Equal(("1001/firstResponse/1", "50% 75%"), (carried.Data["carriedFrom"], carried.Data["warned"]));
    }

    [Fact]
    public void Rule_9_one_answer_answers_all_that_was_merged_each_by_its_own_deadline()
    {
        var (_, into) = Done(MergeRules.Merge(Ticket(1001, "10:00"), Ticket(1002, "10:40"), At("10:50")));
        var answered = TicketRules.Reply(Ticket(1002, "10:40") with { Obligations = into.Obligations }, isAutomated: false, At("11:20")).Value!;

        Assert.Equal([ObligationState.Met, ObligationState.Breached], answered.Obligations.Select(owed => ObligationClock.StateAt(owed, At("11:20"))));
    }

    [Fact]
    public void Rule_4_a_breach_survives_the_merge_and_is_flagged_once()
    {
        var (from, into) = Done(MergeRules.Merge(Ticket(1001, "08:00"), Ticket(1002, "10:40"), At("10:50")));

        Assert.Equal(At("09:00"), Assert.Single(from.Ledger, fact => fact.Kind == LedgerKind.Breached).At);
        Assert.Equal(At("09:00"), into.Obligations[1].BreachedAt);
        Assert.DoesNotContain(into.Ledger, fact => fact.Kind == LedgerKind.Breached);
        Assert.DoesNotContain(TicketRules.Flag(Ticket(1002, "10:40") with { Obligations = into.Obligations }, At("11:00")).Ledger, fact => fact.Kind == LedgerKind.Breached);
    }

    [Fact]
    public void Rule_9_what_was_answered_stays_where_it_was_answered()
    {
        var answered = Ticket(1001, "10:00") with { Obligations = TicketRules.Reply(Ticket(1001, "10:00"), isAutomated: false, At("10:10")).Value!.Obligations };
        var (from, into) = Done(MergeRules.Merge(answered, Ticket(1002, "10:40"), At("10:50")));

        Assert.Equal(ObligationState.Met, ObligationClock.StateAt(Assert.Single(from.Obligations), At("12:00")));
        Assert.Single(into.Obligations);
    }

    [Fact]
    public void A_claim_that_waits_for_a_decision_waits_where_its_promise_went()
    {
        var claimed = Ticket(1001, "10:00", ClaimState.Pending);
        var (_, into) = Done(MergeRules.Merge(claimed, Ticket(1002, "10:05"), At("10:06")));

        Assert.Equal((Severity.BusinessCritical, ClaimState.Pending), (into.Severity, into.Claim));
        Assert.Equal(At("10:30"), into.Obligations[1].DueAt);

        var declined = TicketRules.DecideClaim(
            Ticket(1002, "10:05") with { Obligations = into.Obligations, Claim = ClaimState.Pending, Severity = Severity.BusinessCritical, Request = Ticket(1002, "10:05").Request with { Claim = ClaimState.Pending } },
            isConfirmed: false, "One user only.", At("10:20")).Value!;
        Assert.Equal([At("11:05"), At("11:00")], declined.Obligations.Select(owed => owed.DueAt));
    }

    [Fact]
    public void A_solved_ticket_that_takes_over_something_owed_is_open_again()
    {
        var solved = Ticket(1002, "09:00") with { Status = TicketStatus.Solved, Obligations = [] };
        Assert.Equal(TicketStatus.Open, Done(MergeRules.Merge(Ticket(1001, "10:00"), solved, At("10:50"))).Into.Status);
    }

    [Fact]
    public void A_merge_into_itself_across_accounts_or_with_a_closed_ticket_is_refused_in_words()
    {
        var ticket = Ticket(1001, "10:00");
        Assert.Contains("into", MergeRules.Merge(ticket, ticket, At("10:50")).Refusal!.Errors.Keys);
        var stranger = Ticket(1002, "10:00") with { Request = Given.Request("2026-01-13 10:00") with { AccountKey = "globex" } };
        Assert.Contains("another account", MergeRules.Merge(ticket, stranger, At("10:50")).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("closed", MergeRules.Merge(ticket, Ticket(1002, "10:00") with { Status = TicketStatus.Closed }, At("10:50")).Refusal!.Code);
        Assert.Equal("closed", MergeRules.Merge(ticket with { Status = TicketStatus.Closed }, Ticket(1002, "10:00"), At("10:50")).Refusal!.Code);
    }

    [Fact]
    public void Rule_10_a_promise_that_another_ticket_carries_on_keeps_what_it_was_made_for()
    {
        var into = Carried();

        var raised = TicketRules.ChangeSeverity(into, Severity.BusinessCritical, "All of them.", At("10:20")).Value!;

        // The Super Admin's email is raised as such, though the ticket that carries it on is a user's callback.
        Assert.Equal([Metric.Callback, Metric.FirstResponse], raised.Obligations.Select(owed => owed.Metric));
        Assert.Equal(At("10:50"), raised.Obligations[1].DueAt);
        Assert.Equal(30, raised.Obligations[1].Target.Duration!.Value.TotalMinutes);
    }

    [Theory]
    [InlineData("email", "11:10")]
    [InlineData("phone", "11:00")]
    public void Rule_10_an_exception_for_a_channel_covers_the_promises_that_were_made_on_it_wherever_they_went(string channel, string due)
    {
        var into = Carried() with { Exceptions = [new(Guid.CreateVersion7(), At("10:30"), At("10:40"), ExceptionScope.Channel, channel, ExceptionReason.Incident, "x")] };

        Assert.Equal(At(due), PromiseRules.Except(PromiseRules.CatchUp(into, At("10:16")), into, At("10:16")).Obligations[1].DueAt);
    }

    [Fact]
    public void Rule_10_carried_on_twice_it_is_still_the_first_ones()
    {
        var (_, third) = Done(MergeRules.Merge(Carried(), Ticket(1003, "10:17"), At("10:18")));

        Assert.Equal((Channel.Email, RequesterRole.SuperAdmin), (third.Obligations[^1].Inputs!.Channel, third.Obligations[^1].Inputs!.Role));
        Assert.Equal(["phone", "email"], third.Ledger.Where(fact => fact.Kind == LedgerKind.Promised).Select(fact => fact.Data["channel"]));
    }

    [Theory]
    [InlineData("10:20", false, "10:00", "11:00", "owed: the same promise from the same start")]
    [InlineData("10:20", true, "10:20", "11:20", "answered: promised from now on")]
    [InlineData("11:20", false, "11:20", "12:20", "missed: promised from now on, and missed once only")]
    public void Splitting_buys_no_time(string at, bool isAnswered, string start, string due, string why)
    {
        var ticket = Ticket(1001, "10:00");
        ticket = isAnswered ? ticket with { Obligations = TicketRules.Reply(ticket, isAutomated: false, At("10:10")).Value!.Obligations } : ticket;
        var (_, promised) = MergeRules.Split(ticket, ticket.Request, Given.Policy(), At(at));

        var owed = Assert.Single(promised).Obligation;
        Assert.True((At(start), At(due)) == (owed.StartedAt, owed.DueAt), $"{why}: {ObligationClock.Text(owed.StartedAt)} to {ObligationClock.Text(owed.DueAt)}");
        Assert.Null(owed.BreachedAt);
    }

    [Fact]
    public void Rule_10_another_requester_changes_no_promise()
    {
        var ticket = Ticket(1001, "10:00");
        var changed = MergeRules.ChangeRequester(ticket, "Uwe", "Sofia", At("10:10")).Value!;
        Assert.Equal(ticket.Obligations, changed.Obligations);
        Assert.Empty(changed.Ledger);
    }

    [Fact]
    public void Rule_10_of_another_account_the_promise_goes_on_on_that_chain()
    {
        var (old, moved) = Done(MergeRules.ChangeAccount(Ticket(1001, "10:00"), "Greta", "Sofia", At("10:10")));

        Assert.Equal([LedgerKind.Merged], old.Ledger.Select(fact => fact.Kind));
        Assert.Equal([LedgerKind.Promised], moved.Ledger.Select(fact => fact.Kind));
        Assert.Equal([(1, false), (2, true)], moved.Obligations.Select(owed => (owed.Cycle, owed.IsOpen)));
        Assert.Equal(At("11:00"), moved.Obligations[1].DueAt);
    }

    [Theory]
    [InlineData("the only answer", "", true)]
    [InlineData("another one since", "10:20", false)]
    [InlineData("another one before the promise began", "09:00", true)]
    public void Rule_2_a_bounce_reopens_what_only_the_bounced_message_answered(string why, string others, bool reopens)
    {
        var ticket = Ticket(1001, "10:00");
        var answered = ticket with { Status = TicketStatus.Waiting, Obligations = TicketRules.Reply(ticket, isAutomated: false, At("10:10")).Value!.Obligations };
        var bounced = MergeRules.Bounce(answered, At("10:10"), [.. others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(At)], "550 no such user", At("10:40"));

        Assert.True(reopens == Assert.Single(bounced.Obligations).IsOpen, why);
        Assert.Equal(reopens ? TicketStatus.Open : null, bounced.Status);
        Assert.Equal(reopens, bounced.Ledger.Any(fact => fact.Kind == LedgerKind.Reopened && fact.Data["reason"] == "550 no such user"));
        Assert.Contains(bounced.Events, happening => happening.Kind == TicketEventKind.Bounced);
    }

    /// <summary>A user's request for a callback that carries on a Super Admin's email of 10:00, due at 11:00.</summary>
    private static TicketFacts Carried()
    {
        var request = Given.Request("2026-01-13 10:10") with { AccountKey = "acme", Channel = Channel.Phone, Role = RequesterRole.User };
        var phone = new TicketFacts(TicketStatus.Open, request.Severity, ClaimState.None, null, request, PromiseClock.Promise(Given.Policy(), request)) { Number = 1002, PolicyOf = _ => Given.Policy() };
        return phone with { Obligations = Done(MergeRules.Merge(Ticket(1001, "10:00"), phone, At("10:12"))).Into.Obligations };
    }

    private static DateTimeOffset At(string time) => Given.At($"2026-01-13 {time}");

    private static TicketFacts Ticket(long number, string createdAt, ClaimState claim = ClaimState.None)
    {
        var request = Given.Request($"2026-01-13 {createdAt}", claim) with { AccountKey = "acme" };
        return new(TicketStatus.Open, request.Severity, claim, null, request, PromiseClock.Promise(Given.Policy(), request)) { Number = number, PolicyOf = _ => Given.Policy() };
    }

    private static (TicketDecision From, TicketDecision Into) Done(Outcome<(TicketDecision From, TicketDecision Into)> outcome)
    {
        Assert.Null(outcome.Refusal);
        return outcome.Value;
    }
}

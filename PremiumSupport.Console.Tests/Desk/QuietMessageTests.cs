using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk;

/// <summary>The short way of a message is taken only where the rules would decide nothing: every status, promise, speaker and moment, one by one.</summary>
public sealed class QuietMessageTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public enum Promised { Nothing, Owed, Answered }

    public static IEnumerable<TheoryDataRow<TicketStatus, Promised, MessageFrom, bool, int>> Cases =>
        from status in Enum.GetValues<TicketStatus>()
        from promised in Enum.GetValues<Promised>()
        from speaker in Enum.GetValues<MessageFrom>()
        where speaker != MessageFrom.System
        from automated in Enumerable.Range(0, 2)
        from minutes in Enumerable.Range(0, 4)
        select new TheoryDataRow<TicketStatus, Promised, MessageFrom, bool, int>(status, promised, speaker, automated == 1, minutes);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_quiet_message_is_one_about_which_the_rules_decide_nothing(TicketStatus status, Promised promised, MessageFrom from, bool isAutomated, int minutes)
    {
        var now = Start.AddMinutes(minutes);
        var ticket = Facts(status, promised);
        var nextDueAt = ticket.Obligations.Where(owed => owed.IsOpen).Min(owed => (DateTimeOffset?)owed.DueAt);
        var nextFlagAt = ticket.Obligations.Min(owed => owed.NextFlagAt);

        if (!TicketRules.IsQuiet(status, nextDueAt, nextFlagAt, promisesNext: false, from, isAutomated, now))
        {
            return;
        }

        var decided = from == MessageFrom.Customer ? TicketRules.CustomerMessage(ticket, now) : TicketRules.Reply(ticket, isAutomated, now);
        Assert.Null(decided.Refusal);
        var decision = decided.Value!;
        Assert.Null(decision.Status);
        Assert.Null(decision.Severity);
        Assert.Null(decision.Claim);
        Assert.Null(decision.Assignee);
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Ledger);
        Assert.Equal(ticket.Obligations, decision.Obligations);
    }

    [Fact]
    public void An_answered_chat_is_quiet_on_both_sides()
    {
        Assert.True(TicketRules.IsQuiet(TicketStatus.Open, null, null, promisesNext: false, MessageFrom.Customer, isAutomated: false, Start));
        Assert.True(TicketRules.IsQuiet(TicketStatus.Open, null, null, promisesNext: false, MessageFrom.Staff, isAutomated: false, Start));
    }

    [Fact]
    public void Where_next_responses_are_promised_only_automated_messages_are_quiet()
    {
        Assert.False(TicketRules.IsQuiet(TicketStatus.Open, null, null, promisesNext: true, MessageFrom.Customer, isAutomated: false, Start));
        Assert.False(TicketRules.IsQuiet(TicketStatus.Open, null, null, promisesNext: true, MessageFrom.Staff, isAutomated: false, Start));
        Assert.True(TicketRules.IsQuiet(TicketStatus.Open, null, null, promisesNext: true, MessageFrom.Staff, isAutomated: true, Start));
    }

    private static TicketFacts Facts(TicketStatus status, Promised promised)
    {
        var request = new PromiseRequest
        {
            AccountName = "Acme",
            EntitledUntil = Start.AddYears(1),
            RequesterName = "Sofia",
            Role = RequesterRole.SuperAdmin,
            Channel = Channel.Chat,
            Claim = ClaimState.None,
            Criterion = null,
            StartedAt = Start,
        };
        IReadOnlyList<ObligationFacts> obligations = promised == Promised.Nothing ? [] : [.. PromiseClock.Promise(DefaultPolicy.Create(new(), "Europe/Berlin"), request)];
        var ticket = new TicketFacts(status, Severity.Standard, ClaimState.None, null, request, obligations);
        return promised == Promised.Answered
            ? ticket with { Obligations = TicketRules.Reply(ticket with { Status = TicketStatus.Open }, isAutomated: false, Start.AddSeconds(1)).Value!.Obligations }
            : ticket;
    }
}

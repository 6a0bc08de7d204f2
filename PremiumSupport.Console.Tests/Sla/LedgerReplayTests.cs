using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Promises of the past, read out of ledger rows.</summary>
public sealed class LedgerReplayTests
{
    private static readonly DateTimeOffset Start = At("2026-01-13 09:00:00");
    private static readonly DateTimeOffset Now = At("2026-01-14 00:00:00");
    private readonly LedgerReplay _replay = new(Start.AddDays(-1), Start.AddDays(1), Now);

    [Fact]
    public void A_promise_has_the_inputs_that_it_was_made_with()
    {
        Promise(("channel", "chat"), ("role", "superAdmin"), ("severity", "businessCritical"), ("plan", "premium"), ("hubs", "Sales Hub|Service Hub"));
        Row(LedgerKind.Met, 12, ("dueAt", Text(30)));

        var past = Take();
        Assert.Equal((1042, Channel.Chat, RequesterRole.SuperAdmin, Severity.BusinessCritical, "premium", "acme"), (past.Ticket, past.Channel, past.Role, past.Severity, past.Plan, past.AccountKey));
        Assert.Equal(["Sales Hub", "Service Hub"], past.Hubs);
        Assert.Equal((Start, Start.AddMinutes(30), Start.AddMinutes(12), false), (past.StartedAt, past.DueAt, past.AnsweredAt, past.WasBreached));
    }

    [Fact]
    public void A_breach_without_an_answer_and_a_late_answer_are_breaches()
    {
        Promise();
        Row(LedgerKind.Breached, 30);
        Assert.Equal((true, null), (Take() is var late && late.WasBreached, late.AnsweredAt));

        Promise();
        Row(LedgerKind.Answered, 31);
        Assert.True(Take().WasBreached);
    }

    [Fact]
    public void An_answer_that_bounced_is_none()
    {
        Promise();
        Row(LedgerKind.Met, 10);
        Row(LedgerKind.Reopened, 12, ("reason", "bounce"));
        Row(LedgerKind.Met, 20);

        Assert.Equal(Start.AddMinutes(20), Take().AnsweredAt);
    }

    [Fact]
    public void A_decline_is_one_change_whether_it_moved_the_deadline_or_came_too_late_for_that()
    {
        Promise(("severity", "businessCritical"));
        _replay.Add(LedgerKind.Declined, Start.AddMinutes(10), null, null, "{}");
        Row(LedgerKind.Retargeted, 10, ("reason", "declined"), ("dueAt", Text(60)));
        var moved = Take();
        Assert.Equal([new SeverityChange(Start.AddMinutes(10), Severity.Standard)], moved.Changes);
        Assert.Equal(Start.AddMinutes(60), moved.DueAt);

        Promise(("severity", "businessCritical"));
        _replay.Add(LedgerKind.Declined, Start.AddMinutes(40), null, null, "{}");
        Assert.Equal([new SeverityChange(Start.AddMinutes(40), Severity.Standard)], Take().Changes);
    }

    [Fact]
    public void Pauses_are_waits_and_the_last_may_be_unended()
    {
        Promise();
        Row(LedgerKind.Retargeted, 5, ("reason", "paused"));
        Row(LedgerKind.Retargeted, 9, ("reason", "resumed"), ("dueAt", Text(34)));
        Row(LedgerKind.Retargeted, 20, ("reason", "paused"));

        Assert.Equal([(Start.AddMinutes(5), Start.AddMinutes(9)), (Start.AddMinutes(20), Now)], Take().Waits.Select(wait => (wait.From, wait.To)));
    }

    [Fact]
    public void What_a_merge_carried_over_begins_at_its_first_start_with_what_befell_it_there()
    {
        Promise(("severity", "businessCritical"), ("anchorAt", Text(15)), ("netDueAt", Text(45)), ("breachedAt", Text(45)), ("carriedFrom", "1001/firstResponse/1"), ("stops", $"waiting/{Text(1)}/{Text(2)} 7b/{Text(3)}/{Text(4)}"));

        var past = Take();
        Assert.Equal((Severity.Standard, true, Start.AddMinutes(45)), (past.Severity, past.WasBreached, past.DueAt));
        Assert.Equal([new SeverityChange(Start.AddMinutes(15), Severity.BusinessCritical)], past.Changes);
        Assert.Equal([(Start.AddMinutes(1), Start.AddMinutes(2))], past.Waits.Select(wait => (wait.From, wait.To)));
    }

    [Fact]
    public void The_promise_that_was_merged_away_says_so()
    {
        Promise();
        Row(LedgerKind.Merged, 3, ("into", "1043/firstResponse/2"));

        Assert.True(Take().WasMerged);
    }

    [Fact]
    public void Cycles_are_kept_apart_and_what_began_outside_the_period_is_left_out()
    {
        Add(LedgerKind.Promised, -2 * 24 * 60, 1, Promised());
        Add(LedgerKind.Promised, 0, 2, Promised());
        Add(LedgerKind.Met, 4, 1);
        Add(LedgerKind.Promised, 24 * 60, 3, Promised());

        var past = Assert.Single(_replay.Take(1042, "acme"));
        Assert.Equal((2, null), (past.Cycle, past.AnsweredAt));
        Assert.Empty(_replay.Take(1043, "acme"));
    }

    private static string Text(int minutes) => ObligationClock.Text(Start.AddMinutes(minutes));

    private static (string, string)[] Promised(params (string Key, string Value)[] more) =>
        [.. new[] { ("channel", "email"), ("role", "user"), ("severity", "standard"), ("dueAt", Text(30)), ("atRiskAt", Text(22)), ("calendar", "24x7"), ("target", "00:30:00") }.Where(field => more.All(other => other.Key != field.Item1)), .. more];

    private void Promise(params (string, string)[] more) => Add(LedgerKind.Promised, 0, 1, Promised(more));

    private void Row(LedgerKind kind, int minutes, params (string, string)[] data) => Add(kind, minutes, 1, data);

    private void Add(LedgerKind kind, int minutes, int cycle, params (string Key, string Value)[] data) =>
        _replay.Add(kind, Start.AddMinutes(minutes), Metric.FirstResponse, cycle, LedgerChain.Canonical(data.ToDictionary(field => field.Key, field => field.Value)));

    private PastPromise Take() => Assert.Single(_replay.Take(1042, "acme"));
}

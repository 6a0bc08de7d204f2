using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>Makes statements out of the ledger.</summary>
public sealed class Statements(LedgerAudit audit, LedgerQueries queries, TimeProvider clock)
{
    /// <summary>The statement of an account over promises due at or after <paramref name="from"/> and before <paramref name="to"/>; refused when there is no such account.</summary>
    public async Task<Outcome<Statement>> ReadAsync(string account, DateTimeOffset from, DateTimeOffset to, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var key = account.Trim().ToLowerInvariant();
        if (await queries.AccountNameAsync(key, cancellation) is not { } name)
        {
            return new Refusal(RefusalKind.NotFound, "not-found", $"There is no account '{(key.Length > 100 ? key[..100] + "…" : key)}'.");
        }

        var now = ObligationClock.Whole(clock.GetUtcNow());
        // Minutes of arithmetic on a large chain: not on the thread of whoever asks.
        var (outcomes, vendor, faults, head) = await Task.Run(() => audit.OutcomesAsync(key, cancellation), cancellation);
        var told = outcomes.Where(outcome => outcome.DueAt >= from && outcome.DueAt < to).OrderBy(outcome => outcome.DueAt).ThenBy(outcome => outcome.Key.Ticket).ToList();
        return new Statement(
            key, name, from, to, now,
            [.. told.Select(outcome => new StatementLine(outcome, OutcomeOf(outcome, now), Reason(outcome, vendor)))],
            Attainment.Of(told.Where(outcome => outcome.MergedAt is null).Select(Matured), now), head, faults);
    }

    private static MaturedPromise Matured(LedgerOutcome told) => new(told.StartedAt, told.GrossDueAt, told.DueAt, told.AnsweredAt, told.BreachedAt);

    private static StatementOutcome OutcomeOf(LedgerOutcome told, DateTimeOffset now)
    {
        var promise = Matured(told);
        return told.IsWithdrawn ? StatementOutcome.Withdrawn
            : told.MergedAt is not null ? StatementOutcome.Merged
            : !promise.IsMaturedAt(now) ? promise.IsMet ? StatementOutcome.Met : StatementOutcome.Open
            : promise.IsMet ? StatementOutcome.Met
            : StatementOutcome.Breached;
    }

    private static string Reason(LedgerOutcome told, VendorFacts vendor)
    {
        var who = told.Role == RequesterRole.SuperAdmin ? "a designated Super Admin" : "a user of the account";
        var how = told.Channel switch { Channel.Email => "by the email form", Channel.Chat => "by chat", Channel.Phone => "by phone", _ => "by mail to the mailbox" };
        var gravity = told.Severity == Severity.BusinessCritical ? ", business critical" : "";
        var plan = told.Plan is null ? "" : $", plan {told.Plan}";
        var clock = told.Calendar == BusinessCalendar.AlwaysOpenKey ? "around the clock" : $"on the calendar '{told.Calendar}'";
        var commitment = told.Commitment == Commitment.Guaranteed ? "guaranteed" : "as a target";
        var note = vendor.Policy(told.PolicyVersion)?.Policy.Note is { Length: > 0 } text ? $" ({text})" : "";
        return $"Policy version {told.PolicyVersion}{note} promises {who} {how}{gravity}{plan}: {ExplanationWords.Target(told.Target)} {clock}, {commitment}.";
    }
}

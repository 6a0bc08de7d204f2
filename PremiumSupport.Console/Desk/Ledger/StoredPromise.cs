using System.Globalization;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>The columns of an obligation that the ledger can vouch for.</summary>
internal sealed record StoredPromise(
    long Ticket, Metric Metric, int Cycle, Commitment Commitment, TimeSpan? TargetDuration, int? TargetBusinessDays, string Calendar, int PolicyVersion, Severity Severity,
    DateTimeOffset StartedAt, DateTimeOffset AnchorAt, DateTimeOffset BaseDueAt, DateTimeOffset GrossDueAt, DateTimeOffset DueAt, DateTimeOffset AtRiskAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt, DateTimeOffset? DetectedAt, DateTimeOffset? PausedAt, DateTimeOffset? MergedAt, bool IsWithdrawn = false)
{
    public PromiseKey Key => new(Ticket, Metric, Cycle);

    /// <summary>Each column that says something else than the ledger.</summary>
    public IEnumerable<string> Differences(LedgerOutcome told) =>
        Columns(told).Where(column => column.Says != column.Should).Select(column => $"The stored {column.Name} of {Name} says {column.Says}; the ledger makes it {column.Should}.");

    /// <summary>"first response, cycle 1".</summary>
    public string Name => NameOf(Key);

    /// <summary>"first response, cycle 1".</summary>
    public static string NameOf(PromiseKey key) => string.Create(CultureInfo.InvariantCulture, $"{(key.Metric switch { Metric.FirstResponse => "first response", Metric.NextResponse => "next response", _ => "callback" })}, cycle {key.Cycle}");

    private IEnumerable<(string Name, string Says, string Should)> Columns(LedgerOutcome told)
    {
        yield return (nameof(StartedAt), Text(StartedAt), Text(told.StartedAt));
        yield return (nameof(DueAt), Text(DueAt), Text(told.DueAt));
        yield return (nameof(GrossDueAt), Text(GrossDueAt), Text(told.GrossDueAt));
        yield return (nameof(BaseDueAt), Text(BaseDueAt), Text(told.BaseDueAt));
        yield return (nameof(AnchorAt), Text(AnchorAt), Text(told.AnchorAt));
        yield return (nameof(AtRiskAt), Text(AtRiskAt), Text(told.AtRiskAt));
        yield return (nameof(AnsweredAt), Text(AnsweredAt), Text(told.AnsweredAt));
        yield return (nameof(BreachedAt), Text(BreachedAt), Text(told.BreachedAt));
        yield return (nameof(PausedAt), Text(PausedAt), Text(told.PausedAt));
        yield return (nameof(MergedAt), Text(MergedAt), Text(told.MergedAt));
        yield return (nameof(IsWithdrawn), IsWithdrawn ? "yes" : "no", told.IsWithdrawn ? "yes" : "no");
        yield return (nameof(PolicyVersion), Number(PolicyVersion), Number(told.PolicyVersion));
        yield return (nameof(Commitment), LedgerFacts.Word(Commitment), LedgerFacts.Word(told.Commitment));
        yield return (nameof(Severity), LedgerFacts.Word(Severity), LedgerFacts.Word(told.Severity));
        yield return (nameof(Calendar), Calendar, told.Calendar);
        yield return ("Target", Target(TargetDuration, TargetBusinessDays), Target(told.Target.Duration, told.Target.BusinessDays));
        // Whoever carries a breach on from elsewhere was not told when it was noticed there.
        if (told.CarriedFrom is null || told.DetectedAt is not null || told.BreachedAt is null)
        {
            yield return (nameof(DetectedAt), Text(DetectedAt), Text(told.DetectedAt));
        }
    }

    private static string Text(DateTimeOffset? instant) => instant is { } at ? ObligationClock.Text(at) : "nothing";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Target(TimeSpan? duration, int? days) => string.Join(" and ", new[] { duration?.ToString("c", CultureInfo.InvariantCulture), days is null ? null : $"{days} business days" }.OfType<string>());
}

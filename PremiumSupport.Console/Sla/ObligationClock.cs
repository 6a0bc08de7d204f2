using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>
/// The life of an obligation as arithmetic: facts and an instant in, changed facts and ledger facts out. Nothing here reads a clock.
/// </summary>
public static class ObligationClock
{
    /// <summary>What an obligation became, and what is to be written into the ledger about it.</summary>
    public readonly record struct Outcome(ObligationFacts Obligation, IReadOnlyList<LedgerFact> Ledger);

    /// <summary>The state at an instant. Due is inclusive: at exactly <see cref="ObligationFacts.DueAt"/> an open promise is not yet breached (rule 3).</summary>
    public static ObligationState StateAt(ObligationFacts obligation, DateTimeOffset now) => StateAtWhole(obligation, Whole(now));

    private static ObligationState StateAtWhole(ObligationFacts obligation, DateTimeOffset now) => obligation switch
    {
        { BreachedAt: not null } => ObligationState.Breached,
        { AnsweredAt: { } answered } => answered <= obligation.DueAt ? ObligationState.Met : ObligationState.Breached,
        _ when now > obligation.DueAt => ObligationState.Breached,
        _ when now >= obligation.AtRiskAt => ObligationState.AtRisk,
        _ => ObligationState.OnTrack,
    };

    /// <summary>
    /// Flags everything whose moment has passed by <paramref name="now"/> and was not flagged yet: each warning once, and the breach,
    /// which is stamped with the deadline whenever it is noticed (rule 4). Running it twice changes nothing.
    /// </summary>
    public static Outcome CatchUp(ObligationFacts obligation, DateTimeOffset now)
    {
        now = Whole(now);
        var horizon = obligation.AnsweredAt is { } answered && answered < now ? answered : now;
        var ledger = new List<LedgerFact>();
        var warnings = obligation.Warnings;

        if (warnings.Any(warning => warning.FiredAt is null && warning.At <= horizon))
        {
            warnings = [.. warnings.Select(warning =>
            {
                if (warning.FiredAt is not null || warning.At > horizon)
                {
                    return warning;
                }

                ledger.Add(Fact(obligation, LedgerKind.Warned, warning.At, ("step", warning.Step), ("detectedAt", Text(now))));
                return warning with { FiredAt = now };
            })];
            obligation = obligation with { Warnings = warnings };
        }

        if (obligation.BreachedAt is null && horizon > obligation.DueAt)
        {
            ledger.Add(Fact(obligation, LedgerKind.Breached, obligation.DueAt, ("detectedAt", Text(now))));
            obligation = obligation with { BreachedAt = obligation.DueAt, DetectedAt = now };
        }

        return new(obligation, ledger);
    }

    /// <summary>
    /// The promise is answered at <paramref name="now"/>. What was missed until then is flagged first, so a late answer between two sweeps
    /// is still a breach. An obligation that was answered before stays as it is.
    /// </summary>
    public static Outcome Answer(ObligationFacts obligation, DateTimeOffset now)
    {
        if (!obligation.IsOpen)
        {
            return new(obligation, []);
        }

        now = Whole(now);
        var (caughtUp, ledger) = CatchUp(obligation, now);
        var answered = caughtUp with { AnsweredAt = now };
        return new(answered, now <= answered.DueAt && answered.BreachedAt is null
            ? [.. ledger, Fact(answered, LedgerKind.Met, now, ("dueAt", Text(answered.DueAt)))]
            : ledger);
    }

    /// <summary>
    /// The answer never arrived: the only response bounced. The promise is owed again under its deadline, as if nobody had spoken (rule 2); a breach
    /// recorded before stays, and what passed meanwhile is flagged. An obligation that is still owed is only caught up.
    /// </summary>
    public static Outcome Bounce(ObligationFacts obligation, string reason, DateTimeOffset now)
    {
        if (obligation.AnsweredAt is not { } answered)
        {
            return CatchUp(obligation, now);
        }

        var reopened = Fact(obligation, LedgerKind.Reopened, Whole(now), ("answeredAt", Text(answered)), ("dueAt", Text(obligation.DueAt)), ("reason", reason));
        var (caughtUp, after) = CatchUp(obligation with { AnsweredAt = null }, now);
        return new(caughtUp, [reopened, .. after]);
    }

    /// <summary>
    /// The promise is replaced by <paramref name="promised"/> (a claim declined, a severity raised). What has passed under the old deadline is flagged first:
    /// a recorded breach stays, and an answered obligation keeps its outcome (rules 4 and 8). Warnings that fired do not fire again;
    /// those of the new promise whose moment has passed fire at once (rule 11). The caller decides whether the new deadline may be later (rule 8).
    /// </summary>
    public static Outcome Retarget(ObligationFacts obligation, ObligationFacts promised, string reason, DateTimeOffset now)
    {
        now = Whole(now);
        var (old, before) = CatchUp(obligation, now);
        if (!old.IsOpen || old.BreachedAt is not null)
        {
            return new(old, before);
        }

        var fired = old.Warnings.Where(warning => warning.FiredAt is not null).ToList();
        var moved = promised with
        {
            Cycle = old.Cycle,
            StartedAt = old.StartedAt,
            Warnings = [.. fired.Concat(promised.Warnings).DistinctBy(warning => warning.Step).OrderBy(warning => warning.At)],
        };
        var retargeted = Fact(moved, LedgerKind.Retargeted, now,
            ("from", Text(old.DueAt)), ("dueAt", Text(moved.DueAt)), ("atRiskAt", Text(moved.AtRiskAt)), ("reason", reason),
            ("commitment", CommitmentText(moved)), ("target", TargetText(moved.Target)), ("calendar", moved.Calendar),
            ("policyVersion", moved.PolicyVersion.ToString(CultureInfo.InvariantCulture)));
        var (caughtUp, after) = CatchUp(moved, now);
        return new(caughtUp, [.. before, retargeted, .. after]);
    }

    /// <summary>What the ledger keeps of a new promise.</summary>
    public static LedgerFact Promised(ObligationFacts obligation) =>
        Fact(obligation, LedgerKind.Promised, obligation.StartedAt,
            ("dueAt", Text(obligation.DueAt)),
            ("atRiskAt", Text(obligation.AtRiskAt)),
            ("commitment", CommitmentText(obligation)),
            ("target", TargetText(obligation.Target)),
            ("calendar", obligation.Calendar),
            ("policyVersion", obligation.PolicyVersion.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The earliest instant at which <see cref="CatchUp"/> would do something; null when it never will again. A breach is noticed one millisecond after due.</summary>
    public static DateTimeOffset? NextFlagAt(ObligationFacts obligation)
    {
        if (!obligation.IsOpen)
        {
            return null;
        }

        DateTimeOffset? next = obligation.BreachedAt is null ? obligation.DueAt.AddMilliseconds(1) : null;
        foreach (var warning in obligation.Warnings)
        {
            if (warning.FiredAt is null && (next is null || warning.At < next))
            {
                next = warning.At;
            }
        }

        return next;
    }

    /// <summary>The instant as the house keeps it: UTC, cut to whole milliseconds, so that what is compared is what is written down.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>The instant as the API, the pages and the ledger write it: UTC in whole milliseconds.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string CommitmentText(ObligationFacts obligation) => obligation.Commitment == Commitment.Guaranteed ? "guaranteed" : "target";

    private static string TargetText(PromiseTarget target) =>
        target.BusinessDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} business days") : target.Duration!.Value.ToString("c", CultureInfo.InvariantCulture);

    private static LedgerFact Fact(ObligationFacts obligation, LedgerKind kind, DateTimeOffset at, params (string Key, string Value)[] data) =>
        new(kind, at, obligation.Metric, obligation.Cycle, data.ToDictionary(item => item.Key, item => item.Value));
}

namespace PremiumSupport.Sla;

/// <summary>A warning with its instant. <see cref="FiredAt"/> is when it was noticed; null while it is still to come.</summary>
public sealed record ScheduledWarning(string Step, DateTimeOffset At, DateTimeOffset? FiredAt = null);

/// <summary>
/// One promise about one ticket, as facts. All instants are UTC in whole milliseconds. Immutable: <see cref="ObligationClock"/> returns changed copies.
/// </summary>
public sealed record ObligationFacts
{
    public required Metric Metric { get; init; }

    /// <summary>1 for the first; next-response obligations count on.</summary>
    public int Cycle { get; init; } = 1;

    public required Commitment Commitment { get; init; }

    public required PromiseTarget Target { get; init; }

    /// <summary>The calendar of the policy version that the clock walks.</summary>
    public required string Calendar { get; init; }

    /// <summary>The policy version that it was promised under; never changes with later edits (rule 10).</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The severity that it was promised for.</summary>
    public Severity Severity { get; init; }

    /// <summary>What it was promised for where that is not what its ticket was asked with: set when another ticket made it and this one carries it on (rules 9 and 10).</summary>
    public PromiseInputs? Inputs { get; init; }

    /// <summary>The commit time of what started it (rule 1).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whence the clock walks: the start, or the moment at which a severity was raised or a policy applied.</summary>
    public required DateTimeOffset AnchorAt { get; init; }

    /// <summary>The deadline if the clock had never stood still.</summary>
    public required DateTimeOffset BaseDueAt { get; init; }

    /// <summary>The deadline without exceptions, by which gross attainment judges (rule 13). Waiting for the customer counts.</summary>
    public required DateTimeOffset GrossDueAt { get; init; }

    /// <summary>From here on the promise is in danger; inclusive.</summary>
    public required DateTimeOffset AtRiskAt { get; init; }

    /// <summary>The deadline that counts. Inclusive: an answer at exactly this instant is met (rule 3).</summary>
    public required DateTimeOffset DueAt { get; init; }

    public IReadOnlyList<ScheduledWarning> Warnings { get; init; } = [];

    /// <summary>Open stretches between start and due in which no stop stood, for drawing and for counting down; one stretch on a clock that never stops.</summary>
    public IReadOnlyList<OpenSpan> OpenSpans { get; init; } = [];

    /// <summary>When the clock stood: the exceptions that moved the deadline, and past waiting for the customer.</summary>
    public IReadOnlyList<ClockStop> Stops { get; init; } = [];

    /// <summary>Since when a next response stands still because the ticket waits for the customer; null while its clock runs (rule 6).</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it was answered, late or not; null while it is owed.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The deadline instant it missed (rule 4); never removed by any later edit.</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>When the breach was noticed, at or after <see cref="BreachedAt"/>.</summary>
    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>
    /// When it was closed without being kept or missed: another ticket carries it on (rule 9), or, where <see cref="IsWithdrawn"/>, its customer wished it away. Such a promise is
    /// neither met nor breached here.
    /// </summary>
    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>
    /// True for a callback that its customer cancelled, put off or made needless before it was missed: their own wish neither makes the vendor late nor does it credit. What was
    /// missed before stays missed (rule 4).
    /// </summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Why the deadline is what it is (rule 15).</summary>
    public IReadOnlyList<ExplanationStep> Explanation { get; init; } = [];

    /// <summary>True while somebody still owes the answer here.</summary>
    public bool IsOpen => AnsweredAt is null && MergedAt is null;

    /// <summary>True when an exception moved the deadline.</summary>
    public bool IsExcepted => GrossDueAt != DueAt;

    /// <summary>The instant at which something is to be flagged next; null when nothing is left to flag.</summary>
    public DateTimeOffset? NextFlagAt => ObligationClock.NextFlagAt(this);
}

/// <summary>A fact for the ledger, before it is chained.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it counts: for a breach the deadline, for a warning its moment.</param>
/// <param name="Metric">The promise it is about, if it is about one.</param>
/// <param name="Cycle">Its cycle, likewise.</param>
/// <param name="Data">What a verifier needs to recompute it; values are text.</param>
public sealed record LedgerFact(LedgerKind Kind, DateTimeOffset At, Metric? Metric, int? Cycle, IReadOnlyDictionary<string, string> Data);

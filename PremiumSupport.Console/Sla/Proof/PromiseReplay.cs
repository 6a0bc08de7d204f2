namespace PremiumSupport.Sla.Proof;

/// <summary>One promise as the ledger has told it so far.</summary>
/// <param name="key">Its name.</param>
/// <param name="sequence">The row that promised it.</param>
/// <param name="startedAt">Its start.</param>
/// <param name="inputs">What it was promised to.</param>
/// <param name="terms">What is promised.</param>
internal sealed class PromiseReplay(PromiseKey key, long sequence, DateTimeOffset startedAt, Inputs inputs, Terms terms)
{
    public PromiseKey Key { get; } = key;

    /// <summary>The row that promised it.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>The last row about it, and when that was written; the end of time for one that was carried here at an instant that is not known.</summary>
    public long LastSequence { get; set; } = sequence;

    public DateTimeOffset LastAt { get; set; } = startedAt;

    /// <summary>Exceptions approved until then are no matter here: they were judged where it was carried from.</summary>
    public DateTimeOffset JudgedUntil { get; set; } = DateTimeOffset.MinValue;
    public DateTimeOffset StartedAt { get; } = startedAt;
    
    /// <summary>What it was promised for, by which rules and exceptions take it wherever it is carried (rule 10).</summary>
    public Inputs Inputs => inputs;

    /// <summary>Version of the time zones that it was computed with; null on a clock that has none.</summary>
    public string? Zones { get; init; }

    public string? CarriedFrom { get; init; }
    public Terms Terms { get; set; } = terms;
    public DateTimeOffset? PausedAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? BreachedAt { get; set; }
    public DateTimeOffset? DetectedAt { get; set; }
    public DateTimeOffset? MergedAt { get; set; }
    public string? MergedInto { get; set; }

    /// <summary>Ended by its customer's wish, at <see cref="MergedAt"/>.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>Whether it was promised at its customer's wish for another time.</summary>
    public bool IsWished { get; set; }

    /// <summary>Exceptions whose absence has been told.</summary>
    public List<string>? Missed { get; set; }

    /// <summary>When it was last replaced; an exception that was over by then no longer matters to what it is now.</summary>
    public DateTimeOffset ReplacedAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>When it was last owed again after an answer that never arrived: exceptions move it then before it is caught up.</summary>
    public DateTimeOffset? ReopenedAt { get; set; }

    /// <summary>Policy versions that should have moved it, with when they were published and what is to be said if they never do.</summary>
    public List<(int Version, DateTimeOffset At, string What)>? Pending { get; set; }

    /// <summary>The row that declined the claim on which it stands; null once it was moved.</summary>
    public long? DeclinedBy { get; set; }

    public bool IsOpen => AnsweredAt is null && MergedAt is null;

    /// <summary>Whether anything may still move its deadline.</summary>
    public bool IsMovable => IsOpen && BreachedAt is null;

    /// <summary>"First response, cycle 1".</summary>
    public string Name => FormattableString.Invariant($"{Words.Of(Key.Metric)}, cycle {Key.Cycle}");

    public LedgerOutcome ToOutcome() => new()
    {
        Key = Key,
        Sequence = Sequence,
        Channel = inputs.Channel,
        Role = inputs.Role,
        Plan = inputs.Plan,
        Severity = Terms.Severity,
        PolicyVersion = Terms.PolicyVersion,
        Commitment = Terms.Commitment,
        Target = Terms.Target,
        Calendar = Terms.Calendar,
        StartedAt = StartedAt,
        AnchorAt = Terms.AnchorAt,
        BaseDueAt = Terms.BaseDueAt,
        GrossDueAt = Terms.GrossDueAt,
        DueAt = Terms.DueAt,
        AtRiskAt = Terms.AtRiskAt,
        AnsweredAt = AnsweredAt,
        BreachedAt = BreachedAt,
        DetectedAt = DetectedAt,
        PausedAt = PausedAt,
        MergedAt = MergedAt,
        MergedInto = MergedInto,
        IsWithdrawn = IsWithdrawn,
        CarriedFrom = CarriedFrom,
        Exceptions = [.. Terms.Stills.Where(still => !still.IsWaiting).Select(still => still.Exception!)],
    };
}

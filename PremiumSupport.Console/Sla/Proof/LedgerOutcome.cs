namespace PremiumSupport.Sla.Proof;

/// <summary>
/// What became of one promise according to the ledger alone (rule 16): the inputs that it was made for, its deadlines and how it ended. What statements are made of, and what
/// the stored columns are compared with.
/// </summary>
public sealed record LedgerOutcome
{
    public required PromiseKey Key { get; init; }

    /// <summary>The row that promised it.</summary>
    public required long Sequence { get; init; }

    public required Channel Channel { get; init; }
    public required RequesterRole Role { get; init; }
    public string? Plan { get; init; }
    public required Severity Severity { get; init; }
    public required int PolicyVersion { get; init; }
    public required Commitment Commitment { get; init; }
    public required PromiseTarget Target { get; init; }
    public required string Calendar { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset AnchorAt { get; init; }
    public required DateTimeOffset BaseDueAt { get; init; }

    /// <summary>The deadline without exceptions (rule 13).</summary>
    public required DateTimeOffset GrossDueAt { get; init; }

    /// <summary>The deadline that counts; inclusive (rule 3).</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset AtRiskAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The deadline that it missed (rule 4).</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    public DateTimeOffset? DetectedAt { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>Whether its customer wished it away, at <see cref="MergedAt"/>.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The promise that carries it on.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The promise that it carries on.</summary>
    public string? CarriedFrom { get; init; }

    /// <summary>Ids of the exceptions that moved the deadline.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    /// <summary>True when an exception moved the deadline.</summary>
    public bool IsExcepted => GrossDueAt != DueAt;
}

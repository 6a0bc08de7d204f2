using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The row that keeps an obligation. Its meaning is in <see cref="ObligationFacts"/>; it is only changed by <see cref="Take"/>.</summary>
public sealed class Obligation
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }
    public Metric Metric { get; set; }
    public int Cycle { get; set; }
    public Commitment Commitment { get; set; }
    public TimeSpan? TargetDuration { get; set; }
    public int? TargetBusinessDays { get; set; }
    public string Calendar { get; set; } = "";
    public int PolicyVersion { get; set; }
    public Severity Severity { get; set; }
    public PromiseInputs? Inputs { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset AnchorAt { get; set; }
    public DateTimeOffset BaseDueAt { get; set; }
    public DateTimeOffset GrossDueAt { get; set; }
    public DateTimeOffset AtRiskAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? BreachedAt { get; set; }
    public DateTimeOffset? DetectedAt { get; set; }
    public DateTimeOffset? PausedAt { get; set; }
    public DateTimeOffset? MergedAt { get; set; }
    public bool IsWithdrawn { get; set; }
    public IReadOnlyList<ScheduledWarning> Warnings { get; set; } = [];
    public IReadOnlyList<OpenSpan> OpenSpans { get; set; } = [];
    public IReadOnlyList<ClockStop> Stops { get; set; } = [];
    public IReadOnlyList<ExplanationStep> Explanation { get; set; } = [];

    /// <summary>The row as facts.</summary>
    public ObligationFacts ToFacts() => new()
    {
        Metric = Metric,
        Cycle = Cycle,
        Commitment = Commitment,
        Target = new() { Duration = TargetDuration, BusinessDays = TargetBusinessDays },
        Calendar = Calendar,
        PolicyVersion = PolicyVersion,
        Severity = Severity,
        Inputs = Inputs,
        StartedAt = StartedAt,
        AnchorAt = AnchorAt,
        BaseDueAt = BaseDueAt,
        GrossDueAt = GrossDueAt,
        AtRiskAt = AtRiskAt,
        DueAt = DueAt,
        AnsweredAt = AnsweredAt,
        BreachedAt = BreachedAt,
        DetectedAt = DetectedAt,
        PausedAt = PausedAt,
        MergedAt = MergedAt,
        IsWithdrawn = IsWithdrawn,
        Warnings = Warnings,
        OpenSpans = OpenSpans,
        Stops = Stops,
        Explanation = Explanation,
    };

    /// <summary>Takes over the facts. Lists are replaced only when they are others, so that an unchanged column is not written.</summary>
    public Obligation Take(ObligationFacts facts)
    {
        Metric = facts.Metric;
        Cycle = facts.Cycle;
        Commitment = facts.Commitment;
        TargetDuration = facts.Target.Duration;
        TargetBusinessDays = facts.Target.BusinessDays;
        Calendar = facts.Calendar;
        PolicyVersion = facts.PolicyVersion;
        Severity = facts.Severity;
        Inputs = facts.Inputs;
        StartedAt = facts.StartedAt;
        AnchorAt = facts.AnchorAt;
        BaseDueAt = facts.BaseDueAt;
        GrossDueAt = facts.GrossDueAt;
        AtRiskAt = facts.AtRiskAt;
        DueAt = facts.DueAt;
        AnsweredAt = facts.AnsweredAt;
        BreachedAt = facts.BreachedAt;
        DetectedAt = facts.DetectedAt;
        PausedAt = facts.PausedAt;
        MergedAt = facts.MergedAt;
        IsWithdrawn = facts.IsWithdrawn;
        Warnings = facts.Warnings;
        OpenSpans = facts.OpenSpans;
        Stops = facts.Stops;
        Explanation = facts.Explanation;
        return this;
    }
}

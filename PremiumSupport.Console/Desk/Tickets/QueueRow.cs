using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The list that a queue shows.</summary>
public enum QueueView { All, Mine, Unassigned, AtRisk, Breached, Critical, Chat, Email, Phone }

/// <summary>What a badge needs to tell time by itself in a browser.</summary>
public sealed record BadgeFacts(
    Metric Metric, Commitment Commitment, DateTimeOffset StartedAt, DateTimeOffset AtRiskAt, DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt, IReadOnlyList<OpenSpan> OpenSpans, string Calendar)
{
    /// <summary>The state at an instant.</summary>
    public ObligationState StateAt(DateTimeOffset now) => this switch
    {
        { AnsweredAt: { } answered } => answered <= DueAt && BreachedAt is null ? ObligationState.Met : ObligationState.Breached,
        _ when BreachedAt is not null || ObligationClock.Whole(now) > DueAt => ObligationState.Breached,
        _ when now >= AtRiskAt => ObligationState.AtRisk,
        _ => ObligationState.OnTrack,
    };

    /// <summary>The promise that a ticket is judged by right now: the open one due first, else the one answered last; null when nothing was promised.</summary>
    public static BadgeFacts? Of(IEnumerable<BadgeFacts> promises) => promises
        .OrderBy(promise => promise.AnsweredAt is not null)
        .ThenBy(promise => promise.AnsweredAt is null ? promise.DueAt.UtcTicks : -promise.AnsweredAt.Value.UtcTicks)
        .FirstOrDefault();

    /// <summary>The same among rows.</summary>
    public static BadgeFacts? Of(IEnumerable<Obligation> obligations) => Of(obligations.Select(owed => new BadgeFacts(
        owed.Metric, owed.Commitment, owed.StartedAt, owed.AtRiskAt, owed.DueAt, owed.AnsweredAt, owed.BreachedAt, owed.OpenSpans, owed.Calendar)));
}

/// <summary>One line of the queue.</summary>
public sealed record QueueRow(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity, ClaimState Claim,
    string AccountKey, string AccountName, string RequesterName, string RequesterEmail, RequesterRole RequesterRole,
    Guid? AssigneeId, string? AssigneeName, string Snippet, string SnippetAuthor, bool LastFromCustomer,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? NextDueAt, BadgeFacts? Badge, long Version)
{
    /// <summary>The order of every queue: soonest due first, overdue ones included, so the most overdue is on top; what owes nothing comes last.</summary>
    public static IComparer<QueueRow> SoonestDue { get; } = Comparer<QueueRow>.Create((left, right) =>
        (left.NextDueAt ?? DateTimeOffset.MaxValue, left.Number).CompareTo((right.NextDueAt ?? DateTimeOffset.MaxValue, right.Number)));

    /// <summary>The state at an instant; null when nothing was promised.</summary>
    public ObligationState? StateAt(DateTimeOffset now) => Badge?.StateAt(now);

    /// <summary>Whether a view shows it to that person.</summary>
    public bool IsIn(QueueView view, Guid viewer, DateTimeOffset now) => view switch
    {
        QueueView.Mine => AssigneeId == viewer,
        QueueView.Unassigned => AssigneeId is null,
        QueueView.AtRisk => NextDueAt is not null && StateAt(now) == ObligationState.AtRisk,
        QueueView.Breached => NextDueAt is not null && StateAt(now) == ObligationState.Breached,
        QueueView.Critical => Severity == Severity.BusinessCritical,
        QueueView.Chat => Channel == Channel.Chat,
        QueueView.Email => Channel is Channel.Email or Channel.Mailbox,
        QueueView.Phone => Channel == Channel.Phone,
        _ => true,
    };
}

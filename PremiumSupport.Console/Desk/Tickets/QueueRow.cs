using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The list that a queue shows.</summary>
public enum QueueView { All, Mine, MyAccounts, Unassigned, AtRisk, Breached, Critical, Chat, Email, Phone, Snoozed }

/// <summary>What a badge needs to tell time by itself in a browser.</summary>
public sealed record BadgeFacts(
    Metric Metric, Commitment Commitment, DateTimeOffset StartedAt, DateTimeOffset AtRiskAt, DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt, IReadOnlyList<OpenSpan> OpenSpans, string Calendar,
    IReadOnlyList<ClockStop> Stops, DateTimeOffset? PausedAt, DateTimeOffset? MergedAt)
{
    /// <summary>The state at an instant.</summary>
    public ObligationState StateAt(DateTimeOffset now) => this switch
    {
        { MergedAt: not null } => ObligationState.Merged,
        { AnsweredAt: { } answered } => answered <= DueAt && BreachedAt is null ? ObligationState.Met : ObligationState.Breached,
        { BreachedAt: null, PausedAt: not null } => ObligationState.Paused,
        _ when BreachedAt is not null || ObligationClock.Whole(now) > DueAt => ObligationState.Breached,
        _ when IsStopped(now) => ObligationState.Paused,
        _ when now >= AtRiskAt => ObligationState.AtRisk,
        _ => ObligationState.OnTrack,
    };

    /// <summary>Whether an exception stops the clock at an instant.</summary>
    public bool IsStopped(DateTimeOffset now) => Stops.Any(stop => stop.From <= now && now < stop.To);

    /// <summary>
    /// The promise that a ticket is judged by right now: the open one due first, then one that is paused, else the one answered last; what another ticket carries on
    /// only where there is nothing else, and null when nothing was promised.
    /// </summary>
    public static BadgeFacts? Of(IEnumerable<BadgeFacts> promises) => promises
        .OrderBy(promise => promise switch { { MergedAt: not null } => 3, { AnsweredAt: not null } => 2, { PausedAt: not null, BreachedAt: null } => 1, _ => 0 })
        .ThenBy(promise => promise.AnsweredAt is null ? promise.DueAt.UtcTicks : -promise.AnsweredAt.Value.UtcTicks)
        .FirstOrDefault();

    /// <summary>The same among rows.</summary>
    public static BadgeFacts? Of(IEnumerable<Obligation> obligations) => Of(obligations.Where(owed => !owed.IsWithdrawn).Select(owed => new BadgeFacts(
        owed.Metric, owed.Commitment, owed.StartedAt, owed.AtRiskAt, owed.DueAt, owed.AnsweredAt, owed.BreachedAt, owed.OpenSpans, owed.Calendar,
        owed.Stops, owed.PausedAt, owed.MergedAt)));
}

/// <summary>One line of the queue.</summary>
public sealed record QueueRow(
    long Number, string Subject, Channel Channel, TicketStatus Status, Severity Severity, ClaimState Claim,
    string AccountKey, string AccountName, string RequesterName, string RequesterEmail, RequesterRole RequesterRole,
    Guid? AssigneeId, string? AssigneeName, string Snippet, string SnippetAuthor, bool LastFromCustomer,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? NextDueAt, BadgeFacts? Badge, long Version)
{
    /// <summary>When a customer who wants a call is to be rung next; null when nobody is.</summary>
    public DateTimeOffset? NextCallAt { get; init; }

    /// <summary>When it comes back at the latest; null unless somebody put it away.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Words for sorting, in lower case.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The people of the staff who are dedicated to its account.</summary>
    public IReadOnlySet<Guid> Carers { get; init; } = CareBook.Nobody;

    /// <summary>How often that customer was rung without being reached.</summary>
    public int CallAttempts { get; init; }

    /// <summary>
    /// What a ticket's place in the queue follows from: its soonest deadline, or the next try of a call that got nobody, whichever comes first. The first try has a deadline of its own and is placed by that; null
    /// when nothing is to come.
    /// </summary>
    public DateTimeOffset? PressingAt => NextCallAt is { } call && (NextDueAt is not { } due || (CallAttempts > 0 && call < due)) ? call : NextDueAt;

    /// <summary>The order of every queue on screen: what presses soonest first, overdue ones included, so the most overdue is on top; what owes nothing comes last.</summary>
    public static IComparer<QueueRow> SoonestDue { get; } = Comparer<QueueRow>.Create((left, right) =>
        (left.PressingAt ?? DateTimeOffset.MaxValue, left.Number).CompareTo((right.PressingAt ?? DateTimeOffset.MaxValue, right.Number)));

    /// <summary>The state at an instant; null when nothing was promised.</summary>
    public ObligationState? StateAt(DateTimeOffset now) => Badge?.StateAt(now);

    /// <summary>Whether a promise on it is in danger or missed: then nothing but its deadline counts.</summary>
    public bool IsPressing(DateTimeOffset now) => IsIn(QueueView.AtRisk, Guid.Empty, now) || IsIn(QueueView.Breached, Guid.Empty, now);

    /// <summary>Whether a view shows it to that person. What is put away stands in its own view and among all, and in those about promises, which it never hides.</summary>
    public bool IsIn(QueueView view, Guid viewer, DateTimeOffset now) => view switch
    {
        QueueView.All => true,
        QueueView.Snoozed => SnoozedUntil is not null,
        // What an exception stops in its last quarter is at risk as soon as the clock goes on, so it stays in sight.
        QueueView.AtRisk => NextDueAt >= ObligationClock.Whole(now) && Badge is { PausedAt: null, BreachedAt: null } badge && badge.AtRiskAt <= now,
        QueueView.Breached => NextDueAt is not null && StateAt(now) == ObligationState.Breached,
        _ when SnoozedUntil is not null => false,
        QueueView.Mine => AssigneeId == viewer,
        QueueView.MyAccounts => Carers.Contains(viewer),
        QueueView.Unassigned => AssigneeId is null,
        QueueView.Critical => Severity == Severity.BusinessCritical,
        QueueView.Chat => Channel == Channel.Chat,
        QueueView.Email => Channel is Channel.Email or Channel.Mailbox,
        _ => Channel == Channel.Phone,
    };
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Presence;
using PremiumSupport.Platform.Ui;
using PremiumSupport.Screens.Shell;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Queue;

/// <summary>Colleagues who have a ticket open, as its row says it.</summary>
public sealed record RowOnlookers(string Words, string Icon, string First, int More)
{
    /// <summary>Of those at the ticket; null for nobody.</summary>
    public static RowOnlookers? Of(IReadOnlyList<Onlooker> others) => others is [var first, ..]
        ? new(string.Join(", ", others.Select(one => $"{one.Name} {(one.Mode == PresenceMode.Replying ? "is replying" : "is looking at it")}")), first.Mode == PresenceMode.Replying ? "reply" : "eye", first.Name, others.Count - 1)
        : null;
}

/// <summary>All that one row shows. Two that are equal look the same, so a row is drawn anew only when its facts are others.</summary>
/// <param name="Row">The ticket.</param>
/// <param name="Place">Its place in the view, from one.</param>
/// <param name="State">The word for its badge; see <see cref="BadgeState"/>.</param>
/// <param name="Css">The row's classes.</param>
/// <param name="HasDraft">Whether who looks has begun to write there.</param>
/// <param name="Call">What is said of the next call.</param>
/// <param name="Others">Colleagues who have it open.</param>
public sealed record RowFacts(QueueRow Row, int Place, string State, string Css, bool HasDraft, CallWords Call, RowOnlookers? Others)
{
    // Every mixture once, so that rows which look the same share the text.
    private static readonly string[] Marks = ["picked", "is-unread", "gone", "arrived", "is-next"];
    private static readonly string[] Mixtures = [.. Enumerable.Range(0, 1 << Marks.Length).Select(mixture => string.Join(' ', Marks.Where((_, bit) => (mixture & (1 << bit)) != 0).Prepend("ticket-row")))];

    /// <summary>The classes of a row.</summary>
    public static string CssOf(bool isPicked, bool isUnread, bool isGone, bool hasArrived, bool isNext) =>
        Mixtures[(isPicked ? 1 : 0) | (isUnread ? 2 : 0) | (isGone ? 4 : 0) | (hasArrived ? 8 : 0) | (isNext ? 16 : 0)];

    /// <summary>The customer wrote last and nobody has taken it up: neither by taking the ticket nor, once it was answered, by answering again.</summary>
    public static bool IsUnread(QueueRow row) => row.LastFromCustomer && (row.Status == TicketStatus.New || row.Badge?.AnsweredAt is not null);

    /// <summary>The word for a row's badge at an instant.</summary>
    public static string StateOf(QueueRow row, DateTimeOffset now) => row.Badge is { } badge
        ? BadgeState.Of(badge.AnsweredAt, badge.BreachedAt, badge.AtRiskAt, badge.DueAt, now, badge.Stops, badge.PausedAt, badge.MergedAt) : BadgeState.None;

    /// <summary>What is said of the next call at an instant: one that is owed by a deadline is said only while it is still to come.</summary>
    public static CallWords CallOf(QueueRow row, DateTimeOffset now) =>
        row.NextCallAt is not { } call ? CallWords.None : call > now ? CallWords.At : row.NextDueAt is null ? CallWords.Since : CallWords.None;
}

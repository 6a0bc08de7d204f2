using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Shell;

/// <summary>One thing to know about a ticket: a warning, a heads-up of a colleague's, or news of the queue, which is not kept.</summary>
/// <param name="Key">Unique, and the same in every window of its reader, so that one of them sounds it.</param>
public sealed record Told(string Key, AlertEvent Event, long TicketNumber, DateTimeOffset At)
{
    /// <summary>The warning, if it is one.</summary>
    public NotificationView? Warning { get; private init; }

    /// <summary>The heads-up, if it is one.</summary>
    public HeadsUpView? HeadsUp { get; private init; }

    /// <summary>The ticket as the news had it, if it is news.</summary>
    public QueueRow? News { get; private init; }

    /// <summary>See <see cref="Notification.Hours"/>.</summary>
    public string? Hours => Warning?.Hours;

    /// <summary>Of a warning or breach.</summary>
    public static Told Of(NotificationView warning) => new($"w{warning.Id}", AlertRules.EventOf(warning.Step), warning.TicketNumber, warning.CreatedAt) { Warning = warning };

    /// <summary>Of what a colleague did.</summary>
    public static Told Of(HeadsUpView headsUp) => new(
        $"h{headsUp.Id}",
        headsUp.Kind switch { HeadsUpKind.Nudge => AlertEvent.Nudge, HeadsUpKind.Mention => AlertEvent.Mention, _ => AlertEvent.Assigned },
        headsUp.TicketNumber,
        headsUp.CreatedAt) { HeadsUp = headsUp };

    /// <summary>Of a new ticket, or of words of a customer.</summary>
    public static Told Of(QueueRow row, bool isNew) => new(
        $"{(isNew ? "n" : "r")}{row.Number}-{(isNew ? 0 : row.UpdatedAt.ToUnixTimeMilliseconds())}", isNew ? AlertEvent.NewUnassigned : AlertEvent.CustomerReply, row.Number, row.UpdatedAt) { News = row };

    /// <summary>The headline: "Lena asks you to look at #1042, due in 12 minutes".</summary>
    public string Title(DateTimeOffset now) => this switch
    {
        { Warning: { } warning } => NotificationWords.Title(warning),
        { HeadsUp: { Kind: HeadsUpKind.Nudge } nudge } => $"{Words.First(nudge.FromName)} asks you to look at #{TicketNumber}{(nudge.DueAt is { } due ? $", {Due(due, now)}" : "")}",
        { HeadsUp: { Kind: HeadsUpKind.Mention } mention } => $"{Words.First(mention.FromName)} named you in a note on #{TicketNumber}",
        { HeadsUp.Kind: HeadsUpKind.Undone } => $"Your answer to #{TicketNumber} went out, but not all was done with it",
        { HeadsUp: { } given } => $"{Words.First(given.FromName)} gave you #{TicketNumber}",
        { News: { } row, Event: AlertEvent.CustomerReply } => $"{Words.First(row.SnippetAuthor)} wrote in #{TicketNumber}",
        _ => $"New and nobody’s: #{TicketNumber}",
    };

    /// <summary>What it is about, for a notification outside the page: number, account and subject, or the words themselves.</summary>
    public string Body(QueueRow? row) => this switch
    {
        { HeadsUp.Text: { Length: > 0 } words } => words,
        { News: { } news, Event: AlertEvent.CustomerReply } => news.Snippet,
        _ => (row ?? News) is { } known ? $"#{known.Number} {known.AccountName}: {known.Subject}" : $"#{TicketNumber}",
    };

    /// <summary>"due in 12 minutes", "2 hours overdue": by the minute, of which a part counts as a whole.</summary>
    public static string Due(DateTimeOffset due, DateTimeOffset now)
    {
        var minutes = TimeSpan.FromMinutes(Math.Ceiling(Math.Abs((due - now).TotalMinutes)));
        return due >= now ? $"due in {ExplanationWords.Duration(minutes)}" : $"{ExplanationWords.Duration(minutes)} overdue";
    }
}

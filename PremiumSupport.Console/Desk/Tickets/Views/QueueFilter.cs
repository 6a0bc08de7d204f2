using System.Globalization;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>What narrows a view, as it stands in the address and in a saved view. What is null or empty narrows nothing.</summary>
public sealed record QueueFilter
{
    /// <summary>Lets everything through.</summary>
    public static QueueFilter None { get; } = new();

    /// <summary>Words in number, subject, people, account or snippet; all of them.</summary>
    public string? Text { get; init; }

    /// <summary>An account's key.</summary>
    public string? Account { get; init; }

    /// <summary>The requester's role when asking.</summary>
    public RequesterRole? Role { get; init; }

    /// <summary><see cref="QueueView.Chat"/>, <see cref="QueueView.Email"/> or <see cref="QueueView.Phone"/>: mail is mail, by form or straight to the mailbox.</summary>
    public QueueView? Channel { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>Who has it.</summary>
    public AssigneeFilter? Assignee { get; init; }

    public TicketStatus? Status { get; init; }

    /// <summary>A tag, in lower case.</summary>
    public string? Tag { get; init; }

    /// <summary>Due within that time from now, what is overdue included.</summary>
    public TimeSpan? DueWithin { get; init; }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => Tidied == None;

    /// <summary>Whether what it lets through depends on who looks.</summary>
    public bool IsPersonal => Assignee is { IsMe: true };

    private QueueFilter Tidied => this with { Text = Blank(Text), Account = Blank(Account), Tag = Blank(Tag) };

    /// <summary>The rows that match, in their order.</summary>
    public IReadOnlyList<QueueRow> Apply(IReadOnlyList<QueueRow> rows, Guid viewer, DateTimeOffset now) => IsEmpty ? rows : [.. rows.Where(row => Matches(row, viewer, now))];

    /// <summary>Whether a row matches.</summary>
    public bool Matches(QueueRow row, Guid viewer, DateTimeOffset now) =>
        (Role is null || row.RequesterRole == Role)
        && (string.IsNullOrEmpty(Account) || string.Equals(row.AccountKey, Account, StringComparison.OrdinalIgnoreCase))
        && (Channel is not { } channel || row.IsIn(channel, viewer, now))
        && (Severity is null || row.Severity == Severity)
        && (Status is null || row.Status == Status)
        && (Assignee is not { } assignee || row.AssigneeId == (assignee.IsMe ? viewer : assignee.Staff))
        && (string.IsNullOrEmpty(Tag) || row.Tags.Contains(Tag, StringComparer.OrdinalIgnoreCase))
        && (DueWithin is not { } within || row.NextDueAt <= now + within)
        && (string.IsNullOrWhiteSpace(Text) || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Says(row, word)));

    private static bool Says(QueueRow row, string word) =>
        row.Number.ToString(CultureInfo.InvariantCulture).StartsWith(word.TrimStart('#'), StringComparison.Ordinal) && word.TrimStart('#').Length > 0
        || new[] { row.Subject, row.RequesterName, row.RequesterEmail, row.AccountName, row.AssigneeName ?? "", row.Snippet }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Somebody by name, nobody, or whoever looks.</summary>
/// <param name="Staff">Who; null for nobody, or for whoever looks.</param>
/// <param name="IsMe">Whoever looks.</param>
public readonly record struct AssigneeFilter(Guid? Staff, bool IsMe = false);

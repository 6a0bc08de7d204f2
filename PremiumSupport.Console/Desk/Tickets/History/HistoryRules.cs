using System.Globalization;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Import;

namespace PremiumSupport.Desk.Tickets.History;

/// <summary>A ticket of another system as a row of a file says it.</summary>
internal sealed record OldTicket(string Reference, string AccountKey, string Email, string Name, string Subject, string Message, DateTimeOffset CreatedAt, DateTimeOffset SolvedAt);

/// <summary>What a row of old tickets may say: pure.</summary>
internal static class HistoryRules
{
    /// <summary>Characters of the other system's number.</summary>
    public const int LongestReference = 100;

    private const string HowToWrite = "Write it like 2025-11-24T14:28:00Z; without an offset it is UTC.";

    /// <summary>The ticket of a row, or what is wrong with it.</summary>
    public static (OldTicket? Ticket, string? Problem) Read(HistoryRow row, DateTimeOffset now)
    {
        if (row.Row.Cells.Any(text => text.Contains('\ufffd', StringComparison.Ordinal)))
        {
            return (null, "It has letters that are not UTF-8. Save the file as “CSV UTF-8”.");
        }

        var (created, solved) = (Instant(row.Cell("created")), Instant(row.Cell("solved")));
        var ticket = new OldTicket(
            MessageText.SingleLine(row.Cell("reference")), row.Cell("account").ToLowerInvariant(), row.Cell("email").ToLowerInvariant(), MessageText.SingleLine(row.Cell("name")),
            MessageText.SingleLine(row.Cell("subject")), MessageText.Tidy(row.Cell("message")), created ?? default, solved ?? default);
        var problem = ticket.Reference.Length is 0 or > LongestReference ? $"A reference has 1 to {LongestReference} characters."
            : ticket.Subject.Length is 0 or > TicketLimits.Subject ? $"A subject has 1 to {TicketLimits.Subject} characters."
            : ticket.Name.Length > AccountLimits.Name ? $"A name has at most {AccountLimits.Name} characters."
            : ticket.Message.Length is 0 or > TicketLimits.Body ? $"A message has 1 to {TicketLimits.Body:N0} characters."
            : created is null ? $"“created” is no instant. {HowToWrite}"
            : solved is null ? $"“solved” is no instant. {HowToWrite}"
            : solved < created ? "It was solved before it was created."
            : solved > now ? "It is solved in the future; only what is over can be history."
            : null;
        return problem is null ? (ticket, null) : (null, problem);
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) && instant.Year >= 1990 ? Sla.ObligationClock.Whole(instant) : null;
}

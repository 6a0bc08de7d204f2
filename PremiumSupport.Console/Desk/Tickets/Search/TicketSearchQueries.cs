using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Search;

/// <summary>
/// Full-text search for staff: tickets by number, subject, requester and account, and whatever was said about them, internal notes included. Takes a member of staff, so that no way that
/// leads to a customer can ask it (trust rule 5).
/// </summary>
public sealed class TicketSearchQueries(IDbContextFactory<SupportDb> factory, IRowSearch rows)
{
    private const int MostWords = 10;
    private const int MostTickets = 50;
    private const int MostTexts = 200;
    private const int TextsOfATicket = 3;

    /// <summary>Up to 50 tickets: those that are found by themselves first, then those with the newest message or note that holds every word.</summary>
    public async Task<SearchFindings> FindAsync(SearchAsk ask, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        string[] words = [.. TextWords.Of(TextWords.Cut(StorableText.Of(ask.Text), SearchAsk.LongestText)).Distinct().Where(word => TextWords.WithoutAccents(word).Length > 0).Take(MostWords)];
        if (words.Length == 0)
        {
            return new([], false);
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tickets = Narrow(db.Set<Ticket>().AsNoTracking(), ask);
        var named = await Named(tickets, words, ask).OrderByDescending(ticket => ticket.Number).Take(MostTickets).Select(ticket => ticket.Number).ToListAsync(cancellation);
        var (messages, notes) = (rows.Holding<PublicMessage>(db, words).AsNoTracking(), rows.Holding<InternalNote>(db, words).AsNoTracking());
        if (ask.From is { } from)
        {
            (messages, notes) = (messages.Where(message => message.SentAt >= from), notes.Where(note => note.WrittenAt >= from));
        }

        if (ask.To is { } to)
        {
            (messages, notes) = (messages.Where(message => message.SentAt < to), notes.Where(note => note.WrittenAt < to));
        }

        var said = await messages.Join(tickets, message => message.TicketNumber, ticket => ticket.Number, (message, ticket) => message).OrderByDescending(message => message.Id).Take(MostTexts)
            .Select(message => new Hit(message.TicketNumber, false, message.AuthorName, message.SentAt, message.Body)).ToListAsync(cancellation);
        var noted = await notes.Join(tickets, note => note.TicketNumber, ticket => ticket.Number, (note, ticket) => note).OrderByDescending(note => note.Id).Take(MostTexts)
            .Select(note => new Hit(note.TicketNumber, true, note.AuthorName, note.WrittenAt, note.Body)).ToListAsync(cancellation);

        var texts = said.Concat(noted).OrderByDescending(hit => hit.At).ToLookup(hit => hit.Number);
        var numbers = named.Concat(texts.Select(ticket => ticket.Key)).Distinct().ToList();
        var shown = await DescribeAsync(db, numbers.Take(MostTickets).ToList(), texts, words, cancellation);
        return new(shown, numbers.Count > MostTickets || said.Count == MostTexts || noted.Count == MostTexts);
    }

    private static IQueryable<Ticket> Narrow(IQueryable<Ticket> tickets, SearchAsk ask)
    {
        tickets = ask.Status is { } status ? tickets.Where(ticket => ticket.Status == status) : tickets;
        tickets = ask.Channel is { } channel ? tickets.Where(ticket => ticket.Channel == channel) : tickets;
        tickets = ask.Assignee is { } assignee ? tickets.Where(ticket => ticket.AssigneeId == assignee) : tickets;
        return ask.Account is { } account ? tickets.Where(ticket => ticket.Account!.Key == account) : tickets;
    }

    private static IQueryable<Ticket> Named(IQueryable<Ticket> tickets, string[] words, SearchAsk ask)
    {
        tickets = ask.From is { } from ? tickets.Where(ticket => ticket.CreatedAt >= from) : tickets;
        tickets = ask.To is { } to ? tickets.Where(ticket => ticket.CreatedAt < to) : tickets;
        foreach (var word in words)
        {
            var pattern = TextMatch.Anywhere(word);
            _ = long.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
            tickets = tickets.Where(ticket => ticket.Number == number
                || TextMatch.Holds(ticket.Subject, pattern)
                || TextMatch.Holds(ticket.Requester!.Email, pattern)
                || TextMatch.Holds(ticket.Requester.Name, pattern)
                || TextMatch.Holds(ticket.Account!.Name, pattern));
        }

        return tickets;
    }

    private static async Task<IReadOnlyList<FoundTicket>> DescribeAsync(SupportDb db, List<long> numbers, ILookup<long, Hit> texts, string[] words, CancellationToken cancellation)
    {
        var found = await db.Set<Ticket>().AsNoTracking().Where(ticket => numbers.Contains(ticket.Number))
            .Select(ticket => new
            {
                ticket.Number, ticket.Subject, ticket.Status, ticket.Channel, Account = ticket.Account!.Name, Requester = ticket.Requester!.Name, ticket.CreatedAt,
                Assignee = db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).FirstOrDefault(),
            })
            .ToDictionaryAsync(ticket => ticket.Number, cancellation);
        return
        [
            .. numbers.Where(found.ContainsKey).Select(number => found[number]).Select(ticket => new FoundTicket(
                ticket.Number, ticket.Subject, ticket.Status, ticket.Channel, ticket.Account, ticket.Requester, ticket.Assignee, ticket.CreatedAt,
                [.. texts[ticket.Number].Take(TextsOfATicket).Select(hit => new FoundText(hit.IsNote, hit.AuthorName, hit.At, SearchExcerpt.Of(hit.Body, words)))])),
        ];
    }

    private sealed record Hit(long Number, bool IsNote, string AuthorName, DateTimeOffset At, string Body);
}

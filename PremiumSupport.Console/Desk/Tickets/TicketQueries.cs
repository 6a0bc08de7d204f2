using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// Reads tickets into records shaped for those who show them. Every method takes the caller; what is not theirs is not found (trust rule 1).
/// </summary>
public sealed class TicketQueries(IDbContextFactory<SupportDb> factory)
{
    private const int MostFound = 50;

    /// <summary>A ticket for staff; null when there is none.</summary>
    public async Task<TicketView?> GetAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        return (await GetManyAsync([number], caller, cancellation)).SingleOrDefault();
    }

    /// <summary>The tickets of those numbers that exist, in the order given.</summary>
    public async Task<IReadOnlyList<TicketView>> GetManyAsync(IReadOnlyList<long> numbers, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tickets = await db.Set<Ticket>().AsNoTracking().AsSplitQuery()
            .Include(ticket => ticket.Obligations)
            .Include(ticket => ticket.Requester)
            .Include(ticket => ticket.Account!.Subscriptions)
            .Where(ticket => numbers.Contains(ticket.Number))
            .ToDictionaryAsync(ticket => ticket.Number, cancellation);
        var people = tickets.Values.Select(ticket => ticket.AssigneeId).OfType<Guid>().Distinct().ToList();
        var assignees = people.Count == 0 ? [] : await db.Users
            .Where(user => people.Contains(user.Id))
            .Select(user => new AssigneeView(user.Id, user.Email!, user.DisplayName))
            .ToDictionaryAsync(assignee => assignee.Id, cancellation);
        var ratings = await db.Set<Rating>().AsNoTracking().Where(rating => numbers.Contains(rating.TicketNumber)).ToDictionaryAsync(rating => rating.TicketNumber, cancellation);
        return [.. numbers.Where(tickets.ContainsKey).Select(number => TicketView.Of(tickets[number], assignees) with { Rating = RatingView.Of(ratings.GetValueOrDefault(number)) })];
    }

    /// <summary>
    /// A page of a view, soonest due first, behind the row given by <paramref name="after"/>. Reads the database, so a program sees what it has just written.
    /// </summary>
    public async Task<IReadOnlyList<TicketView>> QueueAsync(QueueView view, StaffCaller caller, int limit, QueuePosition? after, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        List<long> numbers;
        await using (var db = await factory.CreateDbContextAsync(cancellation))
        {
            var rows = QueueRows.In(db, view, caller.StaffId, now);
            numbers = await QueueRows.SoonestDueAsync(rows, limit, after, cancellation);
        }

        return await GetManyAsync(numbers, caller, cancellation);
    }

    /// <summary>
    /// What was said and done about a ticket, back to where <paramref name="most"/> messages, notes or events are read: a conversation of thousands is read from its end, and whatever
    /// is shown stands whole from there on.
    /// </summary>
    public async Task<Timeline> TimelineAsync(long number, StaffCaller caller, int most = int.MaxValue, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var messages = await db.Set<PublicMessage>().AsNoTracking().Where(message => message.TicketNumber == number).OrderByDescending(message => message.Sequence).Take(most).Reverse().ToListAsync(cancellation);
        var notes = await db.Set<InternalNote>().AsNoTracking().Where(note => note.TicketNumber == number).OrderByDescending(note => note.Id).Take(most).Reverse().ToListAsync(cancellation);
        var events = await db.Set<TicketEvent>().AsNoTracking().Where(happening => happening.TicketNumber == number).OrderByDescending(happening => happening.Id).Take(most).Reverse().ToListAsync(cancellation);
        var counts = new TimelineCounts(
            messages.Count < most ? messages.Count : await db.Set<PublicMessage>().CountAsync(message => message.TicketNumber == number, cancellation),
            notes.Count < most ? notes.Count : await db.Set<InternalNote>().CountAsync(note => note.TicketNumber == number, cancellation),
            events.Count < most ? events.Count : await db.Set<TicketEvent>().CountAsync(happening => happening.TicketNumber == number, cancellation));

        // Of what is cut off, nothing else that happened before it is shown either: a note without the words around it would mislead.
        DateTimeOffset?[] begins = [counts.Messages > messages.Count ? messages[0].SentAt : null, counts.Notes > notes.Count ? notes[0].WrittenAt : null, counts.Events > events.Count ? events[0].At : null];
        return begins.Max() is not { } from
            ? new Timeline(messages, notes, events)
            : new Timeline([.. messages.Where(message => message.SentAt >= from)], [.. notes.Where(note => note.WrittenAt >= from)], [.. events.Where(happening => happening.At >= from)]) { Counts = counts };
    }

    /// <summary>Other tickets of the account, newest first.</summary>
    public async Task<IReadOnlyList<RelatedTicket>> RelatedAsync(TicketView ticket, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Ticket>().AsNoTracking()
            .Where(other => other.AccountId == ticket.Account.Id && other.Number != ticket.Number)
            .OrderByDescending(other => other.Number)
            .Take(8)
            .Select(other => new RelatedTicket(other.Number, other.Subject, other.Status, other.NextDueAt, other.UpdatedAt))
            .ToListAsync(cancellation);
    }

    /// <summary>Public messages after a sequence, in order, at most <paramref name="most"/>; null when the ticket is not there or not the caller's.</summary>
    public async Task<IReadOnlyList<PublicMessage>?> MessagesAsync(long number, long afterSequence, Caller caller, int most = int.MaxValue, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        if (!await Visible(db, caller).AnyAsync(ticket => ticket.Number == number, cancellation))
        {
            return null;
        }

        return await db.Set<PublicMessage>().AsNoTracking()
            .Where(message => message.TicketNumber == number && message.Sequence > afterSequence)
            .OrderBy(message => message.Sequence)
            .Take(most)
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Internal notes in order, at most <paramref name="most"/>: those behind the public message <paramref name="behindSequence"/> whose id is above
    /// <paramref name="afterNote"/>, then those behind later messages.
    /// </summary>
    public async Task<IReadOnlyList<InternalNote>> NotesAsync(long number, long behindSequence, long afterNote, int most, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<InternalNote>().AsNoTracking()
            .Where(note => note.TicketNumber == number && (note.BehindSequence > behindSequence || (note.BehindSequence == behindSequence && note.Id > afterNote)))
            .OrderBy(note => note.BehindSequence).ThenBy(note => note.Id)
            .Take(most)
            .ToListAsync(cancellation);
    }

    /// <summary>The sequence of the last public message; null when the ticket is not there or not the caller's. What a hub asks before it lets anybody listen.</summary>
    public async Task<long?> LastSequenceAsync(long number, Caller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await Visible(db, caller).Where(ticket => ticket.Number == number).Select(ticket => (long?)ticket.LastSequence).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Where a conversation stands; null when the ticket is not there or not the caller's.</summary>
    public async Task<ConversationState?> ConversationAsync(long number, Caller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await Visible(db, caller).Where(ticket => ticket.Number == number)
            .Select(ticket => new ConversationState(
                ticket.LastSequence, ticket.Status,
                db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).FirstOrDefault(),
                new ReadMark(ticket.CustomerReceivedSequence, ticket.CustomerReadSequence), new ReadMark(ticket.StaffReceivedSequence, ticket.StaffReadSequence)))
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>One of the customer's own requests with its conversation; null when it is not there or not theirs.</summary>
    public async Task<CustomerTicket?> ForCustomerAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) =>
        (await ForCustomerAsync(caller, number, 1, cancellation)).SingleOrDefault();

    /// <summary>The customer's own requests, newest first, without their conversations.</summary>
    public Task<IReadOnlyList<CustomerTicket>> ListForCustomerAsync(CustomerCaller caller, CancellationToken cancellation = default) =>
        ForCustomerAsync(caller, null, MostFound, cancellation);

    /// <summary>The ledger rows of a ticket, oldest first; null when there is no such ticket.</summary>
    public async Task<IReadOnlyList<LedgerEntry>?> LedgerAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await Visible(db, caller).AnyAsync(ticket => ticket.Number == number, cancellation)
            ? await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.TicketNumber == number).OrderBy(entry => entry.Sequence).ToListAsync(cancellation)
            : null;
    }

    /// <summary>Tickets by number, subject, requester or account; newest first, at most 50.</summary>
    public async Task<IReadOnlyList<long>> SearchAsync(string text, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var words = MessageText.SingleLine(text);
        if (words.Length == 0)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var pattern = TextMatch.Anywhere(words);
        _ = long.TryParse(words.TrimStart('#'), out var number);
        return await db.Set<Ticket>().AsNoTracking()
            .Where(ticket => ticket.Number == number
                || TextMatch.Holds(ticket.Subject, pattern)
                || TextMatch.Holds(ticket.Requester!.Email, pattern)
                || TextMatch.Holds(ticket.Requester.Name, pattern)
                || TextMatch.Holds(ticket.Account!.Name, pattern))
            .OrderByDescending(ticket => ticket.Number)
            .Take(MostFound)
            .Select(ticket => ticket.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>When the next warning or breach is to be flagged; null when nothing waits. For the sweep; tells nothing about any ticket.</summary>
    public async Task<DateTimeOffset?> NextFlagAtAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Ticket>().Where(ticket => ticket.NextFlagAt != null).MinAsync(ticket => ticket.NextFlagAt, cancellation);
    }

    /// <summary>The tickets that a caller may see.</summary>
    internal static IQueryable<Ticket> Visible(SupportDb db, Caller caller) => caller switch
    {
        CustomerCaller customer => db.Set<Ticket>().Where(ticket => ticket.RequesterId == customer.ContactId),
        _ => db.Set<Ticket>(),
    };

    private async Task<IReadOnlyList<CustomerTicket>> ForCustomerAsync(CustomerCaller caller, long? number, int most, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var tickets = await Visible(db, caller).AsNoTracking()
            .Include(ticket => ticket.Obligations)
            .Where(ticket => number == null || ticket.Number == number)
            .OrderByDescending(ticket => ticket.Number)
            .Take(most)
            .ToListAsync(cancellation);
        var people = tickets.Select(ticket => ticket.AssigneeId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellation);
        var messages = number is null ? [] : await db.Set<PublicMessage>().AsNoTracking()
            .Where(message => message.TicketNumber == number)
            .OrderBy(message => message.Sequence)
            .ToListAsync(cancellation);
        var rating = number is null ? null : await db.Set<Rating>().AsNoTracking().SingleOrDefaultAsync(rating => rating.TicketNumber == number, cancellation);
        var reopened = rating is not null && await RatedAgainQueries.IsReopenedAsync(db, rating, cancellation);

        return [.. tickets.Select(ticket => new CustomerTicket(
            ticket.Number, ticket.Subject, ticket.Channel, ticket.Status, ticket.Severity, ticket.Claim, ticket.Criterion, ticket.ClaimReason,
            ticket.AssigneeId is { } assignee ? names.GetValueOrDefault(assignee) : null,
            ticket.CreatedAt, ticket.UpdatedAt, ticket.LastSequence,
            // Of callbacks the last: the one that they asked for as it is now. One that they wished away promises nothing.
            ticket.Obligations.OrderBy(obligation => obligation.Metric == Metric.Callback ? -obligation.Cycle : 0).ThenBy(obligation => obligation.Id).FirstOrDefault() is { IsWithdrawn: false } promise ? promise.ToFacts() : null,
            tickets.Count == 1 && number is not null ? messages : []) { Rating = RatingView.Of(rating), ReopenedSinceRated = reopened, IsMerged = ticket.MergedInto is not null, HasCallback = ticket.PhoneNumber is not null })];
    }
}

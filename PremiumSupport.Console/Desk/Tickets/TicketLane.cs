using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The short way of what a desk does most: a message that changes nothing but its conversation, and the rows of a new ticket. It writes the rows that
/// <see cref="TicketStore"/> would, by prepared statements, inside the same transaction of the write queue.
/// </summary>
internal static class TicketLane
{
    private const string StateSql = "SELECT \"Status\", \"NextDueAt\", \"NextFlagAt\", \"PromisesNext\", \"LastSequence\" FROM \"Tickets\" WHERE \"Number\" = @Number";

    private static readonly PreparedStatement<Ticket> State = new(StateSql);
    private static readonly PreparedStatement<Ticket> StateOfRequester = new(StateSql + " AND \"RequesterId\" = @RequesterId");
    private static readonly PreparedStatement<PublicMessage> Repeat = new(
        "SELECT \"Sequence\", \"SentAt\" FROM \"PublicMessages\" WHERE \"AuthorId\" = @AuthorId AND \"ClientMessageId\" = @ClientMessageId AND \"TicketNumber\" = @TicketNumber");

    private static readonly PreparedStatement<PublicMessage> RepeatOfRequest = new(
        "SELECT \"TicketNumber\", \"Sequence\", \"SentAt\" FROM \"PublicMessages\" WHERE \"AuthorId\" = @AuthorId AND \"ClientMessageId\" = @ClientMessageId AND \"Sequence\" = 1 LIMIT 1");

    private static readonly PreparedStatement<Ticket> Advance = new(
        "UPDATE \"Tickets\" SET \"LastSequence\" = @LastSequence, \"Snippet\" = @Snippet, \"SnippetAuthor\" = @SnippetAuthor, \"LastFromCustomer\" = @LastFromCustomer, "
        + "\"UpdatedAt\" = @UpdatedAt, \"Version\" = \"Version\" + 1 WHERE \"Number\" = @Number");

    private static readonly PreparedStatement<Ticket> NewTicket = new();
    private static readonly PreparedStatement<Obligation> NewObligation = new();
    private static readonly PreparedStatement<PublicMessage> NewMessage = new();
    private static readonly PreparedStatement<TicketEvent> NewEvent = new();
    private static readonly PreparedStatement<Contact> NewContact = new();

    /// <summary>What became of a message on the short way.</summary>
    /// <param name="Outcome">The answer; null when the message has to go the long way.</param>
    /// <param name="Message">The message, when it was written just now.</param>
    public sealed record Posted(Outcome<MessagePosted>? Outcome, PublicMessage? Message = null);

    /// <summary>Writes the draft when it changes nothing but the conversation; its sequence is given here. Who may see the ticket is part of the WHERE (trust rule 1).</summary>
    public static async Task<Posted> PostAsync(SupportDb db, PublicMessage draft, MessageFrom door, Caller caller, DateTimeOffset now, bool bringsFiles = false)
    {
        var state = caller is CustomerCaller customer
            ? await StateOfRequester.FirstAsync(db, draft.TicketNumber, customer.ContactId)
            : await State.FirstAsync(db, draft.TicketNumber);
        if (state is null)
        {
            return new(Refusal.TicketNotFound);
        }

        if (await Repeat.FirstAsync(db, draft.AuthorId, draft.ClientMessageId, draft.TicketNumber) is { } repeat)
        {
            return new(new MessagePosted((long)repeat[0]!, (DateTimeOffset)repeat[1]!));
        }

        // Files change rows of their own, so they go the long way.
        if (bringsFiles || !TicketRules.IsQuiet((TicketStatus)state[0]!, (DateTimeOffset?)state[1], (DateTimeOffset?)state[2], (bool)state[3]!, door, draft.IsAutomated, now))
        {
            return new(null);
        }

        draft.Sequence = (long)state[4]! + 1;
        draft.SentAt = now;
        await InsertAsync(db, draft);
        await Advance.FirstAsync(db, draft.Sequence, MessageText.Snippet(draft.Body), draft.AuthorName, door == MessageFrom.Customer, now, draft.TicketNumber);
        return new(new MessagePosted(draft.Sequence, now), draft);
    }

    /// <summary>The answer that the same request got before; null when it is new.</summary>
    public static async Task<TicketOpened?> FindRepeatAsync(SupportDb db, Guid requesterId, string clientMessageId) =>
        await RepeatOfRequest.FirstAsync(db, requesterId, clientMessageId) is { } repeat ? new((long)repeat[0]!, (long)repeat[1]!, (DateTimeOffset)repeat[2]!) : null;

    /// <summary>Writes a new ticket, which gets its number here, with everything that begins with it.</summary>
    public static async Task OpenAsync(SupportDb db, Ticket ticket, PublicMessage message, TicketEvent opened, IReadOnlyList<LedgerFact> facts)
    {
        ticket.Number = (long)(await NewTicket.FirstAsync(db, ticket))![0]!;
        foreach (var obligation in ticket.Obligations)
        {
            obligation.TicketNumber = ticket.Number;
            obligation.Id = (long)(await NewObligation.FirstAsync(db, obligation))![0]!;
        }

        message.TicketNumber = opened.TicketNumber = ticket.Number;
        await InsertAsync(db, message);
        opened.Id = (long)(await NewEvent.FirstAsync(db, opened))![0]!;
        await LedgerBook.WriteAsync(db, ticket.AccountId, ticket.Account!.Key, ticket.Number, facts);
    }

    /// <summary>Writes a new contact.</summary>
    public static Task AddAsync(SupportDb db, Contact contact) => NewContact.FirstAsync(db, contact);

    private static async Task InsertAsync(SupportDb db, PublicMessage message) =>
        message.Id = (long)(await NewMessage.FirstAsync(db, message))![0]!;
}

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
    private const string StateSql = "SELECT \"Status\", \"NextDueAt\", \"NextFlagAt\", \"PromisesNext\", \"LastSequence\", \"Channel\", \"SnoozedUntil\" FROM \"Tickets\" WHERE \"Number\" = @Number";

    private static readonly PreparedStatement<Ticket> State = new(StateSql);
    private static readonly PreparedStatement<Ticket> StateOfRequester = new(StateSql + " AND \"RequesterId\" = @RequesterId");
    private static readonly PreparedStatement<PublicMessage> Repeat = new(
        "SELECT \"Sequence\", \"SentAt\", \"Body\" FROM \"PublicMessages\" WHERE \"AuthorId\" = @AuthorId AND \"ClientMessageId\" = @ClientMessageId AND \"TicketNumber\" = @TicketNumber");

    private static readonly PreparedStatement<PublicMessage> RepeatOfRequest = new(
        "SELECT \"TicketNumber\", \"Sequence\", \"SentAt\", \"Body\" FROM \"PublicMessages\" WHERE \"AuthorId\" = @AuthorId AND \"ClientMessageId\" = @ClientMessageId AND \"Sequence\" = 1 LIMIT 1");

    private static readonly PreparedStatement<PublicMessage> AnswerOfColleague = new(
        "SELECT \"AuthorName\", \"Body\" FROM \"PublicMessages\" WHERE \"TicketNumber\" = @TicketNumber AND \"Sequence\" > @Sequence AND \"From\" = @From AND \"AuthorId\" <> @AuthorId "
        + "ORDER BY \"Sequence\" DESC LIMIT 1");

    private static readonly PreparedStatement<Ticket> Advance = new(
        "UPDATE \"Tickets\" SET \"LastSequence\" = @LastSequence, \"Snippet\" = @Snippet, \"SnippetAuthor\" = @SnippetAuthor, \"LastFromCustomer\" = @LastFromCustomer, "
        + "\"UpdatedAt\" = @UpdatedAt, \"HeldSince\" = @UpdatedAt, \"Version\" = \"Version\" + 1 WHERE \"Number\" = @Number");

    private static readonly PreparedStatement<Ticket> NewTicket = new();
    private static readonly PreparedStatement<Obligation> NewObligation = new();
    private static readonly PreparedStatement<PublicMessage> NewMessage = new([nameof(PublicMessage.AuthorId), nameof(PublicMessage.ClientMessageId), nameof(PublicMessage.TicketNumber)]);

    private static readonly PreparedStatement<TicketEvent> NewEvent = new();
    private static readonly PreparedStatement<Contact> NewContact = new();

    /// <summary>What became of a message on the short way.</summary>
    /// <param name="Outcome">The answer; null when the message has to go the long way.</param>
    /// <param name="Message">The message, when it was written just now.</param>
    /// <param name="Channel">The way its ticket came, likewise.</param>
    public sealed record Posted(Outcome<MessagePosted>? Outcome, PublicMessage? Message = null, Channel Channel = default);

    /// <summary>Writes the draft when it changes nothing but the conversation; its sequence is given here. Who may see the ticket is part of the WHERE (trust rule 1).</summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="draft">The message but for its place and time.</param>
    /// <param name="door">Whose door it came through.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="seen">Up to which message its author, a member of staff, had read; null when they did not say.</param>
    /// <param name="now">When.</param>
    /// <param name="bringsFiles">Files change rows of their own, so they go the long way.</param>
    public static async Task<Posted> PostAsync(SupportDb db, PublicMessage draft, MessageFrom door, Caller caller, long? seen, DateTimeOffset now, bool bringsFiles = false)
    {
        var state = caller is CustomerCaller customer
            ? await StateOfRequester.FirstAsync(db, draft.TicketNumber, customer.ContactId)
            : await State.FirstAsync(db, draft.TicketNumber);
        if (state is null)
        {
            return new(Refusal.TicketNotFound);
        }

        var last = (long)state[4]!;
        var isQuiet = !bringsFiles && TicketRules.IsQuiet((TicketStatus)state[0]!, (DateTimeOffset?)state[1], (DateTimeOffset?)state[2], (bool)state[3]!, door, draft.IsAutomated, now, isSnoozed: state[6] is not null);
        if (!isQuiet || seen < last)
        {
            if (await FindRepeatAsync(db, draft) is { } before)
            {
                return new(before);
            }

            if (seen < last && await AnswerOfColleague.FirstAsync(db, draft.TicketNumber, seen, MessageFrom.Staff, draft.AuthorId) is { } answer)
            {
                return new(TicketRules.AnsweredMeanwhile((string)answer[0]!, (string)answer[1]!));
            }

            if (!isQuiet)
            {
                return new(null);
            }
        }

        (draft.Sequence, draft.SentAt) = (last + 1, now);
        if (await NewMessage.FirstAsync(db, draft) is not { } inserted)
        {
            // The unique index is asked by writing: looking first would cost every message what only a repeated one needs.
            return new(await FindRepeatAsync(db, draft));
        }

        draft.Id = (long)inserted[0]!;
        await Advance.FirstAsync(db, draft.Sequence, MessageText.Snippet(draft.Body), draft.AuthorName, door == MessageFrom.Customer, now, draft.TicketNumber);
        return new(new MessagePosted(draft.Sequence, now), draft, (Channel)state[5]!);
    }

    /// <summary>The answer that the same request got before; null when it is new.</summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="requesterId">Who asks.</param>
    /// <param name="clientMessageId">Minted by the client.</param>
    /// <param name="text">What it must have said; null where the door compares by itself.</param>
    public static async Task<Outcome<TicketOpened>?> FindRepeatAsync(SupportDb db, Guid requesterId, string clientMessageId, string? text = null) =>
        await RepeatOfRequest.FirstAsync(db, requesterId, clientMessageId) is not { } repeat ? null
        : text is not null && !IsText(repeat[3], text) ? TicketRules.IdReused
        : new TicketOpened((long)repeat[0]!, (long)repeat[1]!, (DateTimeOffset)repeat[2]!);

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

    /// <summary>The answer that the same message got before, or that its id belongs to another text; null when it is new.</summary>
    private static async Task<Outcome<MessagePosted>?> FindRepeatAsync(SupportDb db, PublicMessage draft) =>
        await Repeat.FirstAsync(db, draft.AuthorId, draft.ClientMessageId, draft.TicketNumber) is not { } repeat ? null
        : IsText(repeat[2], draft.Body) ? new MessagePosted((long)repeat[0]!, (DateTimeOffset)repeat[1]!)
        : TicketRules.IdReused;

    private static bool IsText(object? stored, string text) => (string)stored! == StorableText.Of(text);

    private static async Task InsertAsync(SupportDb db, PublicMessage message) =>
        message.Id = (long)(await NewMessage.FirstAsync(db, message) ?? throw new InvalidOperationException("A new ticket's first message was there before it."))[0]!;
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What mail that comes in does to a ticket, beside the messages it becomes.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Somebody who is not the requester wrote on the ticket by mail. The timeline says so, once for a mail; the mail itself waits beside it (trust rule 9).</summary>
    public Task<Outcome<TicketState>> HoldMailAsync(long number, long mailId, string from, CancellationToken cancellation = default) =>
        NoteAsync(number, TicketEventKind.MailHeld, MessageText.Beginning(from, 300), $"in-{TicketRules.Number(mailId)}", cancellation);

    /// <summary>
    /// A mail of ours about the ticket never arrived. When it carried an answer and no other stands in for it, what that answered is owed again (rule 2); any other mail, a receipt say, is only noted. Told twice, it
    /// happens once.
    /// </summary>
    /// <param name="number">The ticket, or one that was merged since.</param>
    /// <param name="mail">The mail's row in the outbox.</param>
    /// <param name="sequence">The message that it carried; null for none.</param>
    /// <param name="reason">What the mail system said.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Outcome<TicketState>> BounceMailAsync(long number, Guid mail, long? sequence, string reason, CancellationToken cancellation = default) =>
        sequence is { } carried ? BounceAsync(number, carried, reason, Caller.System, cancellation) : NoteAsync(number, TicketEventKind.Bounced, MessageText.Beginning(reason, 300), $"out-{mail:N}", cancellation);

    private Task<Outcome<TicketState>> NoteAsync(long number, TicketEventKind kind, string detail, string mark, CancellationToken cancellation) =>
        WriteAsync(number, Caller.System, null, async (db, ticket, _, now) =>
        {
            if (!await db.Set<TicketEvent>().AnyAsync(happening => happening.TicketNumber == number && happening.Kind == kind && happening.Before == mark))
            {
                TicketStore.Record(db, ticket, [new(kind, detail, mark)], Caller.System, now);
            }

            return null;
        }, cancellation);
}

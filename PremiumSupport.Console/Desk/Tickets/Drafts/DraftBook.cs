using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Tickets.Drafts;

/// <summary>What other verbs do to drafts, inside their own transaction.</summary>
internal static class DraftBook
{
    /// <summary>The ticket in which that one goes on, however often it was merged; null when there is no such ticket.</summary>
    public static async Task<long?> WhereItGoesOnAsync(SupportDb db, long number, CancellationToken cancellation = default)
    {
        var at = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Number == number).Select(ticket => new { ticket.Number, ticket.MergedInto }).SingleOrDefaultAsync(cancellation);
        while (at?.MergedInto is { } next)
        {
            at = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Number == next).Select(ticket => new { ticket.Number, ticket.MergedInto }).SingleOrDefaultAsync(cancellation);
        }

        return at?.Number;
    }

    /// <summary>A ticket goes on in another, and so does what was being written for it; beside a draft that is there already, below its words.</summary>
    public static async Task CarryAsync(SupportDb db, long from, long into, DateTimeOffset now)
    {
        foreach (var send in await db.Set<PendingSend>().Where(send => send.TicketNumber == from).ToListAsync())
        {
            db.Remove(send);
            await PutAsync(db, send.ToDraft($"Not sent: #{from} was merged into #{into} in the meantime. Look at it again."), into, now);
        }

        foreach (var draft in await db.Set<MessageDraft>().Where(draft => draft.TicketNumber == from).ToListAsync())
        {
            db.Remove(draft);
            await PutAsync(db, draft, into, now);
        }
    }

    /// <summary>Puts a text among the drafts of a ticket, below one of the same person and mode.</summary>
    public static async Task PutAsync(SupportDb db, MessageDraft draft, long into, DateTimeOffset now)
    {
        var there = await db.Set<MessageDraft>().FindAsync(into, draft.StaffId, draft.Mode);
        if (there is null)
        {
            // Up to which message they had read was said of another conversation, unless it is the same one.
            var isSame = draft.TicketNumber == into;
            db.Add(new MessageDraft
            {
                TicketNumber = into,
                StaffId = draft.StaffId,
                Mode = draft.Mode,
                Text = draft.Text,
                Files = draft.Files,
                MessageId = draft.MessageId,
                Seen = isSame ? draft.Seen : null,
                Deeds = draft.Deeds,
                Problem = draft.Problem,
                Version = DraftRules.NextVersion(draft, now),
                ChangedAt = now,
            });
            return;
        }

        (there.Text, there.Files) = DraftRules.Join(there, draft);
        there.Deeds = [.. there.Deeds.Union(draft.Deeds)];
        there.Problem = draft.Problem ?? there.Problem;
        (there.Version, there.ChangedAt) = (DraftRules.NextVersion(there, now), now);
    }
}

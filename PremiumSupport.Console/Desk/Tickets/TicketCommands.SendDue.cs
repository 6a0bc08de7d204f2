using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The end of the window of an answer that could be taken back, and what is done to its ticket with it.</summary>
public sealed partial class TicketCommands
{
    private const int SendBatch = 100;

    /// <summary>Sends whatever's window is over. What cannot be sent any more becomes its author's draft again, with the reason. Safe to run at any time, twice or never, on any node.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation = default)
    {
        List<PendingSend> due;
        await using (var db = await factory.CreateDbContextAsync(cancellation))
        {
            due = await SendQueries.DueAsync(db, Now(), SendBatch, cancellation);
        }

        // Each by itself: one that fails must not hold the others up.
        foreach (var send in due)
        {
            await SendNowAsync(send, cancellation);
        }

        return due.Count;
    }

    private Task<bool> SendNowAsync(PendingSend found, CancellationToken cancellation)
    {
        var author = new StaffCaller(found.StaffId, found.StaffName, found.StaffEmail);
        Written? written = null;
        return writes.RunAsync(
            async db =>
            {
                written = null;
                if (await db.Set<PendingSend>().FindAsync(found.TicketNumber, found.StaffId, found.MessageId) is not { } send)
                {
                    return false;
                }

                var now = Now();
                written = await WriteInAsync(db, send.TicketNumber, send.Text, send.Files, send.MessageId, MessageFrom.Staff, isAutomated: false, author, send.Seen, Answer, now, isHeld: false);
                db.Remove(send);
                if (written.Outcome.Refusal is { } refusal)
                {
                    await DraftBook.PutAsync(db, send.ToDraft($"Not sent: {refusal.Message}"), await DraftBook.WhereItGoesOnAsync(db, send.TicketNumber) ?? send.TicketNumber, now);
                    return true;
                }

                if (written.Message is not null)
                {
                    // Its author has long gone on: what was not done is told where they are.
                    var (moved, _) = await FollowAsync(db, send.TicketNumber, send.Solves, SendDeeds.Read(send.Deeds), send.AssigneeSeen, author, now, tells: true);
                    written = written with { Moved = moved ?? written.Moved };
                }

                return true;
            },
            isDone =>
            {
                if (written?.Message is { } message)
                {
                    Tell(found.TicketNumber, [new MessageNews(found.TicketNumber, message), .. written.Moved is { } moved ? new[] { moved } : []]);
                }

                if (isDone)
                {
                    TellSending(found.TicketNumber, found.StaffId);
                }
            },
            cancellation);
    }

    /// <summary>Does to the ticket what goes with an answer, in its transaction. What can no longer be done stays as it is and is answered in words: the answer has gone out.</summary>
    private async Task<(StateNews? Moved, string? Undone)> FollowAsync(
        SupportDb db, long number, bool solves, SendDeeds deeds, Guid? seen, StaffCaller caller, DateTimeOffset now, bool tells = false)
    {
        deeds = solves ? deeds with { Status = TicketStatus.Solved } : deeds;
        if (deeds.IsNone || await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
        {
            return default;
        }

        var before = TicketAudit.Of(ticket);
        var undone = DeedsBook.InWords(await DeedsBook.DoAsync(db, ticket, deeds, seen, await Terms.ReadAsync(db, policies, now), caller, now));
        if (undone is not null && tells)
        {
            DeedsBook.Tell(db, ticket, undone, caller, now);
        }

        if (before == TicketAudit.Of(ticket))
        {
            return (null, undone);
        }

        await before.NoteAsync(db, ticket, caller, now);
        Touch(ticket, now);
        var assignee = await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
        return (new(number, ticket.Status, assignee), undone);
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Mentions;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about notes, which customers never see.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Staff writes a note. It answers nothing. The answer's sequence is that of the public message it stands behind.</summary>
    public Task<Outcome<MessagePosted>> AddNoteAsync(long number, MessageContent content, string? clientMessageId, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteNoteAsync(number, content, clientMessageId, SendDeeds.None, isFromDraft: false, caller, cancellation);

    /// <summary>
    /// The same of what its author kept as a draft, which is forgotten with it, and with what macros brought. All of it happens or none: where something cannot be done, the note stays a
    /// draft and its author reads why. The same id again has one effect.
    /// </summary>
    /// <param name="number">The ticket.</param>
    /// <param name="content">Words, files or both.</param>
    /// <param name="messageId">The id under which it is written.</param>
    /// <param name="deeds">What is done to the ticket with it; words of <see cref="SendDeeds"/>.</param>
    /// <param name="caller">Its author.</param>
    public Task<Outcome<MessagePosted>> SendNoteAsync(long number, MessageContent content, string? messageId, IReadOnlyList<string>? deeds, StaffCaller caller) =>
        WriteNoteAsync(number, content, messageId, SendDeeds.Read(deeds), isFromDraft: true, caller, CancellationToken.None);

    private async Task<Outcome<MessagePosted>> WriteNoteAsync(
        long number, MessageContent content, string? clientMessageId, SendDeeds deeds, bool isFromDraft, StaffCaller caller, CancellationToken cancellation)
    {
        var (text, files) = (MessageText.Tidy(content.Text), content.FileIds);
        if (Check(text, files, clientMessageId) is { } invalid)
        {
            return invalid;
        }

        StateNews? moved = null;
        return await writes.RunAsync<Outcome<MessagePosted>>(
            async db =>
            {
                moved = null;
                if (isFromDraft)
                {
                    await ForgetDraftAsync(db, number, caller, DraftMode.Note);
                }

                var repeat = await db.Set<InternalNote>().FirstOrDefaultAsync(note => note.AuthorId == caller.StaffId && note.ClientMessageId == clientMessageId && note.TicketNumber == number);
                if (repeat is not null)
                {
                    return repeat.Body == StorableText.Of(text) ? new MessagePosted(repeat.BehindSequence, repeat.WrittenAt) : Nothing(db, TicketRules.IdReused);
                }

                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Nothing(db, Refusal.TicketNotFound);
                }

                var now = Now();
                var taken = await MessageFiles.TakeAsync(db, files, caller, now);
                if (taken.Refusal is { } missing)
                {
                    return Nothing(db, missing);
                }

                var terms = await Terms.ReadAsync(db, policies, now);
                await TicketStore.ApplyAsync(db, ticket, TicketRules.Flag(ticket.ToFacts(terms), now), caller, now);
                // After what the clock did, which is nobody's deed.
                var before = TicketAudit.Of(ticket);
                if (DeedsBook.InWords(await DeedsBook.DoAsync(db, ticket, deeds, ticket.AssigneeId, terms, caller, now)) is { } undone)
                {
                    return Nothing(db, Refusal.Conflict("deeds-refused", $"The note was not added, because this cannot be done with it: {undone} Leave it out below and add the note again."));
                }

                if (before != TicketAudit.Of(ticket))
                {
                    await before.NoteAsync(db, ticket, caller, now);
                    moved = new(number, ticket.Status, await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync());
                }

                var named = text.Contains('@', StringComparison.Ordinal) ? MentionText.Read(text, await MentionQueries.StaffAsync(db)) : [];
                HeadsUpWriter.Add(db, HeadsUpKind.Mention, number, named.Select(one => one.StaffId), (caller.StaffId, caller.Name), MessageText.Beginning(text, HeadsUp.LongestText), ticket.NextDueAt, now);
                db.Add(new InternalNote
                {
                    TicketNumber = number,
                    BehindSequence = ticket.LastSequence,
                    AuthorId = caller.StaffId,
                    AuthorName = caller.Name,
                    Body = text,
                    Files = [.. taken.Value!.Select(file => new NoteFile(file))],
                    Mentions = named,
                    WrittenAt = now,
                    ClientMessageId = clientMessageId!,
                });
                Touch(ticket, now);
                return new MessagePosted(ticket.LastSequence, now);
            },
            outcome =>
            {
                if (outcome.IsDone)
                {
                    Tell(number, moved is { } news ? [news] : []);
                }
            },
            cancellation);
    }

    /// <summary>The refusal, of a piece of work that had begun to change things.</summary>
    private static Refusal Nothing(SupportDb db, Refusal refusal)
    {
        db.ChangeTracker.Clear();
        return refusal;
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What became of an answer whose author pressed Send.</summary>
/// <param name="SendAt">When it is really sent; null when it was.</param>
/// <param name="Undone">It was sent, and why something that was to be done with it was not, in sentences; null when all was.</param>
public sealed record AnswerSent(DateTimeOffset? SendAt, string? Undone = null);

/// <summary>The verbs about an answer that can be taken back for a moment.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The topic under which the change bus says that something waits for a ticket's customer, or no longer does; the id is the ticket's number.</summary>
    public const string SendingTopic = "sending";

    /// <summary>The same for its author; the id is <see cref="SenderId"/>.</summary>
    public const string SenderTopic = "sender";

    /// <summary>A person as the change bus names them.</summary>
    public static long SenderId(Guid staffId) => BitConverter.ToInt64(staffId.ToByteArray());

    /// <summary>
    /// Staff pressed Send: the answer waits for the window of its channel and is sent then, or at once where there is none or where it would come near the deadline
    /// (<see cref="SendRules.SendAt"/>). The draft is gone either way. It answers a promise when it is really sent. The same id again has one effect.
    /// </summary>
    /// <param name="number">The ticket.</param>
    /// <param name="content">Words, files or both.</param>
    /// <param name="messageId">The id under which it is written.</param>
    /// <param name="solves">Whether the ticket is solved with it.</param>
    /// <param name="seen">Up to which public message its author had read.</param>
    /// <param name="undo">The windows.</param>
    /// <param name="caller">Its author.</param>
    /// <param name="deeds">What is done to the ticket with it; words of <see cref="SendDeeds"/>.</param>
    public async Task<Outcome<AnswerSent>> SendAsync(
        long number, MessageContent content, string? messageId, bool solves, long? seen, UndoOptions undo, StaffCaller caller, IReadOnlyList<string>? deeds = null)
    {
        var (text, files) = (MessageText.Tidy(content.Text), content.FileIds);
        if (Check(text, files, messageId) is { } invalid)
        {
            return invalid;
        }

        Written? written = null;
        return await writes.RunAsync<Outcome<AnswerSent>>(
            async db =>
            {
                written = null;
                var now = Now();
                var ticket = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Number == number).Select(ticket => new { ticket.Status, ticket.Channel, ticket.NextDueAt, ticket.AssigneeId, ticket.Requester!.Name }).SingleOrDefaultAsync();
                if (ticket is null)
                {
                    return Refusal.TicketNotFound;
                }

                var pressed = await db.Set<PendingSend>().FindAsync(number, caller.StaffId, messageId);
                if (pressed is not null)
                {
                    return pressed.Text == StorableText.Of(text) ? new AnswerSent(pressed.SendAt) : TicketRules.IdReused;
                }

                var sendAt = SendRules.SendAt(undo.Of(ticket.Channel), ticket.NextDueAt, now);
                if (sendAt <= now)
                {
                    written = await WriteInAsync(db, number, text, files, messageId!, MessageFrom.Staff, isAutomated: false, caller, seen, Answer, now, isHeld: false);
                    if (written.Outcome.Refusal is { } no)
                    {
                        return no;
                    }

                    await ForgetDraftAsync(db, number, caller);
                    // What was written before is not done again: its deeds have been done, and the ticket may have gone on since.
                    if (written.Message is null)
                    {
                        return new AnswerSent(null);
                    }

                    var (moved, undone) = await FollowAsync(db, number, solves, SendDeeds.Read(deeds), ticket.AssigneeId, caller, now);
                    written = written with { Moved = moved ?? written.Moved };
                    return new AnswerSent(null, undone);
                }

                if (await ObstacleAsync(db, number, ticket.Status, text, files, messageId!, seen, caller) is { } obstacle)
                {
                    return obstacle.Refusal is { } refusal ? refusal : new AnswerSent(null);
                }

                db.Add(new PendingSend
                {
                    TicketNumber = number,
                    StaffId = caller.StaffId,
                    MessageId = messageId!,
                    StaffName = caller.Name,
                    StaffEmail = caller.Email,
                    RequesterName = ticket.Name,
                    Text = text,
                    Files = files,
                    Seen = seen,
                    Solves = solves,
                    Deeds = SendDeeds.Read(deeds).ToWords(),
                    AssigneeSeen = ticket.AssigneeId,
                    PressedAt = now,
                    SendAt = sendAt,
                });
                await ForgetDraftAsync(db, number, caller);
                return new AnswerSent(sendAt);
            },
            outcome =>
            {
                if (written?.Message is { } message)
                {
                    Tell(number, [new MessageNews(number, message), .. written.Moved is { } moved ? new[] { moved } : []]);
                }

                if (outcome.IsDone)
                {
                    TellSending(number, caller.StaffId);
                }
            });
    }

    /// <summary>Its author takes it back: it is a draft again, below whatever they have begun since. False when it has been sent.</summary>
    public Task<bool> UndoSendAsync(long number, string messageId, StaffCaller caller, CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            if (await db.Set<PendingSend>().FindAsync(number, caller.StaffId, messageId) is not { } send)
            {
                return false;
            }

            db.Remove(send);
            await DraftBook.PutAsync(db, send.ToDraft(null), number, Now());
            return true;
        },
        _ => TellSending(number, caller.StaffId),
        cancellation);

    private static Outcome<TicketDecision> Answer(TicketFacts ticket, DateTimeOffset now) => TicketRules.Reply(ticket, isAutomated: false, now);

    private static async Task ForgetDraftAsync(SupportDb db, long number, StaffCaller caller, DraftMode mode = DraftMode.Reply)
    {
        if (await db.Set<MessageDraft>().FindAsync(number, caller.StaffId, mode) is { } draft)
        {
            db.Remove(draft);
        }
    }

    /// <summary>Why it could not be sent already now; an answer without a refusal where it was. Null where nothing stands in its way.</summary>
    private static async Task<Outcome<bool>?> ObstacleAsync(SupportDb db, long number, TicketStatus status, string text, IReadOnlyList<Guid> files, string messageId, long? seen, StaffCaller caller)
    {
        if (await db.Set<PublicMessage>().AsNoTracking().SingleOrDefaultAsync(message => message.AuthorId == caller.StaffId && message.ClientMessageId == messageId && message.TicketNumber == number) is { } before)
        {
            return before.Body == StorableText.Of(text) ? true : TicketRules.IdReused;
        }

        if (status == TicketStatus.Closed)
        {
            return TicketRules.Closed;
        }

        var read = seen ?? long.MaxValue;
        if (await db.Set<PublicMessage>().AsNoTracking()
            .Where(message => message.TicketNumber == number && message.Sequence > read && message.From == MessageFrom.Staff && message.AuthorId != caller.StaffId)
            .OrderByDescending(message => message.Sequence).FirstOrDefaultAsync() is { } answer)
        {
            return TicketRules.AnsweredMeanwhile(answer.AuthorName, answer.Body);
        }

        if (await db.Set<StoredFile>().CountAsync(file => files.Contains(file.Id) && file.OwnerId == caller.StaffId && file.SentAt == null) < files.Count)
        {
            return Refusal.Invalid(("attachments", "Some of the files are no longer here. Add them again."));
        }

        return null;
    }

    private void TellSending(long number, Guid staffId)
    {
        changes.Publish(new(SendingTopic, number));
        changes.Publish(new(SenderTopic, SenderId(staffId)));
    }
}

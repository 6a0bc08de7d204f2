using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What became of an answer whose author pressed Send.</summary>
/// <param name="SendAt">When it is really sent; null when it was.</param>
public sealed record AnswerSent(DateTimeOffset? SendAt);

/// <summary>The verbs about an answer that can be taken back for a moment.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The topic under which the change bus says that something waits for a ticket's customer, or no longer does; the id is the ticket's number.</summary>
    public const string SendingTopic = "sending";

    /// <summary>The same for its author; the id is <see cref="SenderId"/>.</summary>
    public const string SenderTopic = "sender";

    private const int SendBatch = 100;

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
                var ticket = await db.Set<Ticket>().AsNoTracking().Where(ticket => ticket.Number == number).Select(ticket => new { ticket.Status, ticket.Channel, ticket.NextDueAt, ticket.Requester!.Name }).SingleOrDefaultAsync();
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
                    if (written.Message is not null)
                    {
                        written = written with { Moved = await FollowAsync(db, number, solves, SendDeeds.Read(deeds), caller, now) ?? written.Moved };
                    }

                    return new AnswerSent(null);
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
                    written = written with { Moved = await FollowAsync(db, send.TicketNumber, send.Solves, SendDeeds.Read(send.Deeds), author, now) ?? written.Moved };
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

    private static Outcome<TicketDecision> Answer(TicketFacts ticket, DateTimeOffset now) => TicketRules.Reply(ticket, isAutomated: false, now);

    /// <summary>Does to the ticket what goes with an answer, in its transaction. What can no longer be done stays as it is: the answer has gone out.</summary>
    private async Task<StateNews?> FollowAsync(SupportDb db, long number, bool solves, SendDeeds deeds, StaffCaller caller, DateTimeOffset now)
    {
        deeds = solves ? deeds with { Status = TicketStatus.Solved } : deeds;
        if (deeds.IsNone || await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
        {
            return null;
        }

        var (terms, before) = (await Terms.ReadAsync(db, policies, now), TicketAudit.Of(ticket));
        List<Func<TicketFacts, Outcome<TicketDecision>>> steps = [];
        if (deeds.Takes)
        {
            steps.Add(facts => TicketRules.Assign(facts, caller.StaffId, caller.Name, now));
        }

        if (deeds.Status is { } status)
        {
            steps.Add(facts => TicketRules.ChangeStatus(facts, status, now));
        }

        foreach (var step in steps)
        {
            if (step(ticket.ToFacts(terms)).Value is { } decision)
            {
                await TicketStore.ApplyAsync(db, ticket, decision, caller, now);
            }
        }

        if (deeds.Tags.Count > 0 && TagRules.Change(ticket.Tags, deeds.Tags, []).Value is { } tags && !tags.SequenceEqual(ticket.Tags))
        {
            ticket.Tags = tags;
            TicketStore.Record(db, ticket, [new(TicketEventKind.Tagged, string.Join(", ", tags))], caller, now);
        }

        if (before == TicketAudit.Of(ticket))
        {
            return null;
        }

        await before.NoteAsync(db, ticket, caller, now);
        Touch(ticket, now);
        var assignee = await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
        return new(number, ticket.Status, assignee);
    }

    private static async Task ForgetDraftAsync(SupportDb db, long number, StaffCaller caller)
    {
        if (await db.Set<MessageDraft>().FindAsync(number, caller.StaffId, DraftMode.Reply) is { } draft)
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

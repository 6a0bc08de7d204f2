using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about what is said: messages of either side.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The requester writes into their own conversation.</summary>
    public Task<Outcome<MessagePosted>> PostAsync(long number, MessageContent content, string? clientMessageId, CustomerCaller caller, CancellationToken cancellation = default) =>
        WriteMessageAsync(number, content, clientMessageId, MessageFrom.Customer, isAutomated: false, caller, null, (ticket, now) => TicketRules.CustomerMessage(ticket, now), cancellation);

    /// <summary>Staff writes to the customer; the first message by a human answers the first-response promise in the same transaction.</summary>
    public Task<Outcome<MessagePosted>> ReplyAsync(long number, MessageContent content, string? clientMessageId, bool isAutomated, StaffCaller caller, CancellationToken cancellation = default) =>
        ReplyAsync(number, content, clientMessageId, isAutomated, caller, null, cancellation);

    /// <summary>The same by somebody who may say up to which message they had read; a colleague's answer after it is shown to them instead (chatwoot#14934).</summary>
    public Task<Outcome<MessagePosted>> ReplyAsync(
        long number, MessageContent content, string? clientMessageId, bool isAutomated, StaffCaller caller, long? seenSequence, CancellationToken cancellation = default) =>
        WriteMessageAsync(number, content, clientMessageId, MessageFrom.Staff, isAutomated, caller, seenSequence, (ticket, now) => TicketRules.Reply(ticket, isAutomated, now), cancellation);

    private Task<Outcome<MessagePosted>> WriteMessageAsync(
        long number, MessageContent content, string? clientMessageId, MessageFrom from, bool isAutomated, Caller caller, long? seen,
        Func<TicketFacts, DateTimeOffset, Outcome<TicketDecision>> decide, CancellationToken cancellation)
    {
        var (text, files) = (MessageText.Tidy(content.Text), content.FileIds);
        if (Check(text, files, clientMessageId) is { } invalid)
        {
            return Task.FromResult<Outcome<MessagePosted>>(invalid);
        }

        Written? written = null;
        return writes.RunAsync<Outcome<MessagePosted>>(
            async db => (written = await WriteInAsync(db, number, text, files, clientMessageId!, from, isAutomated, caller, seen, decide, Now())).Outcome,
            _ =>
            {
                if (written?.Message is { } message)
                {
                    Tell(number, [new MessageNews(number, message), .. written.Moved is { } moved ? new[] { moved } : []]);
                }
            },
            cancellation);
    }

    /// <summary>What was written, to be told once it is committed.</summary>
    private sealed record Written(Outcome<MessagePosted> Outcome, PublicMessage? Message = null, StateNews? Moved = null);

    /// <summary>Writes a message inside the write queue's transaction. Nothing is changed where the outcome is a refusal.</summary>
    private async Task<Written> WriteInAsync(
        SupportDb db, long number, string text, IReadOnlyList<Guid> files, string clientMessageId, MessageFrom from, bool isAutomated, Caller caller, long? seen,
        Func<TicketFacts, DateTimeOffset, Outcome<TicketDecision>> decide, DateTimeOffset now, bool isHeld = true)
    {
        var quick = await TicketLane.PostAsync(db, Draft(number, text, clientMessageId, from, isAutomated, caller), from, caller, seen, now, bringsFiles: files.Count > 0);
        if (quick.Outcome is { } answer)
        {
            if (quick.Message is not null && from == MessageFrom.Staff)
            {
                await mails.AnsweredAsync(db, quick.Message, quick.Channel, now, isHeld);
            }

            return new(answer, quick.Message);
        }

        if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
        {
            return new(Refusal.TicketNotFound);
        }

        var decision = decide(ticket.ToFacts(await Terms.ReadAsync(db, policies, now)), now);
        if (decision.Refusal is { } refusal)
        {
            return new(refusal);
        }

        var taken = await MessageFiles.TakeAsync(db, files, caller, now);
        if (taken.Refusal is { } missing)
        {
            return new(missing);
        }

        await TicketStore.ApplyAsync(db, ticket, decision.Value!, caller, now);
        var posted = Append(db, ticket, text, taken.Value!, clientMessageId, from, isAutomated, caller, now);
        if (from == MessageFrom.Staff)
        {
            await mails.AnsweredAsync(db, posted, ticket.Channel, now, isHeld);
        }

        StateNews? moved = null;
        if (decision.Value!.Status is { } status)
        {
            var assignee = await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
            moved = new(number, status, assignee);
        }

        return new(new MessagePosted(posted.Sequence, now), posted, moved);
    }

    private static Refusal? Check(string text, IReadOnlyList<Guid> files, string? clientMessageId)
    {
        (string, string)[] errors = [.. MessageText.Check(text, "body", files.Count > 0), .. MessageFiles.Check(files), .. MessageText.CheckId(clientMessageId)];
        return errors.Length > 0 ? Refusal.Invalid(errors) : null;
    }

    /// <summary>The message but for its place and time.</summary>
    private static PublicMessage Draft(long number, string text, string clientMessageId, MessageFrom from, bool isAutomated, Caller caller) => new()
    {
        TicketNumber = number,
        From = isAutomated ? MessageFrom.System : from,
        AuthorId = caller.Id,
        AuthorName = caller.Name,
        Body = text,
        ClientMessageId = clientMessageId,
        IsAutomated = isAutomated,
    };

    private static PublicMessage Append(SupportDb db, Ticket ticket, string text, IReadOnlyList<FileFacts> files, string clientMessageId, MessageFrom from, bool isAutomated, Caller caller, DateTimeOffset now)
    {
        var message = Draft(ticket.Number, text, clientMessageId, from, isAutomated, caller);
        message.Files = [.. files.Select(file => new PublicFile(file))];
        (message.Sequence, message.SentAt) = (++ticket.LastSequence, now);
        db.Add(message);
        ticket.Snippet = MessageText.Snippet(text.Length > 0 ? text : MessageFiles.InWords(files));
        ticket.SnippetAuthor = caller.Name;
        (ticket.LastFromCustomer, ticket.HeldSince) = (from == MessageFrom.Customer, now);
        Touch(ticket, now);
        return message;
    }
}

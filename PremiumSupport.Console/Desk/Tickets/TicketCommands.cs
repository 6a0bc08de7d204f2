using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Mail;
using PremiumSupport.Desk.Tickets.Mentions;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The only writer of tickets: one method per verb. Each loads with the caller's rights, lets <see cref="TicketRules"/> decide, commits rows and ledger together,
/// and tells the rest of the product only then.
/// </summary>
public sealed partial class TicketCommands(
    WriteQueue writes, IDbContextFactory<SupportDb> factory, Policies policies, ChangeBus changes, ConversationFeed feed, TicketMails mails, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of tickets.</summary>
    public const string Topic = "ticket";

    private const int FlagBatch = 500;

    /// <summary>Opens a ticket for the caller, or for the requester named in it when staff or the product files it.</summary>
    public async Task<Outcome<TicketOpened>> OpenAsync(OpenTicket input, Caller caller, CancellationToken cancellation = default)
    {
        var tidied = OpenTicketRules.Tidy(input, needsRequester: caller is not CustomerCaller);
        if (tidied.Refusal is { } invalid)
        {
            return invalid;
        }

        var outcome = await writes.RunAsync(
            async db =>
            {
                var now = Now();
                var terms = await Terms.ReadAsync(db, policies, now);
                var opened = await TicketIntake.OpenAsync(db, tidied.Value!, caller, terms, now);
                if (opened.Value is not { Message: { } message } made)
                {
                    return opened;
                }

                if (input.IncomingCall is { } call)
                {
                    // Who was just spoken to needs no receipt.
                    return await LogFirstCallAsync(db, made, call, (StaffCaller)caller, terms, now);
                }

                await mails.OpenedAsync(db, message.TicketNumber, tidied.Value!.Channel, now);
                return opened;
            },
            result =>
            {
                if (result.Value is { Message: { } message })
                {
                    Tell(message.TicketNumber, new MessageNews(message.TicketNumber, message));
                }
            },
            cancellation);
        return outcome.Refusal is { } refusal ? refusal : outcome.Value!.Opened;
    }

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

    /// <summary>Staff writes a note that customers never see. It answers nothing. The answer's sequence is that of the public message it stands behind.</summary>
    public Task<Outcome<MessagePosted>> AddNoteAsync(long number, MessageContent content, string? clientMessageId, StaffCaller caller, CancellationToken cancellation = default)
    {
        var (text, files) = (MessageText.Tidy(content.Text), content.FileIds);
        if (Check(text, files, clientMessageId) is { } invalid)
        {
            return Task.FromResult<Outcome<MessagePosted>>(invalid);
        }

        return writes.RunAsync<Outcome<MessagePosted>>(
            async db =>
            {
                var repeat = await db.Set<InternalNote>().FirstOrDefaultAsync(note => note.AuthorId == caller.StaffId && note.ClientMessageId == clientMessageId && note.TicketNumber == number);
                if (repeat is not null)
                {
                    return repeat.Body == StorableText.Of(text) ? new MessagePosted(repeat.BehindSequence, repeat.WrittenAt) : TicketRules.IdReused;
                }

                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                var now = Now();
                var taken = await MessageFiles.TakeAsync(db, files, caller, now);
                if (taken.Refusal is { } missing)
                {
                    return missing;
                }

                await TicketStore.ApplyAsync(db, ticket, TicketRules.Flag(ticket.ToFacts(await Terms.ReadAsync(db, policies, now)), now), caller, now);
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
                    Tell(number);
                }
            },
            cancellation);
    }

    /// <summary>Gives the ticket to somebody, or to nobody.</summary>
    public Task<Outcome<TicketState>> AssignAsync(long number, Guid? to, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, async (db, ticket, now) =>
        {
            var name = to is null ? "" : await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).SingleOrDefaultAsync();
            return name is null
                ? Refusal.Invalid(("assignee", "There is nobody of that address on the staff."))
                : TicketRules.Assign(ticket, to, name, now);
        }, cancellation);

    /// <summary>Takes a ticket that nobody has. One that a colleague took first is refused in words.</summary>
    public Task<Outcome<TicketState>> ClaimAsync(long number, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, (_, ticket, now) => Task.FromResult(
            ticket.AssigneeId is null || ticket.AssigneeId == caller.StaffId
                ? TicketRules.Assign(ticket, caller.StaffId, caller.Name, now)
                : Refusal.Conflict("already-claimed", "A colleague took this ticket first.")), cancellation);

    /// <summary>Changes the status.</summary>
    public Task<Outcome<TicketState>> ChangeStatusAsync(long number, TicketStatus to, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, (_, ticket, now) => Task.FromResult(TicketRules.ChangeStatus(ticket, to, now)), cancellation);

    /// <summary>Confirms or declines a pending claim of business critical.</summary>
    public Task<Outcome<TicketState>> DecideClaimAsync(long number, bool isConfirmed, string? reason, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, async (db, ticket, now) =>
        {
            var decision = TicketRules.DecideClaim(ticket, isConfirmed, MessageText.Tidy(reason), now);
            if (decision.IsDone && !isConfirmed)
            {
                await mails.DeclinedAsync(db, number, now);
            }

            return decision;
        }, cancellation);

    /// <summary>Sets the severity, with a reason.</summary>
    public Task<Outcome<TicketState>> ChangeSeverityAsync(long number, Severity to, string? reason, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, (_, ticket, now) => Task.FromResult(TicketRules.ChangeSeverity(ticket, to, MessageText.Tidy(reason), now)), cancellation);

    /// <summary>Changes several things at once, or none when one of them is refused.</summary>
    public Task<Outcome<TicketState>> EditAsync(long number, TicketEdit edit, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        TicketEditing.EditAsync(this, number, edit, caller, expectedVersion, cancellation);

    /// <summary>
    /// Flags whatever is due by now, at most a batch of it. Safe to run at any time, twice or never.
    /// </summary>
    public Task<FlagRun> FlagDueAsync(CancellationToken cancellation = default) => writes.RunAsync(
        async db =>
        {
            var now = Now();
            var due = await db.Set<Ticket>()
                .Where(ticket => ticket.NextFlagAt != null && ticket.NextFlagAt <= now)
                .OrderBy(ticket => ticket.NextFlagAt)
                .Include(ticket => ticket.Obligations).Include(ticket => ticket.Account).Include(ticket => ticket.Requester)
                .Take(FlagBatch)
                .ToListAsync();
            var lateness = new List<TimeSpan>(due.Count);
            var terms = await Terms.ReadAsync(db, policies, now);
            foreach (var ticket in due)
            {
                lateness.Add(now - ticket.NextFlagAt!.Value);
                await TicketStore.ApplyAsync(db, ticket, TicketRules.Flag(ticket.ToFacts(terms), now), Caller.System, now);
                ticket.Version++;
            }

            return new FlagRun([.. due.Select(ticket => ticket.Number)], lateness);
        },
        run =>
        {
            foreach (var number in run.Flagged)
            {
                Tell(number);
            }
        },
        cancellation);

    /// <summary>Loads, decides and commits; the way of every verb that writes no message.</summary>
    internal Task<Outcome<TicketState>> DecideAsync(
        long number, Caller caller, long? expectedVersion, Func<SupportDb, TicketFacts, DateTimeOffset, Task<Outcome<TicketDecision>>> decide, CancellationToken cancellation) =>
        WriteAsync(number, caller, expectedVersion, async (db, ticket, terms, now) =>
        {
            var decision = await decide(db, ticket.ToFacts(terms), now);
            if (decision.Refusal is { } refusal)
            {
                return refusal;
            }

            await TicketStore.ApplyAsync(db, ticket, decision.Value!, caller, now);
            return null;
        }, cancellation);

    /// <summary>The frame of a write: rights, version, commit, news.</summary>
    internal Task<Outcome<TicketState>> WriteAsync(
        long number, Caller caller, long? expectedVersion, Func<SupportDb, Ticket, Terms, DateTimeOffset, Task<Refusal?>> write, CancellationToken cancellation,
        IReadOnlyList<long>? alsoChanged = null) =>
        writes.RunAsync<Outcome<TicketState>>(
            async db =>
            {
                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                if (expectedVersion is { } expected && expected != ticket.Version)
                {
                    return Refusal.Conflict("stale-version", "Somebody changed this ticket meanwhile. Look at it again; nothing of yours was applied.");
                }

                var (now, requester, before) = (Now(), ticket.RequesterId, TicketAudit.Of(ticket));
                if (await write(db, ticket, await Terms.ReadAsync(db, policies, now), now) is { } refusal)
                {
                    db.ChangeTracker.Clear();
                    return refusal;
                }

                await before.NoteAsync(db, ticket, caller, now);

                // What changed nothing must not make a colleague's form stale.
                if (db.ChangeTracker.HasChanges())
                {
                    Touch(ticket, now);
                }

                var assignee = await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
                return new TicketState(number, ticket.Status, ticket.AssigneeId, assignee, ticket.Version) { NewRequesterId = ticket.RequesterId == requester ? null : ticket.RequesterId };
            },
            outcome =>
            {
                if (outcome.Value is { } state)
                {
                    if (state.NewRequesterId is { } stranger)
                    {
                        feed.Publish(new RequesterNews(number, stranger));
                    }

                    Tell(number, new StateNews(number, state.Status, state.AssigneeName));
                    foreach (var other in alsoChanged ?? [])
                    {
                        Tell(other);
                    }
                }
            },
            cancellation);

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
        ticket.LastFromCustomer = from == MessageFrom.Customer;
        Touch(ticket, now);
        return message;
    }

    private static void Touch(Ticket ticket, DateTimeOffset now)
    {
        ticket.Version++;
        ticket.UpdatedAt = now;
    }

    private void Tell(long number, params ReadOnlySpan<ConversationNews> news)
    {
        foreach (var item in news)
        {
            feed.Publish(item);
        }

        changes.Publish(new(Topic, number));
    }

    /// <summary>Now in whole milliseconds: the precision in which instants are kept, shown and compared.</summary>
    private DateTimeOffset Now() => ObligationClock.Whole(clock.GetUtcNow());
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>What applying a policy version to open tickets did, or would do.</summary>
public sealed record PolicyApplied(int Version, IReadOnlyList<MovedDeadline> Moved);

/// <summary>An approved exception and the deadlines that it moved at once; those of later tickets move as they are made.</summary>
public sealed record ExceptionApproved(SlaException Exception, IReadOnlyList<MovedDeadline> Moved);

/// <summary>The verbs that are about promises rather than about the conversation.</summary>
public sealed partial class TicketCommands
{
    /// <summary>One ticket goes on in another of the same account (rule 9).</summary>
    public Task<Outcome<TicketState>> MergeAsync(long number, long into, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            var target = into == number ? ticket : await TicketStore.LoadAsync(db, into, caller);
            if (target is null)
            {
                return Refusal.Invalid(("into", $"There is no ticket {into}."));
            }

            return await CarryOnAsync(db, ticket, target, terms, caller, now);
        }, cancellation, alsoChanged: [into]);

    /// <summary>
    /// A chat that nobody has answered goes on in the form that its customer sent instead: what was promised for the form holds, and what was for the chat goes on there.
    /// One that was answered, or that went on already, stays as it is.
    /// </summary>
    public Task<Outcome<TicketState>> ContinueAsync(long chat, long into, CustomerCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(chat, caller, null, async (db, ticket, terms, now) =>
        {
            if (ticket.Channel != Channel.Chat || await TicketStore.LoadAsync(db, into, caller) is not { } target)
            {
                return Refusal.TicketNotFound;
            }

            return await db.Set<PublicMessage>().AnyAsync(message => message.TicketNumber == chat && message.From == MessageFrom.Staff)
                ? Refusal.Conflict("answered", "Somebody has answered in the chat; it goes on there.")
                : await CarryOnAsync(db, ticket, target, terms, caller, now);
        }, cancellation, alsoChanged: [into]);

    /// <summary>A message of the customer, and what they wrote about it since, goes on as a ticket of its own; the conversation that it came from stays whole.</summary>
    /// <param name="number">The ticket that is split.</param>
    /// <param name="fromSequence">The first of the customer's messages that the new ticket is about.</param>
    /// <param name="subject">What the new ticket is called.</param>
    /// <param name="caller">Who splits.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Outcome<TicketOpened>> SplitAsync(long number, long fromSequence, string? subject, StaffCaller caller, CancellationToken cancellation = default)
    {
        var title = MessageText.SingleLine(subject);
        if (title.Length is 0 or > TicketLimits.Subject)
        {
            return Refusal.Invalid(("subject", $"A subject has 1 to {TicketLimits.Subject} characters."));
        }

        var outcome = await writes.RunAsync<Outcome<TicketOpened>>(
            async db =>
            {
                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                var texts = await db.Set<PublicMessage>().AsNoTracking()
                    .Where(message => message.TicketNumber == number && message.From == MessageFrom.Customer && message.Sequence >= fromSequence)
                    .OrderBy(message => message.Sequence).Select(message => new { message.Sequence, message.Body, message.Files }).ToListAsync();
                if (texts.Count == 0 || texts[0].Sequence != fromSequence)
                {
                    return Refusal.Invalid(("fromSequence", $"Message {fromSequence} is not one that the customer wrote here."));
                }

                var now = Now();
                var opened = await TicketIntake.SplitAsync(db, ticket, title, string.Join("\n\n", texts.Select(text => text.Body).Where(text => text.Length > 0)), fromSequence, [.. texts.SelectMany(text => text.Files)], caller, await Terms.ReadAsync(db, policies, now), now);
                Touch(ticket, now);
                return opened;
            },
            result =>
            {
                if (result.Value is { } opened)
                {
                    Tell(opened.Number);
                    Tell(number);
                }
            },
            cancellation);
        return outcome;
    }

    /// <summary>
    /// Somebody else asks from now on, perhaps of another account. What was promised stands as it was made (rule 10); of another account it goes on on that account's chain.
    /// </summary>
    public Task<Outcome<TicketState>> ChangeRequesterAsync(long number, RequesterInput requester, StaffCaller caller, CancellationToken cancellation = default) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            var key = requester.AccountKey?.Trim().ToLowerInvariant() ?? ticket.Account!.Key;
            if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Key == key) is not { } account)
            {
                return Refusal.Invalid(("account", $"There is no account '{MessageText.Beginning(key, 100)}'."));
            }

            var address = ContactCommands.Address(requester.Email ?? "");
            if (await db.Set<Contact>().SingleOrDefaultAsync(contact => contact.AccountId == account.Id && contact.Email == address) is not { } contact)
            {
                return Refusal.Invalid(("requester.email", $"{account.Name} has no contact of that address."));
            }

            if (contact.Id == ticket.RequesterId)
            {
                return null;
            }

            var (facts, before) = (ticket.ToFacts(terms), $"{ticket.Requester!.Name} ({ticket.Account!.Name})");
            var name = $"{contact.Name} ({account.Name})";
            if (account.Id == ticket.AccountId)
            {
                var changed = MergeRules.ChangeRequester(facts, name, before, now);
                if (changed.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, changed.Value!, caller, now);
            }
            else
            {
                var moved = MergeRules.ChangeAccount(facts, name, before, now);
                if (moved.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, moved.Value.From, caller, now);
                (ticket.AccountId, ticket.Account) = (account.Id, account);
                await TicketStore.ApplyAsync(db, ticket, moved.Value.Into, caller, now);
            }

            (ticket.RequesterId, ticket.Requester) = (contact.Id, contact);
            return null;
        }, cancellation);

    /// <summary>
    /// A response never arrived: the entry point of whoever learns of it. When no other human response stands in for it, what it answered is owed again (rule 2).
    /// Told twice, it happens once.
    /// </summary>
    public Task<Outcome<TicketState>> BounceAsync(long number, long sequence, string reason, Caller caller, CancellationToken cancellation = default) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            var responses = await db.Set<PublicMessage>().Where(message => message.TicketNumber == number && message.From == MessageFrom.Staff).ToListAsync();
            if (responses.SingleOrDefault(message => message.Sequence == sequence) is not { } bounced)
            {
                return Refusal.Invalid(("sequence", $"Message {sequence} is no response of ours."));
            }

            if (bounced.BouncedAt is not null)
            {
                return null;
            }

            bounced.BouncedAt = now;
            DateTimeOffset[] others = [.. responses.Where(message => message.BouncedAt is null).Select(message => message.SentAt)];
            await TicketStore.ApplyAsync(db, ticket, MergeRules.Bounce(ticket.ToFacts(terms), bounced.SentAt, others, MessageText.SingleLine(reason), now), caller, now);
            return null;
        }, cancellation);

    /// <summary>
    /// A second person approves an exception: it is declared on the ledger, and every open deadline that it overlaps moves, in one transaction (rule 13).
    /// </summary>
    public async Task<Outcome<ExceptionApproved>> ApproveExceptionAsync(Guid id, StaffCaller approver, CancellationToken cancellation = default)
    {
        var news = new List<StateNews>();
        return await writes.RunAsync<Outcome<ExceptionApproved>>(
            async db =>
            {
                var now = Now();
                if (await db.Set<SlaException>().SingleOrDefaultAsync(exception => exception.Id == id) is not { } exception)
                {
                    return new Refusal(RefusalKind.NotFound, "not-found", "There is no such exception.");
                }

                if (ExceptionRules.ApprovalObstacle(exception.State, exception.AuthorId, exception.To, approver.StaffId, now) is { } obstacle)
                {
                    return obstacle.Code == ExceptionRules.OwnException ? new Refusal(RefusalKind.Forbidden, obstacle.Code, obstacle.Message) : Refusal.Conflict(obstacle.Code, obstacle.Message);
                }

                approver.Note(db, now, "approved", Exceptions.ExceptionCommands.Subject(exception), new { exception.State }, new { State = ExceptionState.Approved, EffectiveFrom = exception.From > now ? exception.From : now });
                exception.State = ExceptionState.Approved;
                (exception.ApproverId, exception.ApproverName, exception.ApprovedAt) = (approver.StaffId, approver.Name, now);
                await LedgerBook.AppendAsync(db, [exception.ToFact(now)]);
                var window = exception.ToWindow();
                var terms = await Terms.ReadAsync(db, policies, now);

                // With those that were approved before: a deadline that this one moves may come to lie in one of them.
                terms = terms with { Exceptions = [.. terms.Exceptions, window] };
                return new ExceptionApproved(exception, await ChangeOwedAsync(db, terms, facts => PromiseRules.Except(PromiseRules.CatchUp(facts, now), facts, now), approver, now, news));
            },
            outcome =>
            {
                if (outcome.IsDone)
                {
                    TellMoved(news);
                    changes.Publish(new(Exceptions.ExceptionCommands.Topic, 0));
                }
            },
            cancellation);
    }

    /// <summary>What approving an exception would move right now.</summary>
    public async Task<IReadOnlyList<MovedDeadline>> PreviewExceptionAsync(ExceptionWindow window, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = Now();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var terms = await Terms.ReadAsync(db, policies, now);
        terms = terms with { Exceptions = [.. terms.Exceptions, window with { From = window.From > now ? window.From : now }] };
        return await WouldMoveAsync(db, terms, facts => PromiseRules.Except(PromiseRules.CatchUp(facts, now), facts, now));
    }

    /// <summary>
    /// Applies a published policy version to open tickets: each deadline that it makes earlier moves, and what is promised later is promised under it. One audited
    /// act in one transaction; done again, it changes nothing (rules 8 and 10).
    /// </summary>
    public async Task<Outcome<PolicyApplied>> ApplyPolicyAsync(int version, StaffCaller caller, CancellationToken cancellation = default)
    {
        var policy = policies.Version(version);
        var news = new List<StateNews>();
        return await writes.RunAsync<Outcome<PolicyApplied>>(
            async db =>
            {
                var now = Now();
                var terms = await Terms.ReadAsync(db, policies, now);
                return new PolicyApplied(version, await ChangeOwedAsync(db, terms, facts => ApplyPolicy(facts, policy, now), caller, now, news, ticket =>
                    ticket.PromisesNext = TicketIntake.PromisesNext(policy, ticket.ToRequest())));
            },
            _ => TellMoved(news),
            cancellation);
    }

    /// <summary>Which open deadlines a policy would move if it were applied to open tickets right now.</summary>
    public async Task<IReadOnlyList<MovedDeadline>> PreviewPolicyAsync(SlaPolicy draft, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = Now();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await WouldMoveAsync(db, await Terms.ReadAsync(db, policies, now), facts => ApplyPolicy(facts, draft, now));
    }

    private static TicketDecision ApplyPolicy(TicketFacts facts, SlaPolicy policy, DateTimeOffset now) =>
        PromiseRules.Apply(PromiseRules.CatchUp(facts, now), facts, policy, now) with { PolicyVersion = policy.Version };

    /// <summary>Open tickets, and those that were solved before anybody had answered: what they owe runs on (rule 5).</summary>
    private static IQueryable<Ticket> Owing(SupportDb db) =>
        db.Set<Ticket>().Where(ticket => ticket.NextFlagAt != null || ticket.Status == TicketStatus.New || ticket.Status == TicketStatus.Open || ticket.Status == TicketStatus.Waiting).Include(ticket => ticket.Obligations).Include(ticket => ticket.Account).Include(ticket => ticket.Requester).OrderBy(ticket => ticket.Number);

    private static async Task<IReadOnlyList<MovedDeadline>> WouldMoveAsync(SupportDb db, Terms terms, Func<TicketFacts, TicketDecision> decide)
    {
        var moved = new List<MovedDeadline>();
        await foreach (var ticket in Owing(db).AsNoTracking().AsAsyncEnumerable())
        {
            var facts = ticket.ToFacts(terms);
            moved.AddRange(Moved(facts, decide(facts)));
        }

        return moved;
    }

    private static async Task<IReadOnlyList<MovedDeadline>> ChangeOwedAsync(
        SupportDb db, Terms terms, Func<TicketFacts, TicketDecision> decide, StaffCaller caller, DateTimeOffset now, List<StateNews> news, Action<Ticket>? change = null)
    {
        var moved = new List<MovedDeadline>();
        var touched = new List<Ticket>();
        foreach (var ticket in await Owing(db).ToListAsync())
        {
            var facts = ticket.ToFacts(terms);
            var decision = decide(facts);
            var moves = Moved(facts, decision);
            await TicketStore.ApplyAsync(db, ticket, decision, caller, now);
            change?.Invoke(ticket);
            moved.AddRange(moves);
            if (moves.Count > 0)
            {
                Touch(ticket, now);
                touched.Add(ticket);
            }
        }

        // Whoever looks at one of them, staff or customer, is to read it again. The work may run twice.
        Guid[] assignees = [.. touched.Select(ticket => ticket.AssigneeId).OfType<Guid>().Distinct()];
        var names = await db.Users.Where(user => assignees.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName);
        news.Clear();
        news.AddRange(touched.Select(ticket => new StateNews(ticket.Number, ticket.Status, ticket.AssigneeId is { } assignee ? names.GetValueOrDefault(assignee) : null)));
        return moved;
    }

    private static List<MovedDeadline> Moved(TicketFacts before, TicketDecision after) =>
    [
        .. before.Obligations.Zip(after.Obligations)
            .Where(pair => pair.First.DueAt != pair.Second.DueAt)
            .Select(pair => new MovedDeadline(before.Number, pair.First.Metric, pair.First.Cycle, pair.First.DueAt, pair.Second.DueAt)),
    ];

    private void TellMoved(List<StateNews> news)
    {
        foreach (var item in news)
        {
            Tell(item.Number, item);
        }
    }

    private static async Task<Refusal?> CarryOnAsync(SupportDb db, Ticket ticket, Ticket target, Terms terms, Caller caller, DateTimeOffset now)
    {
        var merged = MergeRules.Merge(ticket.ToFacts(terms), target.ToFacts(terms), now);
        if (merged.Refusal is { } refusal)
        {
            return refusal;
        }

        if (merged.Value.Into.Claim is not null)
        {
            (target.Criterion, target.Impact) = (ticket.Criterion, ticket.Impact);
        }

        target.PromisesNext |= ticket.PromisesNext;
        await TicketStore.ApplyAsync(db, ticket, merged.Value.From, caller, now);
        await TicketStore.ApplyAsync(db, target, merged.Value.Into, caller, now);
        target.PhoneNumber ??= await Calls.CallBook.CarryAsync(db, ticket.Number, target.Number);
        await Drafts.DraftBook.CarryAsync(db, ticket.Number, target.Number, now);
        Touch(target, now);
        return null;
    }
}

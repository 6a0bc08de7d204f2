using Microsoft.EntityFrameworkCore;
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
}

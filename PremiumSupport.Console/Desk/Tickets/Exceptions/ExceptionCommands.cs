using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Exceptions;

/// <summary>
/// Declares and withdraws response-time exceptions. Approving one moves deadlines, so <see cref="TicketCommands"/> does it; declaring one moves nothing.
/// </summary>
public sealed class ExceptionCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that some exception changed; the id is always 0.</summary>
    public const string Topic = "exception";

    /// <summary>Proposes an exception, for a second person to approve.</summary>
    /// <param name="draft">What was asked for.</param>
    /// <param name="startsAtOnce">True to begin with the approval, whatever the draft says of the start.</param>
    /// <param name="caller">A lead or an admin; nobody else may.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Outcome<ExceptionView>> DeclareAsync(ExceptionDraft draft, bool startsAtOnce, StaffCaller caller, CancellationToken cancellation = default)
    {
        if (!caller.IsLead)
        {
            return new Refusal(RefusalKind.Forbidden, "not-lead", "Team leads and admins declare exceptions.");
        }

        return await writes.RunAsync<Outcome<ExceptionView>>(
            async db =>
            {
                var now = ObligationClock.Whole(clock.GetUtcNow());
                var judged = await JudgeAsync(db, draft, startsAtOnce, now);
                if (judged.Refusal is { } refusal)
                {
                    return refusal;
                }

                var window = judged.Value!;
                var row = new SlaException
                {
                    Id = window.Id,
                    From = window.From,
                    To = window.To,
                    ScopeKind = window.Scope,
                    ScopeValue = window.ScopeValue,
                    Reason = window.Reason,
                    Note = window.Note,
                    AuthorId = caller.StaffId,
                    AuthorName = caller.Name,
                    DeclaredAt = now,
                    State = ExceptionState.Proposed,
                };
                db.Add(row);
                caller.Note(db, now, "declared", Subject(row), null, new { row.From, row.To, row.ScopeKind, row.ScopeValue, row.Note });
                return ExceptionView.Of(row);
            },
            Tell,
            cancellation);
    }

    /// <summary>Takes a proposal back; its author or an admin may.</summary>
    public Task<Outcome<ExceptionView>> WithdrawAsync(Guid id, StaffCaller caller, CancellationToken cancellation = default) => writes.RunAsync<Outcome<ExceptionView>>(
        async db =>
        {
            if (await db.Set<SlaException>().SingleOrDefaultAsync(row => row.Id == id) is not { } row)
            {
                return ExceptionNotFound;
            }

            if (ExceptionRules.WithdrawalObstacle(row.State, row.AuthorId, caller.StaffId, caller.IsAdmin) is { } obstacle)
            {
                return RefusalOf(obstacle);
            }

            caller.Note(db, clock.GetUtcNow(), "withdrew", Subject(row), new { row.State }, new { State = ExceptionState.Withdrawn });
            row.State = ExceptionState.Withdrawn;
            return ExceptionView.Of(row);
        },
        Tell,
        cancellation);

    // Who declares "from now on" said it a moment ago: the request was on its way. It begins when it arrives, so nothing that has run is excused.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(10);

    /// <summary>What the audit log calls one.</summary>
    internal static (string Area, string Key, string Name) Subject(SlaException row) => ("exceptions", row.Id.ToString(), row.Reason.ToString());

    /// <summary>The answer for an id that is none.</summary>
    public static Refusal ExceptionNotFound { get; } = new(RefusalKind.NotFound, "not-found", "There is no such exception.");

    /// <summary>An obstacle as an answer: a person's lack of right is forbidden, anything else a matter of how things stand.</summary>
    public static Refusal RefusalOf(ExceptionObstacle obstacle) => new(
        obstacle.Code is ExceptionRules.OwnException or ExceptionRules.NotYours ? RefusalKind.Forbidden : RefusalKind.Conflict, obstacle.Code, obstacle.Message);

    /// <summary>What a draft would be if it were approved as it stands; or what is wrong with it, by field.</summary>
    internal static async Task<Outcome<ExceptionWindow>> JudgeAsync(SupportDb db, ExceptionDraft draft, bool startsAtOnce, DateTimeOffset now)
    {
        var asked = draft with
        {
            From = startsAtOnce || (draft.From < now && draft.From >= now - OnTheWay) ? now : draft.From is { } from ? ObligationClock.Whole(from) : null,
            To = draft.To is { } to ? ObligationClock.Whole(to) : null,
        };
        var known = await KnownAsync(db, asked);
        return ExceptionRules.Faults(asked, known, now) is { Count: > 0 } faults
            ? Refusal.Invalid([.. faults.Select(fault => (fault.Field, fault.Message))])
            : new ExceptionWindow(Guid.CreateVersion7(now), asked.From!.Value, asked.To!.Value, asked.Scope!.Value, ExceptionRules.ScopeValue(asked, known), asked.Reason!.Value, asked.Note!.Trim());
    }

    private static async Task<ExceptionScopeFacts> KnownAsync(SupportDb db, ExceptionDraft draft)
    {
        var value = draft.ScopeValue?.Trim().ToLowerInvariant() ?? "";
        return draft.Scope switch
        {
            ExceptionScope.Account => new(await db.Set<Account>().Where(account => account.Key == value).Select(account => account.Key).SingleOrDefaultAsync(), null),
            ExceptionScope.Hub => new(null, (await db.Set<Subscription>().Select(subscription => subscription.Hub).Distinct().ToListAsync()).Find(hub => string.Equals(hub, value, StringComparison.OrdinalIgnoreCase))),
            _ => new(null, null),
        };
    }

    private void Tell(Outcome<ExceptionView> outcome)
    {
        if (outcome.IsDone)
        {
            changes.Publish(new(Topic, 0));
        }
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Bulk;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>One change to many tickets, and taking it back.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Does one thing to many tickets. Each is decided for itself, in a transaction of its own that commits with the others': one that is refused keeps nobody else from changing. The
    /// command as a whole is refused only where it makes no sense.
    /// </summary>
    public async Task<Outcome<BulkOutcome>> ChangeManyAsync(IReadOnlyList<BulkSeen> tickets, BulkChange change, StaffCaller caller, CancellationToken cancellation = default)
    {
        if (BulkRules.Check(change, tickets.Count) is { } invalid)
        {
            return invalid;
        }

        return Sum(await Task.WhenAll(tickets.DistinctBy(seen => seen.Number).Select(seen => ChangeOneAsync(seen, change, caller, cancellation))));
    }

    /// <summary>Takes back what <see cref="ChangeManyAsync"/> did, ticket by ticket. What somebody else changed since is left and said.</summary>
    public async Task<BulkOutcome> UndoManyAsync(IReadOnlyList<BulkStep> steps, StaffCaller caller, CancellationToken cancellation = default) =>
        Sum(await Task.WhenAll(steps.Select(step => UndoOneAsync(step, caller, cancellation))));

    private async Task<(long Number, BulkStep? Step, Refusal? Refusal)> ChangeOneAsync(BulkSeen seen, BulkChange change, StaffCaller caller, CancellationToken cancellation)
    {
        BulkStep? step = null;
        var outcome = await WriteAsync(seen.Number, caller, null, async (db, ticket, terms, now) =>
        {
            var before = BulkState.Of(ticket);
            var facts = ticket.ToFacts(terms);
            var name = change.Assignee is { To: { } to } ? await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).SingleOrDefaultAsync() : "";
            if (name is null)
            {
                return Refusal.Invalid(("assignee", "There is nobody of that address on the staff."));
            }

            if (BulkRules.CheckSeen(facts, seen, change) is { } meanwhile)
            {
                return meanwhile;
            }

            var decision = BulkRules.Decide(facts, change, name, now);
            if (decision.Refusal is { } refusal)
            {
                return refusal;
            }

            await TicketStore.ApplyAsync(db, ticket, decision.Value!, caller, now);
            if (change.Tag is { } tag)
            {
                var tags = BulkRules.AddTag(ticket.Tags, tag);
                if (tags.Refusal is { } full)
                {
                    return full;
                }

                Retag(db, ticket, tags.Value ?? ticket.Tags, caller, now);
            }

            step = new(seen.Number, before, BulkState.Of(ticket));
            return null;
        }, cancellation);
        return (seen.Number, outcome.IsDone ? step : null, outcome.Refusal);
    }

    private async Task<(long Number, BulkStep? Step, Refusal? Refusal)> UndoOneAsync(BulkStep done, StaffCaller caller, CancellationToken cancellation)
    {
        BulkStep? step = null;
        var outcome = await WriteAsync(done.Number, caller, null, async (db, ticket, terms, now) =>
        {
            var (found, before) = (BulkState.Of(ticket), done.Before);
            if (BulkRules.CheckUntouched(done, found) is { } touched)
            {
                return touched;
            }

            if (done.After.AssigneeId != before.AssigneeId)
            {
                var name = await db.Users.Where(user => user.Id == before.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
                var decision = TicketRules.Assign(ticket.ToFacts(terms), before.AssigneeId, name ?? "", now);
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                await TicketStore.ApplyAsync(db, ticket, decision.Value!, caller, now);
            }

            if (done.After.Status != before.Status)
            {
                await TicketStore.ApplyAsync(db, ticket, BulkRules.PutBack(ticket.ToFacts(terms), before.Status, now), caller, now);
            }

            Retag(db, ticket, done.After.Tags.SequenceEqual(before.Tags) ? ticket.Tags : before.Tags, caller, now);
            step = new(done.Number, found, BulkState.Of(ticket));
            return null;
        }, cancellation);
        return (done.Number, outcome.IsDone ? step : null, outcome.Refusal);
    }

    private static void Retag(Platform.Data.SupportDb db, Ticket ticket, IReadOnlyList<string> tags, StaffCaller caller, DateTimeOffset now)
    {
        if (!tags.SequenceEqual(ticket.Tags))
        {
            ticket.Tags = tags;
            TicketStore.Record(db, ticket, [new(TicketEventKind.Tagged, string.Join(", ", tags))], caller, now);
        }
    }

    private static BulkOutcome Sum(IEnumerable<(long Number, BulkStep? Step, Refusal? Refusal)> results)
    {
        var all = results.ToList();
        return new(
            [.. all.Select(result => result.Step).OfType<BulkStep>().Where(step => !step.Before.IsLike(step.After))],
            [.. all.Where(result => result.Refusal is not null).Select(result => new BulkRefusal(result.Number, result.Refusal!))]);
    }
}

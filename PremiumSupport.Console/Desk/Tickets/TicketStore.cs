using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Loads a ticket as facts and stores a decision about it, all inside the write queue's transaction.</summary>
internal static class TicketStore
{
    /// <summary>The ticket if the caller may see it, else null: a stranger's and a missing one look the same (trust rule 1).</summary>
    public static async Task<Ticket?> LoadAsync(SupportDb db, long number, Caller caller)
    {
        var query = db.Set<Ticket>().Include(ticket => ticket.Obligations).Include(ticket => ticket.Account).Include(ticket => ticket.Requester).Where(ticket => ticket.Number == number);
        if (caller is CustomerCaller customer)
        {
            query = query.Where(ticket => ticket.RequesterId == customer.ContactId);
        }

        return await query.SingleOrDefaultAsync();
    }

    /// <summary>The ticket as the rules see it. Needs account and requester loaded.</summary>
    public static TicketFacts ToFacts(this Ticket ticket) => new(
        ticket.Status, ticket.Severity, ticket.Claim, ticket.AssigneeId,
        new()
        {
            AccountName = ticket.Account!.Name,
            EntitledUntil = ticket.EntitledUntil,
            RequesterName = ticket.Requester!.Name,
            Role = ticket.RequesterRole,
            Channel = ticket.Channel,
            Claim = ticket.Claim,
            Criterion = ticket.Criterion,
            StartedAt = ticket.CreatedAt,
        },
        [.. ticket.Obligations.OrderBy(obligation => obligation.Id).Select(obligation => obligation.ToFacts())]);

    /// <summary>Stores what was decided: columns, timeline and ledger. A decision that changes nothing leaves the version as it is.</summary>
    public static async Task ApplyAsync(SupportDb db, Ticket ticket, TicketDecision decision, Caller caller, DateTimeOffset now, Dictionary<Guid, LedgerEntry>? heads = null)
    {
        ticket.Status = decision.Status ?? ticket.Status;
        ticket.Severity = decision.Severity ?? ticket.Severity;
        ticket.Claim = decision.Claim ?? ticket.Claim;
        ticket.ClaimReason = decision.ClaimReason ?? ticket.ClaimReason;
        if (decision.Assignee is { } assignee)
        {
            ticket.AssigneeId = assignee.To;
        }

        foreach (var (row, facts) in ticket.Obligations.OrderBy(obligation => obligation.Id).Zip(decision.Obligations).ToList())
        {
            row.Take(facts);
        }

        Schedule(ticket, decision.Obligations);
        Record(db, ticket, decision.Events, caller, now);
        await AppendAsync(db, ticket, decision.Ledger, heads);
    }

    /// <summary>Keeps the columns that queue and sweep sort by.</summary>
    public static void Schedule(Ticket ticket, IReadOnlyList<ObligationFacts> obligations)
    {
        ticket.NextDueAt = obligations.Where(obligation => obligation.IsOpen).Min(obligation => (DateTimeOffset?)obligation.DueAt);
        ticket.NextFlagAt = obligations.Min(obligation => obligation.NextFlagAt);
    }

    /// <summary>Writes the timeline. What the clock did is nobody's deed.</summary>
    public static void Record(SupportDb db, Ticket ticket, IEnumerable<EventDraft> events, Caller caller, DateTimeOffset now)
    {
        foreach (var draft in events)
        {
            var byClock = draft.Kind is TicketEventKind.Warned or TicketEventKind.Breached;
            db.Add(new TicketEvent
            {
                TicketNumber = ticket.Number,
                Kind = draft.Kind,
                At = now,
                ActorId = byClock ? null : caller.Id,
                ActorName = byClock ? Caller.System.Name : caller.Name,
                Detail = draft.Detail,
                Before = draft.Before,
            });
        }
    }

    /// <summary>Appends facts to the chain of the ticket's account. The write queue is the only writer, so the head that is read here is the head.</summary>
    /// <param name="heads">Heads by account for those who append to many tickets: looking through what is not saved yet grows with its square.</param>
    public static async Task AppendAsync(SupportDb db, Ticket ticket, IReadOnlyList<LedgerFact> facts, Dictionary<Guid, LedgerEntry>? heads = null)
    {
        if (facts.Count == 0)
        {
            return;
        }

        // Facts appended earlier in this unit of work are not in the database yet.
        var head = heads?.GetValueOrDefault(ticket.AccountId)
            ?? db.ChangeTracker.Entries<LedgerEntry>().Select(entry => entry.Entity).Where(entry => entry.AccountId == ticket.AccountId).MaxBy(entry => entry.Sequence)
            ?? await db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.AccountId == ticket.AccountId).OrderByDescending(entry => entry.Sequence).FirstOrDefaultAsync();
        LedgerEntry[] entries = [.. Chain(ticket, facts, head?.Sequence ?? 0, head?.Hash ?? LedgerChain.Genesis)];
        db.AddRange(entries);
        if (heads is not null)
        {
            heads[ticket.AccountId] = entries[^1];
        }
    }

    /// <summary>Facts as entries behind a head, each holding the hash of the one before.</summary>
    public static IEnumerable<LedgerEntry> Chain(Ticket ticket, IReadOnlyList<LedgerFact> facts, long sequence, string previous)
    {
        foreach (var fact in facts)
        {
            var data = LedgerChain.Canonical(fact.Data);
            var hash = LedgerChain.Hash(previous, ticket.Account!.Key, ++sequence, ticket.Number, fact.Kind, fact.At, fact.Metric, fact.Cycle, data);
            yield return new()
            {
                AccountId = ticket.AccountId,
                Sequence = sequence,
                TicketNumber = ticket.Number,
                Kind = fact.Kind,
                At = fact.At,
                Metric = fact.Metric,
                Cycle = fact.Cycle,
                Data = data,
                PreviousHash = previous,
                Hash = hash,
            };
            previous = hash;
        }
    }
}

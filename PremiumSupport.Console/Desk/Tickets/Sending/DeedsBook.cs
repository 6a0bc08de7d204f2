using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>Does to a ticket what goes with an answer or a note, inside the transaction that writes it.</summary>
internal static class DeedsBook
{
    /// <summary>
    /// Does them one after the other, each for itself, and answers why those that were not done were not. Nothing is noted in the audit log and the version stays; that is the caller's to do.
    /// </summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="ticket">The ticket, loaded as <see cref="TicketStore.LoadAsync"/> loads it.</param>
    /// <param name="deeds">What to do.</param>
    /// <param name="seen">Who had the ticket when the author pressed Send; null for nobody.</param>
    /// <param name="terms">What is promised now.</param>
    /// <param name="caller">The author.</param>
    /// <param name="now">When.</param>
    public static async Task<IReadOnlyList<Refusal>> DoAsync(SupportDb db, Ticket ticket, SendDeeds deeds, Guid? seen, Terms terms, StaffCaller caller, DateTimeOffset now)
    {
        List<Refusal> undone = [];
        if (deeds.Takes)
        {
            var name = await db.Users.Where(user => user.Id == ticket.AssigneeId).Select(user => user.DisplayName).SingleOrDefaultAsync();
            await StepAsync(SendRules.TakenMeanwhile(seen, ticket.AssigneeId, name, caller.StaffId) is { } taken ? taken : TicketRules.Assign(ticket.ToFacts(terms), caller.StaffId, caller.Name, now));
        }

        if (deeds.Status is { } status)
        {
            await StepAsync(TicketRules.ChangeStatus(ticket.ToFacts(terms), status, now));
        }

        if (deeds.Tags.Count > 0)
        {
            var changed = TagRules.Change(ticket.Tags, deeds.Tags, []);
            if (changed.Refusal is { } tooMany)
            {
                undone.Add(tooMany);
            }
            else if (!changed.Value!.SequenceEqual(ticket.Tags))
            {
                ticket.Tags = changed.Value!;
                TicketStore.Record(db, ticket, [new(TicketEventKind.Tagged, string.Join(", ", ticket.Tags))], caller, now);
            }
        }

        return undone;

        async Task StepAsync(Outcome<TicketDecision> step)
        {
            if (step.Value is { } decision)
            {
                await TicketStore.ApplyAsync(db, ticket, decision, caller, now);
            }
            else
            {
                undone.Add(step.Refusal!);
            }
        }
    }

    /// <summary>Why they were not done, as sentences on one line; null when all were.</summary>
    public static string? InWords(IReadOnlyList<Refusal> undone) => undone.Count == 0 ? null : string.Join(' ', undone.Select(refusal => refusal.Message));

    /// <summary>Tells the author of an answer that has gone out, wherever they are by now, what was not done with it.</summary>
    public static void Tell(SupportDb db, Ticket ticket, string undone, StaffCaller author, DateTimeOffset now) =>
        HeadsUpWriter.Add(db, HeadsUpKind.Undone, ticket.Number, [author.StaffId], (null, Caller.System.Name), MessageText.Beginning(undone, HeadsUp.LongestText), ticket.NextDueAt, now);
}

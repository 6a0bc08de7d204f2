using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about tickets that become one, or two.</summary>
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
        // Before the other is looked at, so that one that was put away comes back for the call.
        target.PhoneNumber ??= await Calls.CallBook.CarryAsync(db, ticket.Number, target.Number);
        await TicketStore.ApplyAsync(db, target, merged.Value.Into, caller, now);
        await Drafts.DraftBook.CarryAsync(db, ticket.Number, target.Number, now);
        Touch(target, now);
        return null;
    }
}

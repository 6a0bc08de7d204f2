using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets.Mail;
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

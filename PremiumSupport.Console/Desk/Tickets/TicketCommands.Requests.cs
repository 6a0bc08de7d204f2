using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs of a customer about their own request.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The customer needs no more help. What is owed stays owed; see <see cref="RequestRules.Close"/>.</summary>
    public Task<Outcome<TicketState>> CloseAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, async (db, ticket, now) =>
        {
            var closed = RequestRules.Close(ticket, now);
            if (closed.IsDone && await db.Set<Calls.Callback>().FindAsync(number) is { NextCallAt: not null } callback)
            {
                callback.Settle(Calls.CallbackState.Cancelled);
            }

            return closed;
        }, cancellation);

    /// <summary>The customer needs more help with what was solved.</summary>
    public Task<Outcome<TicketState>> ReopenAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, (_, ticket, now) => Task.FromResult(RequestRules.Reopen(ticket, now)), cancellation);

    /// <summary>
    /// The customer rates a solved request, or changes their rating while they may. The ticket itself stays as it is, promises and all, so no form of a colleague becomes stale; its
    /// timeline says it. The same rating again changes nothing.
    /// </summary>
    public async Task<Outcome<RatingView>> RateAsync(long number, RatingScore? score, string? comment, RatingOptions options, CustomerCaller caller, CancellationToken cancellation = default)
    {
        var words = MessageText.Tidy(comment);
        if (RatingRules.Check(score, words) is { } invalid)
        {
            return invalid;
        }

        return await writes.RunAsync<Outcome<RatingView>>(
            async db =>
            {
                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                var now = Now();
                var rating = await db.Set<Rating>().SingleOrDefaultAsync(rating => rating.TicketNumber == number);
                RatedBefore? before = rating is null ? null : new(rating.RatedAt, await RatedAgainQueries.IsReopenedAsync(db, rating));
                if (RatingRules.Obstacle(ticket.Status, ticket.MergedInto is not null, before, options.ChangeableFor, now) is { } obstacle)
                {
                    return obstacle;
                }

                if (rating is null)
                {
                    rating = new() { TicketNumber = number, RatedAt = now };
                    db.Add(rating);
                }
                else if (before is { WasReopened: true })
                {
                    rating.RatedAt = now;
                }
                else if (rating.Score == score && rating.Comment == words)
                {
                    return RatingView.Of(rating)!;
                }

                (rating.ContactId, rating.AssigneeId, rating.Score, rating.Comment, rating.ChangedAt) = (caller.ContactId, ticket.AssigneeId, score!.Value, words, now);
                TicketStore.Record(db, ticket, [new(TicketEventKind.Rated, TicketRules.Word(rating.Score))], caller, now);
                return RatingView.Of(rating)!;
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
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The customer's verbs about the call that they asked for.</summary>
public sealed partial class TicketCommands
{
    /// <summary>The customer needs no call.</summary>
    public Task<Outcome<TicketState>> CancelCallbackAsync(long number, CustomerCaller caller, CancellationToken cancellation = default) =>
        ChangeCallbackAsync(number, caller, (_, ticket, callback, now) =>
        {
            if (callback.State == CallbackState.Cancelled)
            {
                return Task.FromResult(new Outcome<TicketDecision>(TicketRules.Flag(ticket, now), null));
            }

            var cancelled = CallRules.Cancel(ticket, now);
            if (cancelled.Value is not { } decision)
            {
                return Task.FromResult(cancelled);
            }

            callback.Settle(CallbackState.Cancelled);
            return Task.FromResult<Outcome<TicketDecision>>(decision with { Events = [.. decision.Events, new(TicketEventKind.CallbackCancelled)] });
        }, cancellation);

    /// <summary>The customer wants the call at another time, or on another number; null leaves the number as it is.</summary>
    public Task<Outcome<TicketState>> RescheduleCallbackAsync(long number, CallWish? wish, string? phoneNumber, CustomerCaller caller, CancellationToken cancellation = default) =>
        ChangeCallbackAsync(number, caller, async (db, ticket, callback, now) =>
        {
            var window = CallWindow.Read(wish, now);
            if (window.Refusal is { } wrong)
            {
                return wrong;
            }

            var called = string.IsNullOrWhiteSpace(phoneNumber) ? callback.Number : PhoneNumberParser.ToE164(phoneNumber);
            if (called is null)
            {
                return Refusal.Invalid(("phoneNumber", PhoneNumberParser.HowToWrite));
            }

            if (await CallQueries.ObstacleAsync(db, called, number, caller) is { } obstacle)
            {
                return obstacle;
            }

            var moved = CallRules.Reschedule(ticket, window.Value?.From, now);
            if (moved.Value is not { } decision)
            {
                return moved;
            }

            callback.Number = called;
            callback.Wish(window.Value, wish?.Zone, now);
            var until = window.Value is { } hours ? $"{ObligationClock.Text(hours.From)}/{ObligationClock.Text(hours.To)}" : "";
            return decision with { Events = [.. decision.Events, new(TicketEventKind.CallbackMoved, until)] };
        }, cancellation);

    private Task<Outcome<TicketState>> ChangeCallbackAsync(
        long number, CustomerCaller caller, Func<SupportDb, TicketFacts, Callback, DateTimeOffset, Task<Outcome<TicketDecision>>> change, CancellationToken cancellation) =>
        WriteAsync(number, caller, null, async (db, ticket, terms, now) =>
        {
            if (await db.Set<Callback>().FindAsync(number) is not { } callback)
            {
                return Refusal.Conflict("no-callback", "No call was asked for with this request.");
            }

            var since = now - LongestCall;
            if (await db.Set<Call>().AnyAsync(call => call.TicketNumber == number && call.EndedAt == null && call.StartedAt > since))
            {
                return Refusal.Conflict("already-calling", "We are ringing you right now.");
            }

            var decided = await change(db, ticket.ToFacts(terms), callback, now);
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            ticket.PhoneNumber = callback.Number;
            await TicketStore.ApplyAsync(db, ticket, decided.Value!, caller, now);
            return null;
        }, cancellation);
}

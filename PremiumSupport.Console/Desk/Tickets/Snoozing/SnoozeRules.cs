using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Snoozing;

/// <summary>Why a ticket that was put away is back.</summary>
public enum WakeReason { Time, Promise, Customer, Hand, Given, Call }

/// <summary>A ticket is put away, or brought back.</summary>
/// <param name="Until">When it comes back at the latest; null brings it back now.</param>
/// <param name="IsForAnswer">Whether no time was named: it waits for its customer.</param>
/// <param name="Why">Why it is back.</param>
public readonly record struct SnoozeChange(DateTimeOffset? Until, bool IsForAnswer = false, WakeReason Why = WakeReason.Hand);

/// <summary>
/// Putting a ticket away for a while: pure. It never hides a promise: what is warned about, at risk or missed is in sight again at that very instant. Nor does it hide a call that is meant to
/// be made (<see cref="Calls.Callback.NextCallAt"/>): a try that is promised to nobody but oneself is in sight when it is due.
/// </summary>
public static class SnoozeRules
{
    /// <summary>Nothing is forgotten for longer, waited for or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>When a promise on the ticket is next warned about, at risk or missed, or the customer is to be called; null when none of it can be.</summary>
    /// <param name="obligations">All its promises.</param>
    /// <param name="nextCallAt">When its customer is to be called next; null when no call is meant to be made.</param>
    /// <param name="now">When it is asked.</param>
    public static DateTimeOffset? Limit(IEnumerable<ObligationFacts> obligations, DateTimeOffset? nextCallAt, DateTimeOffset now) =>
        PromiseLimit(obligations, now) is { } promise ? Earliest(promise, nextCallAt) : nextCallAt;

    /// <summary>Why a ticket cannot be put away until then, in a sentence; null when it can.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="obligations">All its promises, caught up.</param>
    /// <param name="nextCallAt">When its customer is to be called next; null when no call is meant to be made.</param>
    /// <param name="until">Null for until its customer answers.</param>
    /// <param name="now">When it is asked.</param>
    public static Refusal? Check(TicketStatus status, IReadOnlyList<ObligationFacts> obligations, DateTimeOffset? nextCallAt, DateTimeOffset? until, DateTimeOffset now) =>
        status is TicketStatus.Solved or TicketStatus.Closed ? Refusal.Conflict("not-open", "This ticket is no longer open; there is nothing to put away.")
        : IsInDanger(obligations, now) ? Refusal.Conflict("promise-in-danger", "A promise on this ticket is at risk or overdue, so it stays in sight until somebody answers.")
        : nextCallAt <= now ? Refusal.Conflict("call-due", "Its customer is to be called now, so it stays in sight until somebody has called.")
        : until is not { } asked ? null
        : asked <= now ? Refusal.Invalid(("until", "Choose a time that is still to come."))
        : asked - now > Longest ? Refusal.Invalid(("until", $"Choose a time within {Longest.Days} days; nothing is put away for longer."))
        : asked > nextCallAt
            ? Refusal.Conflict("past-call", $"Its customer is to be called in {ExplanationWords.Duration(Minutes(nextCallAt.Value - now))}; it can be put away until then at most, so that the call is made.")
        : PromiseLimit(obligations, now) is { } limit && asked > limit
            ? Refusal.Conflict("past-warning", $"A promise on this ticket is warned about in {ExplanationWords.Duration(Minutes(limit - now))}; it can be put away until then at most, so that the promise stays in sight.")
        : null;

    /// <summary>A specialist puts the ticket away until an instant, or until its customer answers.</summary>
    public static Outcome<TicketDecision> Snooze(TicketFacts ticket, DateTimeOffset? nextCallAt, DateTimeOffset? until, DateTimeOffset now)
    {
        var decision = TicketRules.CatchUp(ticket, now);
        if (Check(ticket.Status, decision.Obligations, nextCallAt, until, now) is { } refusal)
        {
            return refusal;
        }

        var back = Earliest(until ?? now + Longest, Limit(decision.Obligations, nextCallAt, now));
        return decision with
        {
            Snooze = new(back, IsForAnswer: until is null),
            Events = [.. decision.Events, new(TicketEventKind.Snoozed, ObligationClock.Text(back), until is null ? "answer" : "")],
        };
    }

    /// <summary>A specialist brings it back.</summary>
    public static TicketDecision Wake(TicketFacts ticket, WakeReason why, DateTimeOffset now) => TicketRules.CatchUp(ticket, now) with { Snooze = new(null, Why: why) };

    /// <summary>Until when a ticket that is put away stays so after whatever happened to it: earlier where a promise or a call now asks for it; null, and why, where it is back.</summary>
    public static (DateTimeOffset? Until, WakeReason Why) Kept(DateTimeOffset until, IReadOnlyList<ObligationFacts> obligations, DateTimeOffset? nextCallAt, DateTimeOffset now) =>
        IsInDanger(obligations, now) || obligations.Any(obligation => obligation.IsOpen && obligation.Warnings.Any(warning => warning.FiredAt == ObligationClock.Whole(now))) ? (null, WakeReason.Promise)
        : nextCallAt <= now ? (null, WakeReason.Call)
        : until <= now ? (null, WakeReason.Time)
        : (Earliest(until, Limit(obligations, nextCallAt, now)), default);

    private static DateTimeOffset? PromiseLimit(IEnumerable<ObligationFacts> obligations, DateTimeOffset now) => Running(obligations)
        .SelectMany(obligation => new[] { obligation.NextFlagAt, obligation.AtRiskAt > now ? obligation.AtRiskAt : null })
        .Min();

    private static TimeSpan Minutes(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? span : TimeSpan.FromMinutes(Math.Floor(span.TotalMinutes));

    private static bool IsInDanger(IEnumerable<ObligationFacts> obligations, DateTimeOffset now) => Running(obligations).Any(obligation => obligation.BreachedAt is not null || obligation.AtRiskAt <= now);

    // What stands still while the customer is waited for warns of nothing.
    private static IEnumerable<ObligationFacts> Running(IEnumerable<ObligationFacts> obligations) => obligations.Where(obligation => obligation is { IsOpen: true, PausedAt: null });

    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}

using PremiumSupport.Desk.Tickets.Calls;

namespace PremiumSupport.Channels.Phone;

/// <summary>What a telephone system tells of a call.</summary>
/// <param name="Type"><c>call.ringing</c>, <c>call.answered</c> or <c>call.ended</c>.</param>
/// <param name="CallId">Ours where we told it to dial, else its own, the same in all messages of the call; at most 100 characters.</param>
/// <param name="Direction"><c>outgoing</c> or <c>incoming</c>.</param>
/// <param name="Number">The other side in E.164; absent when it is hidden. A hint and no identity.</param>
/// <param name="Agent">The email address of the specialist whose telephone it is.</param>
/// <param name="Outcome">With <c>call.ended</c>: <c>reached</c>, <c>noAnswer</c>, <c>busy</c>, <c>voicemail</c> or <c>wrongNumber</c>. When it is absent: reached if it was answered, else no answer.</param>
internal sealed record TelephonyEventInput(string? Type, string? CallId, string? Direction, string? Number, string? Agent, string? Outcome);

/// <summary>The call as it is known after a message.</summary>
internal sealed record TelephonyCallOut(Guid CallId, long? Ticket, CallDirection Direction, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, CallOutcome? Outcome)
{
    public static TelephonyCallOut Of(CallView call) => new(call.Id, call.TicketNumber, call.Direction, call.StartedAt, call.AnsweredAt, call.EndedAt, call.Outcome);
}

/// <summary>What a telephone system is told: ring this specialist, then that number.</summary>
/// <param name="CallId">To be said back in every message of the call.</param>
/// <param name="Number">E.164.</param>
/// <param name="Agent">The specialist's email address.</param>
/// <param name="Ticket">The ticket that it is about.</param>
internal sealed record DialOut(Guid CallId, string Number, string Agent, long Ticket);

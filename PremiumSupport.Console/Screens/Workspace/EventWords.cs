using System.Globalization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Screens.Shell;

namespace PremiumSupport.Screens.Workspace;

/// <summary>Says an event in a sentence without its actor's name in front, so that folded ones read as a list.</summary>
public static class EventWords
{
    /// <summary>The sentence; <paramref name="me"/> is told what "you" did.</summary>
    public static string Of(TicketEvent happening, Guid me)
    {
        var who = happening.ActorId == me ? "You" : happening.ActorName;
        return happening.Kind switch
        {
            TicketEventKind.Opened => $"{who} opened the request.",
            TicketEventKind.Assigned when happening.Detail == happening.ActorName => $"{who} took the ticket.",
            TicketEventKind.Assigned => $"{who} gave it to {happening.Detail}.",
            TicketEventKind.Unassigned => $"{who} gave it to nobody.",
            TicketEventKind.StatusChanged => $"{who} moved it from {happening.Before} to {happening.Detail}.",
            TicketEventKind.SeverityChanged when happening.Detail.Split(": ", 2) is [var word, var reason] => $"{who} set the severity to {Severity(word)}: {reason}",
            TicketEventKind.SeverityChanged => $"{who} set the severity to {Severity(happening.Detail)}.",
            TicketEventKind.ClaimConfirmed => $"{who} confirmed that it is business critical.",
            TicketEventKind.ClaimDeclined => $"{who} declined the claim: {happening.Detail}",
            TicketEventKind.SubjectChanged => $"{who} changed the subject.",
            TicketEventKind.Tagged => $"{who} changed the tags to {(happening.Detail.Length == 0 ? "none" : happening.Detail)}.",
            TicketEventKind.Called when happening.Detail == "calledIn" => $"The customer rang us and spoke with {(happening.ActorId == me ? "you" : happening.ActorName)}{Length(happening.Before)}.",
            TicketEventKind.Called => $"{who} called: {Call(happening.Detail)}{Length(happening.Before)}.",
            TicketEventKind.CallbackCancelled => $"{who} needs no call any more.",
            TicketEventKind.CallbackMoved => $"{who} asked for the call at another time or on another number.",
            TicketEventKind.Warned => Warning(happening.Detail),
            TicketEventKind.Breached => "The promise was missed.",
            TicketEventKind.Answered => happening.Detail == "met" ? "The promise was kept." : "The promise was answered late.",
            TicketEventKind.Reopened => "It is open again.",
            TicketEventKind.Merged => $"{who} merged it into #{happening.Detail}, which carries its promises on.",
            TicketEventKind.TookIn => $"{who} merged #{happening.Detail} into it.",
            TicketEventKind.SplitOff => $"{who} split part of it off as #{happening.Detail}.",
            TicketEventKind.SplitFrom => $"{who} split it off #{happening.Detail}.",
            TicketEventKind.DeadlineMoved => "The deadline moved.",
            TicketEventKind.Paused => "The clock stands while we wait for the customer.",
            TicketEventKind.RequesterChanged => $"{who} changed the requester from {happening.Before} to {happening.Detail}.",
            TicketEventKind.Bounced => $"{(happening.Before.Length > 0 ? "A mail" : "An answer")} of ours never arrived: {happening.Detail}",
            TicketEventKind.MailHeld => $"Somebody else wrote by mail: {happening.Detail}. The mail waits, and nothing is sent to them.",
            TicketEventKind.Rated => $"{who} rated the help: {(Enum.TryParse<RatingScore>(happening.Detail, ignoreCase: true, out var score) ? Words.Of(score).ToLowerInvariant() : happening.Detail)}.",
            TicketEventKind.Skipped => $"{who} skipped it: {(Enum.TryParse<SkipReason>(happening.Before, ignoreCase: true, out var why) ? Words.Of(why) : happening.Before)}{(happening.Detail.Length > 0 ? $", “{happening.Detail}”" : "")}.",
            TicketEventKind.Nudged => $"{who} asked {happening.Before} to look at it{(happening.Detail.Length > 0 ? $": “{happening.Detail}”" : ".")}",
            TicketEventKind.Snoozed => $"{who} put it away{(happening.Before == "answer" ? " until the customer answers" : Away(happening))}.",
            TicketEventKind.Woken => happening.Detail switch
            {
                "time" => "Its time is over: it is back.",
                "promise" => "It is back, because a promise on it is due to be looked at.",
                "call" => "It is back, because its customer is to be called.",
                "customer" => "The customer wrote: it is back.",
                "given" => "It is back, because it changed hands.",
                _ => $"{who} brought it back.",
            },
            TicketEventKind.Imported => $"It came from another system as {happening.Detail}, solved then.",
            TicketEventKind.Linked => $"{who} linked it: {LinkWords.OfEvent(happening.Detail)}.",
            TicketEventKind.Unlinked => $"{who} took a link away: {LinkWords.OfEvent(happening.Detail)}.",
            _ => happening.Detail,
        };
    }

    private static string Away(TicketEvent happening) =>
        DateTimeOffset.TryParse(happening.Detail, CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) ? $" for {Sla.ExplanationWords.Duration(until - happening.At)}" : "";

    private static string Severity(string word) => word == "businessCritical" ? "business critical" : word;

    private static string Call(string word) => word switch { "reached" => "reached", "noAnswer" => "no answer", "busy" => "busy", "voicemail" => "voicemail", "wrongNumber" => "wrong number", _ => word };

    private static string Length(string seconds) =>
        long.TryParse(seconds, CultureInfo.InvariantCulture, out var length) && length > 0 ? $", {Sla.ExplanationWords.Duration(TimeSpan.FromSeconds(length))}" : "";

    // A step is "50%" or a duration before the end.
    private static string Warning(string step)
    {
        if (step.EndsWith('%') && int.TryParse(step.AsSpan(0, step.Length - 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var percent))
        {
            return percent switch { 50 => "Half of the promise is used.", 75 => "Three quarters of the promise are used.", _ => $"{percent} % of the promise are used." };
        }

        return TimeSpan.TryParse(step.TrimStart('-'), CultureInfo.InvariantCulture, out var before)
            ? $"{Sla.ExplanationWords.Duration(before)} of the promise are left."
            : $"The promise reached {step}.";
    }
}

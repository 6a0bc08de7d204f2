using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Nudging;

/// <summary>What is known where somebody asks for a look at a ticket.</summary>
/// <param name="Assignee">Who looks after it; null for nobody, or for somebody who was switched off.</param>
/// <param name="OnShift">Who is connected and not away.</param>
/// <param name="HasJustAsked">Whether the same person has nudged about it within <see cref="NudgeRules.Again"/>.</param>
public sealed record NudgeFacts(TicketStatus Status, Guid? Assignee, IReadOnlySet<Guid> OnShift, string Note, bool HasJustAsked);

/// <summary>Who may ask whom to look at a ticket: pure.</summary>
public static class NudgeRules
{
    /// <summary>How long one person waits before they ask about the same ticket again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Who is asked: the assignee, wherever they are, or where nobody is assigned everybody on shift, since each of them may take it. The one who asks is never asked.
    /// Leads and admins ask; others talk to each other in notes.
    /// </summary>
    public static Outcome<IReadOnlyList<Guid>> Ask(NudgeFacts facts, StaffCaller caller)
    {
        if (caller is { IsLead: false, IsAdmin: false })
        {
            return new Refusal(RefusalKind.Forbidden, "forbidden", "Team leads and admins ask for a look. Name a colleague in a note instead.");
        }

        if (facts.Note.Length > HeadsUp.LongestText)
        {
            return Refusal.Invalid(("note", $"Keep it to {HeadsUp.LongestText} characters."));
        }

        if (facts.Status is TicketStatus.Solved or TicketStatus.Closed)
        {
            return Refusal.Conflict("not-open", $"This ticket is {(facts.Status == TicketStatus.Solved ? "solved" : "closed")}; there is nothing to look at. Open it again first.");
        }

        if (facts.Assignee == caller.StaffId)
        {
            return Refusal.Conflict("own-ticket", "You look after this ticket yourself.");
        }

        if (facts.HasJustAsked)
        {
            return Refusal.Conflict("just-asked", "You asked a moment ago. Give them a minute.");
        }

        Guid[] asked = facts.Assignee is { } assignee ? [assignee] : [.. facts.OnShift.Where(person => person != caller.StaffId).Order()];
        return asked.Length == 0
            ? Refusal.Conflict("nobody-here", "Nobody is assigned, and nobody else is on shift to be asked. Give it to somebody; they see it when they come.")
            : asked;
    }
}

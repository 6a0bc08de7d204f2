using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A ticket as it was before somebody of the staff changed it: what the audit log tells of it. What customers and the clock do stands on the timeline and the ledger.</summary>
internal sealed record TicketAudit(TicketStatus Status, Severity Severity, ClaimState Claim, Guid? AssigneeId, Guid RequesterId, string Subject, IReadOnlyList<string> Tags, long? MergedInto, DateTimeOffset? SnoozedUntil)
{
    /// <summary>The ticket as it is now.</summary>
    public static TicketAudit Of(Ticket ticket) => new(ticket.Status, ticket.Severity, ticket.Claim, ticket.AssigneeId, ticket.RequesterId, ticket.Subject, ticket.Tags, ticket.MergedInto, ticket.SnoozedUntil);

    /// <summary>Notes what is different now, if anything is.</summary>
    public async Task NoteAsync(SupportDb db, Ticket ticket, Caller caller, DateTimeOffset now)
    {
        if (caller is not StaffCaller || this == Of(ticket))
        {
            return;
        }

        var other = Of(ticket);
        caller.Note(
            db, now, "changed", ("tickets", ticket.Number.ToString(CultureInfo.InvariantCulture), ticket.Subject), await WordsAsync(db, this, other), await WordsAsync(db, other, this));
    }

    // People are looked up only where they changed.
    private static async Task<object> WordsAsync(SupportDb db, TicketAudit state, TicketAudit other) => new
    {
        state.Status,
        state.Severity,
        state.Claim,
        Assignee = state.AssigneeId != other.AssigneeId ? await db.Users.Where(user => user.Id == state.AssigneeId).Select(user => user.Email).SingleOrDefaultAsync() : null,
        Requester = state.RequesterId != other.RequesterId ? await db.Set<Accounts.Contact>().Where(contact => contact.Id == state.RequesterId).Select(contact => contact.Email).SingleOrDefaultAsync() : null,
        state.Subject,
        state.Tags,
        state.MergedInto,
        state.SnoozedUntil,
    };
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>The verbs about what a ticket is, where it stands and who has it.</summary>
public sealed partial class TicketCommands
{
    /// <summary>Gives the ticket to somebody, or to nobody.</summary>
    public Task<Outcome<TicketState>> AssignAsync(long number, Guid? to, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, async (db, ticket, now) =>
        {
            var name = to is null ? "" : await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).SingleOrDefaultAsync();
            return name is null
                ? Refusal.Invalid(("assignee", "There is nobody of that address on the staff."))
                : TicketRules.Assign(ticket, to, name, now);
        }, cancellation);

    /// <summary>Takes a ticket that nobody has. One that a colleague took first is refused in words.</summary>
    public Task<Outcome<TicketState>> ClaimAsync(long number, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, (_, ticket, now) => Task.FromResult(
            ticket.AssigneeId is null || ticket.AssigneeId == caller.StaffId
                ? TicketRules.Assign(ticket, caller.StaffId, caller.Name, now)
                : Refusal.Conflict("already-claimed", "A colleague took this ticket first.")), cancellation);

    /// <summary>Changes the status.</summary>
    public Task<Outcome<TicketState>> ChangeStatusAsync(long number, TicketStatus to, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, (_, ticket, now) => Task.FromResult(TicketRules.ChangeStatus(ticket, to, now)), cancellation);

    /// <summary>Confirms or declines a pending claim of business critical.</summary>
    public Task<Outcome<TicketState>> DecideClaimAsync(long number, bool isConfirmed, string? reason, StaffCaller caller, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, null, async (db, ticket, now) =>
        {
            var decision = TicketRules.DecideClaim(ticket, isConfirmed, MessageText.Tidy(reason), now);
            if (decision.IsDone && !isConfirmed)
            {
                await mails.DeclinedAsync(db, number, now);
            }

            return decision;
        }, cancellation);

    /// <summary>Sets the severity, with a reason.</summary>
    public Task<Outcome<TicketState>> ChangeSeverityAsync(long number, Severity to, string? reason, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        DecideAsync(number, caller, expectedVersion, (_, ticket, now) => Task.FromResult(TicketRules.ChangeSeverity(ticket, to, MessageText.Tidy(reason), now)), cancellation);

    /// <summary>Changes several things at once, or none when one of them is refused.</summary>
    public Task<Outcome<TicketState>> EditAsync(long number, TicketEdit edit, StaffCaller caller, long? expectedVersion = null, CancellationToken cancellation = default) =>
        TicketEditing.EditAsync(this, number, edit, caller, expectedVersion, cancellation);
}

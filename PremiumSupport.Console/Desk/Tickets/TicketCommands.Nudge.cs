using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets.Nudging;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A lead asks for a look at a ticket.</summary>
public sealed partial class TicketCommands
{
    /// <summary>
    /// Asks the assignee, or everybody on shift where there is none, to look at a ticket; see <see cref="NudgeRules"/>. It stands on the timeline, where staff alone reads it, and in the
    /// audit log, and changes nothing about the ticket, so that nobody's form becomes stale. Whom it asked, in words: a name, or "3 people on shift".
    /// </summary>
    /// <param name="number">The ticket.</param>
    /// <param name="note">A short sentence; null or empty for none.</param>
    /// <param name="onShift">See <see cref="AvailabilityQueries.OnShiftAsync"/>.</param>
    /// <param name="caller">A lead or an admin.</param>
    public Task<Outcome<string>> NudgeAsync(long number, string? note, IReadOnlySet<Guid> onShift, StaffCaller caller, CancellationToken cancellation = default)
    {
        var words = MessageText.SingleLine(note ?? "");
        return writes.RunAsync<Outcome<string>>(
            async db =>
            {
                if (await TicketStore.LoadAsync(db, number, caller) is not { } ticket)
                {
                    return Refusal.TicketNotFound;
                }

                var now = Now();
                var assignee = await db.Users.Where(user => user.Id == ticket.AssigneeId && (user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil))
                    .Select(user => new { user.Id, user.DisplayName }).SingleOrDefaultAsync();
                var hasJustAsked = await HeadsUpWriter.HasNudgedSinceAsync(db, number, caller.StaffId, now - NudgeRules.Again);
                var asked = NudgeRules.Ask(new(ticket.Status, assignee?.Id, onShift, words, hasJustAsked), caller);
                if (asked.Refusal is { } refusal)
                {
                    return refusal;
                }

                var whom = assignee?.DisplayName ?? (asked.Value!.Count == 1 ? "one person on shift" : $"{asked.Value!.Count} people on shift");
                HeadsUpWriter.Add(db, HeadsUpKind.Nudge, number, asked.Value!, (caller.StaffId, caller.Name), words, ticket.NextDueAt, now);
                TicketStore.Record(db, ticket, [new(TicketEventKind.Nudged, words, whom)], caller, now);
                caller.Note(db, now, "asked for a look at", ("tickets", number.ToString(System.Globalization.CultureInfo.InvariantCulture), ticket.Subject), null, new { Asked = whom, Note = words });
                return whom;
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

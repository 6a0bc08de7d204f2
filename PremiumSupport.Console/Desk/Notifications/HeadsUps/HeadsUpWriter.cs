using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Notifications.HeadsUps;

/// <summary>Writes heads-ups in the transaction of the deed that they tell of.</summary>
public static class HeadsUpWriter
{
    /// <summary>Tells each of those people once; who did it is told nothing. Nothing is saved here.</summary>
    public static void Add(SupportDb db, HeadsUpKind kind, long ticketNumber, IEnumerable<Guid> recipients, (Guid? Id, string Name) from, string text, DateTimeOffset? dueAt, DateTimeOffset now) =>
        db.AddRange(recipients.Distinct().Where(recipient => recipient != from.Id).Select(recipient => new HeadsUp
        {
            RecipientId = recipient,
            Kind = kind,
            TicketNumber = ticketNumber,
            FromId = from.Id,
            FromName = from.Name.Length > 100 ? from.Name[..100] : from.Name,
            Text = text,
            DueAt = dueAt,
            CreatedAt = now,
        }));

    /// <summary>The ticket has another assignee, or is done: that somebody was asked to look, or was given it, is nothing to know any more. Mentions stay, and what was not done.</summary>
    public static async Task SettleAsync(SupportDb db, long ticketNumber, DateTimeOffset now)
    {
        foreach (var row in await db.Set<HeadsUp>().Where(row => row.TicketNumber == ticketNumber && row.SeenAt == null && (row.Kind == HeadsUpKind.Nudge || row.Kind == HeadsUpKind.Assigned)).ToListAsync())
        {
            row.SeenAt = now;
        }
    }

    /// <summary>Whether somebody has nudged about a ticket since an instant.</summary>
    public static Task<bool> HasNudgedSinceAsync(SupportDb db, long ticketNumber, Guid from, DateTimeOffset since) =>
        db.Set<HeadsUp>().AnyAsync(row => row.TicketNumber == ticketNumber && row.Kind == HeadsUpKind.Nudge && row.FromId == from && row.CreatedAt > since);
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Mentions;

/// <summary>Who can be named in a note: everybody of the staff who is not switched off, since every one of them may read every ticket.</summary>
public static class MentionQueries
{
    /// <summary>Their names and addresses, in the transaction that writes the note.</summary>
    public static async Task<IReadOnlyList<NamedColleague>> StaffAsync(SupportDb db)
    {
        var staff = await db.Users.AsNoTracking().Where(user => user.LockoutEnd == null || user.LockoutEnd != StaffCard.DisabledUntil)
            .Select(user => new { user.Id, user.DisplayName, user.Email }).ToListAsync();
        return [.. staff.Select(user => new NamedColleague(user.Id, user.DisplayName)), .. staff.Where(user => user.Email is { Length: > 0 }).Select(user => new NamedColleague(user.Id, user.Email!))];
    }
}

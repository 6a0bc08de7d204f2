using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>Makes, finds and uses up links. Called inside the write queue, so that a link that two people open at once works for one of them.</summary>
internal static class StaffLinks
{
    /// <summary>Where a password is chosen by that token.</summary>
    public static Uri AddressOf(PublicUrl publicUrl, string token) => publicUrl.Of($"/account/password?token={token}");

    /// <summary>Makes a link and ends the earlier ones for the same purpose.</summary>
    /// <param name="db">The write queue's context.</param>
    /// <param name="kind">What for.</param>
    /// <param name="staffId">Whose; null for the first administrator.</param>
    /// <param name="now">When.</param>
    /// <param name="keepsEarlier">Leaves earlier ones as they are: of a mail that may have gone twice, neither may hold a link that is dead.</param>
    public static async Task<string> AddAsync(SupportDb db, StaffLinkKind kind, Guid? staffId, DateTimeOffset now, bool keepsEarlier = false)
    {
        if (!keepsEarlier)
        {
            await db.Set<StaffLink>().Where(link => link.Kind == kind && link.StaffId == staffId).ExecuteDeleteAsync();
        }

        var token = Secret.New();
        db.Add(new StaffLink { Id = Guid.CreateVersion7(now), Kind = kind, Hash = Secret.Hash(token), StaffId = staffId, ExpiresAt = now + StaffLink.Lifetime });
        return token;
    }

    /// <summary>The link of that token if it works at that instant.</summary>
    public static async Task<StaffLink?> FindAsync(SupportDb db, StaffLinkKind kind, string? token, DateTimeOffset now)
    {
        if (token is null or { Length: 0 or > Secret.MaxLength })
        {
            return null;
        }

        var hash = Secret.Hash(token);
        return await db.Set<StaffLink>().SingleOrDefaultAsync(link => link.Hash == hash && link.Kind == kind && link.ExpiresAt > now);
    }
}

using System.Security.Claims;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Identity;

/// <summary>Turns what authentication established into the <see cref="Caller"/> that commands and queries take.</summary>
public static class CallerReader
{
    /// <summary>The staff member, or null when the principal is nobody, a customer, or holds no staff role.</summary>
    public static StaffCaller? Staff(ClaimsPrincipal? user)
    {
        if (user is null || Customer(user) is not null || !Roles.All.Any(user.IsInRole) || Id(user, ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        var isAdmin = user.IsInRole(Roles.Admin);
        return new(id, Text(user, ClaimTypes.Name), Text(user, ClaimTypes.Email), isAdmin || user.IsInRole(Roles.TeamLead), isAdmin);
    }

    /// <summary>The customer, or null when the principal is nobody or staff.</summary>
    public static CustomerCaller? Customer(ClaimsPrincipal? user) =>
        user is not null && Id(user, Claims.ContactId) is { } contact && Id(user, Claims.AccountId) is { } account
            ? new(contact, account, Text(user, ClaimTypes.Name), Text(user, ClaimTypes.Email))
            : null;

    /// <summary>Whoever it is; null when nobody.</summary>
    public static Caller? From(ClaimsPrincipal? user) => (Caller?)Customer(user) ?? Staff(user);

    /// <summary>Where a customer's session began; <see cref="ClientPlatform.Web"/> for everybody else.</summary>
    public static ClientPlatform Platform(ClaimsPrincipal user) => Enum.TryParse<ClientPlatform>(user.FindFirstValue(Claims.Platform), out var platform) ? platform : ClientPlatform.Web;

    private static Guid? Id(ClaimsPrincipal user, string type) => Guid.TryParse(user.FindFirstValue(type), out var id) ? id : null;

    private static string Text(ClaimsPrincipal user, string type) => user.FindFirstValue(type) ?? "";
}

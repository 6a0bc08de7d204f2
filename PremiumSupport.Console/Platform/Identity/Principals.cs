using System.Security.Claims;
using PremiumSupport.Platform.Identity.Bearer;

namespace PremiumSupport.Platform.Identity;

/// <summary>Makes the principals of bearer callers. Staff who sign in get theirs from <see cref="StaffPrincipalFactory"/>, with the same claims.</summary>
internal static class Principals
{
    public static ClaimsPrincipal Staff(StaffCard staff, string scheme, Guid apiKey, IEnumerable<string> scopes) => Make(
        scheme,
        [
            new(ClaimTypes.NameIdentifier, staff.Id.ToString()),
            new(ClaimTypes.Name, staff.DisplayName),
            new(ClaimTypes.Email, staff.Email),
            new(Claims.SecurityStamp, staff.SecurityStamp),
            new(Claims.ApiKeyId, apiKey.ToString()),
            .. staff.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
            .. scopes.Select(scope => new Claim(Claims.Scope, scope)),
        ]);

    public static ClaimsPrincipal Customer(CustomerCard customer, CustomerSession session, string scheme) => Make(
        scheme,
        [
            new(Claims.ContactId, customer.ContactId.ToString()),
            new(Claims.AccountId, customer.AccountId.ToString()),
            new(Claims.Platform, session.Platform.ToString()),
            new(Claims.SessionId, session.Id.ToString()),
            new(ClaimTypes.Name, customer.Name),
            new(ClaimTypes.Email, customer.Email),
        ]);

    private static ClaimsPrincipal Make(string scheme, IEnumerable<Claim> claims) => new(new ClaimsIdentity(claims, scheme, ClaimTypes.Name, ClaimTypes.Role));
}

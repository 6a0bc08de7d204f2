using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>What a signed-in staff member's cookie says. Identity's own factory puts the user name where people expect to read a name.</summary>
internal sealed class StaffPrincipalFactory(UserManager<StaffUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<StaffUser, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (identity.FindFirst(identity.NameClaimType) is { } userName)
        {
            identity.RemoveClaim(userName);
        }

        identity.AddClaim(new(identity.NameClaimType, user.DisplayName));
        return identity;
    }
}

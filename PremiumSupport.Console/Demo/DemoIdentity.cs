using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PremiumSupport.Channels.Help;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>Plays the vendor's server: signs identity tokens for the demo's customers, and for nobody else.</summary>
internal sealed class DemoIdentity(WidgetSecrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    /// <summary>A fresh token; null for an address that is not on the demo's switch.</summary>
    public async Task<string?> SignAsync(string? email, string? platform, CancellationToken cancellation = default)
    {
        var found = DemoPeople.Contacts.Where(contact => contact.Email == email && DemoPeople.Switch.Contains(contact.Email)).ToList();
        if (found is not [var person])
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var claims = new List<Claim>
        {
            new("jti", Guid.CreateVersion7(now).ToString("N")),
            new("sub", person.Email),
            new("email", person.Email),
            new("name", person.Name),
            new("account", person.Account),
            new("role", person.Role == RequesterRole.SuperAdmin ? "super_admin" : "user"),
            new("platform", platform == "mobile-app" ? "mobile-app" : "web"),
        };
        var secret = await secrets.CurrentAsync(cancellation);
        var key = IdentityToken.Key(secret);
        key.KeyId = secret.KeyId;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Subject = new(claims),
            IssuedAt = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            SigningCredentials = new(key, SecurityAlgorithms.HmacSha256),
        });
    }
}

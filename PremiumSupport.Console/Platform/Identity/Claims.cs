using System.Security.Claims;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// The names of the claims that this product reads. Staff carry <see cref="ClaimTypes.NameIdentifier"/> (their id), <see cref="ClaimTypes.Name"/> (the display
/// name), <see cref="ClaimTypes.Email"/> and <see cref="ClaimTypes.Role"/>; customers never carry a role.
/// </summary>
public static class Claims
{
    /// <summary>A customer's contact id.</summary>
    public const string ContactId = "ps:contact";

    /// <summary>The account that the contact belongs to.</summary>
    public const string AccountId = "ps:account";

    /// <summary>Where the customer came from: a name of <see cref="Sla.ClientPlatform"/>.</summary>
    public const string Platform = "ps:platform";

    /// <summary>A customer's session: what is open by it ends with it.</summary>
    public const string SessionId = "ps:session";

    /// <summary>What an API key may do; one claim per word of <see cref="Scopes"/>.</summary>
    public const string Scope = "scope";

    /// <summary>The API key that was used; only with a key.</summary>
    public const string ApiKeyId = "ps:api-key";

    /// <summary>Changes whenever everything that a staff member has open must end.</summary>
    public const string SecurityStamp = "ps:stamp";
}

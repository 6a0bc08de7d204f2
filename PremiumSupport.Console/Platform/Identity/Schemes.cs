using Microsoft.AspNetCore.Identity;

namespace PremiumSupport.Platform.Identity;

/// <summary>The ways in which a request can say who it is.</summary>
public static class Schemes
{
    /// <summary>The staff cookie.</summary>
    public static readonly string Cookie = IdentityConstants.ApplicationScheme;

    /// <summary>A bearer token: an API key or a customer session.</summary>
    public const string Bearer = "Bearer";

    /// <summary>A bearer token that must be an API key.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>A bearer token that must be a customer session.</summary>
    public const string Session = "Session";

    /// <summary>
    /// The bearer token when there is one, else the cookie; never both. In the demo workspace one browser is staff and customer at once, and what a
    /// request says in so many words must win over what the browser adds by itself.
    /// </summary>
    public const string Caller = "Caller";
}

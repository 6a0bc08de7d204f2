using Microsoft.AspNetCore.Http.HttpResults;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Where to go after signing in.</summary>
internal static class LocalUrl
{
    /// <summary>Where staff begin.</summary>
    public const string Home = "/queue";

    /// <summary>
    /// The address if it is a path of this server, else <see cref="Home"/>. Two slashes, or a backslash that browsers read as one, would lead to another
    /// server; sign-in pages would lead in circles.
    /// </summary>
    public static string OrHome(string? url) =>
        url is ['/', ..] && RedirectHttpResult.IsLocalUrl(url) && !url.Contains('\\', StringComparison.Ordinal) && !url.StartsWith("/account/login", StringComparison.OrdinalIgnoreCase)
        && !url.StartsWith("/account/logout", StringComparison.OrdinalIgnoreCase)
            ? url
            : Home;
}

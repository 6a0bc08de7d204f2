using Microsoft.AspNetCore.Http.Features;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>Where a request may carry its token.</summary>
internal static class BearerToken
{
    /// <summary>The one path whose URL may carry a token.</summary>
    public const string HubPath = "/hubs/chat";

    private const string Scheme = "Bearer ";

    /// <summary>
    /// The token of the <c>Authorization</c> header, else <c>access_token</c> of the chat hub's WebSocket upgrade: browsers allow no header there.
    /// Null when there is none. A header of another scheme, or an empty one, is none.
    /// </summary>
    public static string? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header, ..] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Tidy(header[Scheme.Length..]);
        }

        return request.Path.StartsWithSegments(HubPath) && IsWebSocketUpgrade(request) ? Tidy(request.Query["access_token"]) : null;
    }

    // The WebSocket feature comes only with the middleware that the hub runs behind authentication, so the request itself has to tell:
    // an upgrade in HTTP/1.1, an extended CONNECT in HTTP/2.
    private static bool IsWebSocketUpgrade(HttpRequest request) =>
        request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    private static string? Tidy(string? token) => string.IsNullOrWhiteSpace(token) ? null : token.Trim();
}

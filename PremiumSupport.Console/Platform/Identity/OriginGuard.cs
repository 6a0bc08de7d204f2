namespace PremiumSupport.Platform.Identity;

/// <summary>Which other origins may talk to the hubs. The default reads the configuration; a room that lets admins edit the list registers its own.</summary>
public interface IAllowedOrigins
{
    /// <param name="origin">As a browser sends it, e.g. <c>https://app.example:8443</c>.</param>
    bool Allows(string origin);
}

/// <summary><c>Widget:AllowedOrigins</c>, separated by spaces.</summary>
internal sealed class ConfiguredOrigins(IConfiguration configuration) : IAllowedOrigins
{
    public bool Allows(string origin) => (configuration["Widget:AllowedOrigins"] ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(allowed => allowed.TrimEnd('/').Equals(origin, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Turns away pages of other origins from the circuits, the hubs and what the console sends by HTTP before anybody is authenticated (trust rule 17): browsers send cookies along with a WebSocket
/// from any page, and CORS does not cover it. Circuits are for our own pages alone. A request without an Origin header comes from no page.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IAllowedOrigins allowed, PublicUrl publicUrl)
{
    // Circuits, and what the console's own modules send by HTTP with the cookie.
    private static readonly string[] Own = ["/_blazor", "/edit"];

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.Origin is [{ Length: > 0 } origin, ..] && !MayCall(context.Request, origin)
            ? AccessProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "foreign-origin")
            : next(context);

    private bool MayCall(HttpRequest request, string origin)
    {
        var isHub = request.Path.StartsWithSegments("/hubs");
        return (!isHub && !Own.Any(path => request.Path.StartsWithSegments(path)))
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || (publicUrl.Configured is { } own && origin.Equals(own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            || (isHub && allowed.Allows(origin));
    }
}

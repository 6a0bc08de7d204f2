using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>What the console's scripts ask about staff.</summary>
internal static class StaffEndpoints
{
    /// <summary>Maps them. Below /edit, so that who is signed out is told 401 and not led to a page.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/edit/here", Here).RequireAuthorization(Access.Staff).ExcludeFromDescription();
        app.MapGet("/edit/staff", StaffAsync).RequireAuthorization(Access.Staff).ExcludeFromDescription();
    }

    /// <summary>Whether whoever asks is still signed in: a page whose line broke cannot tell a server that is away from an access that has ended.</summary>
    private static IResult Here(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.NoContent();
    }

    /// <summary>The colleagues that a note can name.</summary>
    private static async Task<IResult> StaffAsync(HttpContext http, StaffQueries staff)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json((await staff.AssignableAsync(http.RequestAborted)).Select(member => new { member.Name, member.Email }));
    }
}

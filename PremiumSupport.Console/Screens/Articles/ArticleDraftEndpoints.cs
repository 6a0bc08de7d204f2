using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Screens.Articles;

/// <summary>What the editor sends while somebody types. By HTTP and not over the circuit, which a large text would stop.</summary>
internal static class ArticleDraftEndpoints
{
    /// <summary>Maps them under /edit, whose answers are for programs; pages of other origins are turned away by the guard of origins.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut("/edit/articles/{id:long}/{language}", KeepAsync).RequireAuthorization(Access.Lead).ExcludeFromDescription();
        app.MapPost("/edit/articles/preview", (Delegate)PreviewAsync).RequireAuthorization(Access.Lead).ExcludeFromDescription();
    }

    private static async Task<IResult> PreviewAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<DraftInput>(http);
        return problem ?? Results.Json(new DraftOut(0, Html(input!.Body)));
    }

    // What is too long to be kept is too long to be shown.
    private static string Html(string? body) => body?.Length > ArticleLimits.Body ? "" : ArticleHtml.Render(ArticleCheck.Tidy(null, body).Body);

    private static async Task<IResult> KeepAsync(long id, string language, HttpContext http, ArticleCommands commands)
    {
        var (input, problem) = await ApiBody.ReadAsync<DraftInput>(http);
        if (problem is not null || CallerReader.Staff(http.User) is not { } caller)
        {
            return problem ?? Results.Forbid();
        }

        // Half of a text is kept as it is; only what nobody can keep is refused.
        var kept = await commands.SaveDraftAsync(id, language, input!.Title, input.Body, input.Seen, caller, http.RequestAborted);
        return kept.Refusal is { } refusal ? refusal.ToResult() : Results.Json(new DraftOut(kept.Value, Html(input.Body)));
    }

    /// <param name="Seen">The draft's version that the editor knows; 0 for none, null to write over whatever is there.</param>
    private sealed record DraftInput(string? Title, string? Body, long? Seen);

    /// <param name="Html">The preview: what customers would read.</param>
    private sealed record DraftOut(long Version, string Html);
}

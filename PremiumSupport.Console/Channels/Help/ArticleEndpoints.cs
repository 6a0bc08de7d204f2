using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Help;

/// <summary>The articles, open to everyone.</summary>
internal sealed class ArticleEndpoints(ArticleQueries queries, ArticleCommands commands)
{
    public async Task<IResult> SearchAsync(string? q, HttpContext http) =>
        Results.Json(new Items<ArticleHit>(await queries.SearchAsync(q, http.RequestAborted)));

    public async Task<IResult> GetAsync(string slug, HttpContext http) =>
        await queries.GetAsync(slug, http.RequestAborted) is { } article ? Results.Json(article) : Missing();

    public async Task<IResult> RateAsync(string slug, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<FeedbackInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.Helpful is not { } helpful)
        {
            return Problem.Result(400, "invalid", "Say whether it helped.", new Dictionary<string, string[]> { ["helpful"] = ["Say true or false."] });
        }

        return await commands.RateAsync(slug, helpful, http.RequestAborted) ? Results.NoContent() : Missing();
    }

    private static IResult Missing() => Problem.Result(404, "not-found", "There is no such article.");
}

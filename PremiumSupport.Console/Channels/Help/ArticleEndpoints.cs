using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Help;

/// <summary>The articles, open to everyone, and what readers say and ask.</summary>
internal sealed class ArticleEndpoints(ArticleQueries queries, FeedbackCommands feedback, AskedCommands asked)
{
    public async Task<IResult> SearchAsync(string? q, string? lang, HttpContext http) =>
        Results.Json(new Items<ArticleHit>(await queries.SearchAsync(q, lang, http.RequestAborted)));

    public async Task<IResult> ShelvesAsync(string? lang, HttpContext http) =>
        Results.Json(new Items<ArticleShelf>(await queries.ShelvesAsync(lang, http.RequestAborted)));

    public async Task<IResult> GetAsync(string slug, string? lang, HttpContext http) =>
        await queries.GetAsync(slug, lang, http.RequestAborted) is { } article ? Results.Json(article) : Missing();

    public async Task<IResult> RateAsync(string slug, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<FeedbackInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.Helpful is not { } helpful)
        {
            return Invalid("helpful", "Say whether it helped: true or false.");
        }

        if (input.Comment?.Length > ArticleLimits.Comment)
        {
            return Invalid("comment", string.Create(CultureInfo.InvariantCulture, $"A comment has up to {ArticleLimits.Comment:N0} characters; this one has {input.Comment.Length:N0}."));
        }

        return await feedback.RateAsync(slug, input.Language ?? "en", helpful, input.Comment, await ReaderAsync(http, input.Reader), http.RequestAborted) ? Results.NoContent() : Missing();
    }

    public async Task<IResult> AskedAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<AskedInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (input!.Id is not { } id || id == Guid.Empty)
        {
            return Invalid("id", "Give each question an id of its own.");
        }

        await asked.NoteAsync(id, input.Text, input.Language ?? "en", input.Read, input.Contacted ?? false, http.RequestAborted);
        return Results.NoContent();
    }

    // A customer who is signed in counts once, on whichever device; anybody else as their browser calls itself.
    private static async Task<string> ReaderAsync(HttpContext http, string? named) =>
        CallerReader.Customer((await http.AuthenticateAsync(Schemes.Session)).Principal) is { } customer ? $"contact {customer.ContactId}"
        : string.IsNullOrWhiteSpace(named) ? $"once {Guid.CreateVersion7()}"
        : $"browser {named}";

    private static IResult Missing() => Problem.Result(404, "not-found", "There is no such article.");

    private static IResult Invalid(string field, string sentence) => Problem.Result(400, "invalid", sentence, new Dictionary<string, string[]> { [field] = [sentence] });
}

using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Images;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Help;

/// <summary>Images of articles: sent by those who write them, shown to everybody who has the address.</summary>
internal static class ArticleImageEndpoints
{
    private const string Headers = "article-image";

    /// <summary>The headers of what came from outside, drawn anew or not (trust rule 15).</summary>
    public static void AddHeaders(IServiceCollection services) => services.AddSecurityHeaderPolicies().AddPolicy(Headers, policy => policy
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
            csp.AddSandbox();
        }));

    /// <summary>Maps both. A page of another origin cannot send one: the guard of origins turns it away.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/edit/articles/images", TakeAsync).RequireAuthorization(Access.Lead).ExcludeFromDescription();
        app.MapGet(ArticleHtml.ImagePath + "/{name}", Show).AllowAnonymous().WithSecurityHeadersPolicy(Headers).ExcludeFromDescription();
    }

    private static async Task<IResult> TakeAsync(HttpContext http, ArticleImageCommands images)
    {
        if (CallerReader.Staff(http.User) is not { } caller)
        {
            return Results.Forbid();
        }

        // A form of another site could send text or a form, never this.
        if (http.Request.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problem.Result(StatusCodes.Status415UnsupportedMediaType, "no-image", "Send an image, with its kind as Content-Type.");
        }

        var image = await images.ReceiveAsync(http.Request.Body, http.Request.ContentLength, caller, http.RequestAborted);
        return image.Problem?.ToResult() ?? Results.Json(new { image.Address }, statusCode: StatusCodes.Status201Created);
    }

    private static IResult Show(string name, HttpContext http, ArticleImageCommands images)
    {
        if (images.Find(name) is not { } path)
        {
            return Results.NotFound();
        }

        // What lies there never changes: an image that is replaced has another name.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(path, PicturePreview.MediaType);
    }
}

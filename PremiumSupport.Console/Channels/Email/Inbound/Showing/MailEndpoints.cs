using System.Net.Mime;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Email.Inbound.Showing;

/// <summary>Gives staff a mail to look at: its cleaned HTML for a frame that runs nothing, and its bytes to be saved. Strangers wrote them, so no customer reaches either.</summary>
internal sealed class MailEndpoints(IntakeQueries mails, MessageFileQueries files, FileStore store)
{
    private const string Framed = "mail-frame";
    private const string FramedWithImages = "mail-frame-images";
    private const string Saved = "mail-bytes";
    private const long LargestPicture = 4 << 20;

    private static readonly IResult Missing = Problem.Result(StatusCodes.Status404NotFound, "not-found", "There is no such mail.");

    private static readonly IResult Cleared = Problem.Result(StatusCodes.Status410Gone, "cleared", "The original of this mail was cleared away after its time (Email:KeepOriginals).");

    /// <summary>The frame's own policies: it runs nothing, sends nothing and loads nothing but pictures that stand in it; on a click, images of others too (trust rule 13).</summary>
    public static void AddHeaders(IServiceCollection services) => services.AddSecurityHeaderPolicies()
        .AddPolicy(Framed, policy => Frame(policy, withImages: false))
        .AddPolicy(FramedWithImages, policy => Frame(policy, withImages: true))
        .AddPolicy(Saved, policy => policy.AddContentTypeOptionsNoSniff().AddReferrerPolicyNoReferrer().AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
            csp.AddSandbox();
        }));

    public static void Map(IEndpointRouteBuilder app)
    {
        var endpoints = app.ServiceProvider.GetRequiredService<MailEndpoints>();
        var group = app.MapGroup("/mails/{id:long}").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        group.MapGet("/frame", (long id, HttpContext http) => endpoints.FrameAsync(id, false, http)).WithSecurityHeadersPolicy(Framed);
        group.MapGet("/frame-with-images", (long id, HttpContext http) => endpoints.FrameAsync(id, true, http)).WithSecurityHeadersPolicy(FramedWithImages);
        group.MapGet("/original", endpoints.OriginalAsync).WithSecurityHeadersPolicy(Saved);
    }

    private async Task<IResult> FrameAsync(long id, bool withRemote, HttpContext http)
    {
        var caller = CallerReader.Staff(http.User)!;
        if (await mails.FindAsync(id, caller, http.RequestAborted) is not { View.Html: { } html } card)
        {
            return Missing;
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Content(MailFrame.Document(html, await PicturesAsync(card, caller, http.RequestAborted), withRemote), MediaTypeNames.Text.Html, System.Text.Encoding.UTF8);
    }

    private async Task<IResult> OriginalAsync(long id, HttpContext http)
    {
        if (await mails.BytesAsync(id, CallerReader.Staff(http.User)!, http.RequestAborted) is not { } bytes)
        {
            return await mails.FindAsync(id, CallerReader.Staff(http.User)!, http.RequestAborted) is null ? Missing : Cleared;
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(bytes, MediaTypeNames.Application.Octet, $"mail-{id}.eml");
    }

    // Part of the document: a frame that is of no origin has no cookie to fetch them with.
    private async Task<Dictionary<string, string>> PicturesAsync(MailCard card, StaffCaller caller, CancellationToken cancellation)
    {
        var (pictures, total) = (new Dictionary<string, string>(), 0L);
        if (card.Mail is not { TicketNumber: { } number, Sequence: { } sequence })
        {
            return pictures;
        }

        foreach (var inline in card.View!.Inline)
        {
            if (await files.OfMessageAsync(number, sequence, inline.FileId, caller, cancellation) is { HasPreview: true } file && store.FindPreview(file.StoredName) is { } path && (total += new FileInfo(path).Length) <= LargestPicture)
            {
                pictures[inline.ContentId] = $"data:{PicturePreview.MediaType};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellation))}";
            }
        }

        return pictures;
    }

    private static void Frame(HeaderPolicyCollection policy, bool withImages) => policy
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            var images = csp.AddImgSrc().Data();
            if (withImages)
            {
                images.From("https:").From("http:");
            }

            csp.AddStyleSrc().WithHash256(MailFrame.StyleHash);
            csp.AddFormAction().None();
            csp.AddBaseUri().None();
            csp.AddFrameAncestors().Self();
            csp.AddSandbox().AllowPopups().AllowPopupsToEscapeSandbox();
        });
}

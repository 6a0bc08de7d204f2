using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Files;

/// <summary>A stored file as an answer. What a stranger uploaded is only ever saved, as bytes of no kind; what is shown inline is a picture that we made ourselves.</summary>
internal static class StoredFileResult
{
    private static readonly IResult Missing = Problem.Result(StatusCodes.Status404NotFound, "not-found", "There is no such file, or it is not yours.");

    /// <summary>The file to be saved under its real name; not found when there is none.</summary>
    public static IResult Download(FileStore store, StoredFile? file) =>
        file is null || store.Find(file.StoredName) is not { } path ? Missing : new Answer(path, MediaTypeNames.Application.Octet, file.Id, file.Name);

    /// <summary>Its preview to be shown; not found when it has none.</summary>
    public static IResult Thumbnail(FileStore store, StoredFile? file) =>
        file is not { HasPreview: true } || store.FindPreview(file.StoredName) is not { } path ? Missing : new Answer(path, PicturePreview.MediaType, file.Id, null);

    private sealed record Answer(string Path, string MediaType, Guid Id, string? SaveAs) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            // A browser may keep it but has to ask each time, and is told 304 only while the message is still its reader's to read.
            headers.CacheControl = "private, no-cache";
            headers.Vary = "Authorization, Cookie";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (SaveAs is null)
            {
                headers.ContentDisposition = "inline";
            }

            return Results.File(Path, MediaType, SaveAs, entityTag: new EntityTagHeaderValue($"\"{Id:N}\"")).ExecuteAsync(httpContext);
        }
    }
}

using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Files;

/// <summary>Registers the doors through which files come and go.</summary>
public static class FilesSetup
{
    private const string Headers = "stored-file";

    /// <summary>Adds them, and the headers without which no stored file is given out (trust rule 15).</summary>
    public static IHostApplicationBuilder AddFileDoors(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadEndpoints>();
        builder.Services.AddSingleton<DownloadEndpoints>();
        builder.Services.AddSecurityHeaderPolicies().AddPolicy(Headers, policy => policy
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddFrameAncestors().None();
                csp.AddSandbox();
            }));
        return builder;
    }

    /// <summary>Maps uploads of customers, console and programs, and the downloads of all three.</summary>
    public static void MapFileDoors(this IEndpointRouteBuilder app)
    {
        var uploads = app.ServiceProvider.GetRequiredService<UploadEndpoints>();
        MapUploads(app, uploads, "/widget/v1/uploads", Access.Customer);
        MapUploads(app, uploads, "/api/v1/tickets/{number:long}/uploads", Access.ApiTickets);
        MapUploads(app, uploads, "/tickets/{number:long}/uploads", Access.Staff).ExcludeFromDescription();

        var files = app.ServiceProvider.GetRequiredService<DownloadEndpoints>();
        var messages = app.MapGroup("/files/{number:long}/{sequence:long}/{id:guid}").RequireAuthorization(Access.Chat).WithSecurityHeadersPolicy(Headers);
        messages.MapGet("", files.FileAsync).WithSummary("A file of a public message, for whoever may read the message");
        messages.MapGet("/thumbnail", files.ThumbnailAsync).WithSummary("A picture of it that may be shown inline");
        var notes = app.MapGroup("/note-files/{number:long}/{note:long}/{id:guid}").RequireAuthorization(Access.Notes).WithSecurityHeadersPolicy(Headers);
        notes.MapGet("", files.NoteFileAsync).WithSummary("A file of an internal note; staff and their API keys only");
        notes.MapGet("/thumbnail", files.NoteThumbnailAsync).WithSummary("A picture of it that may be shown inline");
    }

    private static RouteGroupBuilder MapUploads(IEndpointRouteBuilder app, UploadEndpoints uploads, string address, string policy)
    {
        var group = app.MapGroup(address).RequireAuthorization(policy);
        group.MapGet("/limits", (Delegate)uploads.LimitsAsync).WithSummary("What may be uploaded");
        group.MapPut("/{id:guid}", uploads.PutAsync).WithSummary("Uploads a file as the bytes that it is, to be sent with a message; its name in Content-Disposition");
        group.MapDelete("/{id:guid}", uploads.DeleteAsync).WithSummary("Puts a file away that no message was sent with");
        group.MapGet("/{id:guid}/thumbnail", uploads.ThumbnailAsync).WithSecurityHeadersPolicy(Headers).WithSummary("A picture of a file that no message was sent with yet");
        return group;
    }
}

using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Screens.Workspace;

/// <summary>
/// What the composer keeps while somebody types. By HTTP and not over the circuit, which a large text would stop. Below /edit, whose answers are for programs; pages of other origins are
/// turned away by the guard of origins.
/// </summary>
internal static class DraftEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var drafts = app.MapGroup("/edit/tickets/{number:long}/drafts").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        drafts.MapGet("", (Delegate)ReadAsync);
        drafts.MapPut("/{mode}", KeepAsync);
    }

    private static async Task<IResult> ReadAsync(long number, HttpContext http, DraftQueries queries)
    {
        if (CallerReader.Staff(http.User) is not { } caller)
        {
            return Results.Forbid();
        }

        http.Response.Headers.CacheControl = "no-store";
        return await queries.OfTicketAsync(number, caller, http.RequestAborted) is { } found
            ? Results.Json(new DraftsOut(found.Number, [.. found.Drafts.Select(draft => DraftOut.Of(draft, number))]))
            : Refusal.TicketNotFound.ToResult();
    }

    private static async Task<IResult> KeepAsync(long number, string mode, HttpContext http, DraftCommands commands)
    {
        if (ModeOf(mode) is not { } known)
        {
            return Results.NotFound();
        }

        var (input, problem) = await ApiBody.ReadAsync<DraftInput>(http);
        if (problem is not null || CallerReader.Staff(http.User) is not { } caller)
        {
            return problem ?? Results.Forbid();
        }

        var outcome = await commands.KeepAsync(number, known, input!, caller, http.RequestAborted);
        return outcome.Refusal is { } refusal ? refusal.ToResult()
            : outcome.Value is { Newer: { } newer } kept ? Results.Json(new KeptOut(kept.Number, kept.Version, DraftOut.Of(newer, number), false), statusCode: StatusCodes.Status409Conflict)
            : Results.Json(new KeptOut(outcome.Value!.Number, outcome.Value.Version, null, outcome.Value.WasGone));
    }

    /// <summary>The mode of that word in an address; null for none.</summary>
    internal static DraftMode? ModeOf(string word) => word switch { "reply" => DraftMode.Reply, "note" => DraftMode.Note, _ => null };

    private sealed record DraftsOut(long Number, IReadOnlyList<DraftOut> Drafts);

    /// <param name="Number">The ticket that keeps it.</param>
    /// <param name="Newer">With 409: the draft that is there and stays.</param>
    private sealed record KeptOut(long Number, long Version, DraftOut? Newer, bool WasGone);

    private sealed record DraftOut(string Mode, string Text, IReadOnlyList<FileOut> Files, int Missing, string MessageId, long? Seen, long Version, string? Problem, IReadOnlyList<MacroEndpoints.DeedChip> Deeds)
    {
        public static DraftOut Of(DraftView draft, long number) => new(
            draft.Mode == DraftMode.Reply ? "reply" : "note", draft.Text, [.. draft.Files.Select(file => FileOut.Of(file, number))], draft.Missing, draft.MessageId, draft.Seen, draft.Version, draft.Problem, MacroEndpoints.Chips(draft.Deeds));
    }

    private sealed record FileOut(Guid Id, string Name, long Size, string Kind, string Format, string? ThumbnailUrl)
    {
        public static FileOut Of(FileFacts file, long number) =>
            new(file.Id, file.Name, file.Size, file.Kind, file.Format, file.HasPreview ? FormattableString.Invariant($"/tickets/{number}/uploads/{file.Id}/thumbnail") : null);
    }
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Screens.Workspace;

/// <summary>What the composer sends: the text of a reply or of a note, by HTTP like its drafts.</summary>
internal static class SendEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/edit/tickets/{number:long}/send/{mode}", SendAsync).RequireAuthorization(Access.Staff).ExcludeFromDescription();

    private static async Task<IResult> SendAsync(long number, string mode, HttpContext http, TicketCommands commands, TicketQueries queries, UndoOptions undo)
    {
        if (DraftEndpoints.ModeOf(mode) is not { } known)
        {
            return Results.NotFound();
        }

        var (input, problem) = await ApiBody.ReadAsync<SendInput>(http);
        if (problem is not null || CallerReader.Staff(http.User) is not { } caller)
        {
            return problem ?? Results.Forbid();
        }

        // Not given up when the page goes: what was sent was meant to be.
        var content = new MessageContent(input!.Text, input.Files);
        var sent = known == DraftMode.Note
            ? await commands.SendNoteAsync(number, content, input.Id, input.Deeds, caller) is { Refusal: { } not } ? not : new AnswerSent(null)
            : await commands.SendAsync(number, content, input.Id, input.Solves, input.Seen, undo, caller, input.Deeds);
        return Results.Json(sent.Refusal switch
        {
            null => new SentOut(null, SendAt: sent.Value!.SendAt, Undone: sent.Value.Undone),
            { Code: "answered-meanwhile" } refusal => new SentOut(refusal.Message, await NewestAnswerAsync(queries, number, input.Seen ?? 0, caller)),
            { Code: "message-id-reused" } => new SentOut("What you wrote before you changed it was sent already; it stands above. Send again to add this as well.", WasSentBefore: true),
            { } refusal => new SentOut(refusal.Message),
        });
    }

    private static async Task<NewerAnswer?> NewestAnswerAsync(TicketQueries queries, long number, long seen, StaffCaller caller) =>
        (await queries.MessagesAsync(number, seen, caller))?.LastOrDefault(message => message.From == MessageFrom.Staff && message.AuthorId != caller.StaffId) is { } answer
            ? new(answer.Sequence, answer.AuthorName, answer.Body)
            : null;

    /// <param name="Id">The id under which it is sent: the same again is written once.</param>
    /// <param name="Seen">Up to which public message its author had read when they began, so that a colleague's answer is shown before theirs goes out as well.</param>
    /// <param name="Solves">Whether the ticket is solved with it.</param>
    /// <param name="Deeds">What is done to the ticket with it beside that; words of <see cref="SendDeeds"/>.</param>
    private sealed record SendInput(string? Id, string? Text, IReadOnlyList<Guid>? Files, long? Seen, bool Solves = false, IReadOnlyList<string>? Deeds = null);

    /// <param name="No">Why it was not written, in words; null when it was.</param>
    /// <param name="Newer">The colleague's answer that came between, when that is why.</param>
    /// <param name="WasSentBefore">An earlier text went out under this id and its answer got lost; this one needs an id of its own.</param>
    /// <param name="SendAt">Until when its author may take it back; null where it is sent.</param>
    /// <param name="Undone">It was sent, and why something that was to be done with it was not.</param>
    private sealed record SentOut(string? No, NewerAnswer? Newer = null, bool WasSentBefore = false, DateTimeOffset? SendAt = null, string? Undone = null);

    private sealed record NewerAnswer(long Sequence, string AuthorName, string Body);
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Screens.Shell;

namespace PremiumSupport.Screens.Workspace;

/// <summary>The macros for the composer, which inserts their words; what they do to the ticket goes with the answer and can be left out until then.</summary>
internal static class MacroEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var macros = app.MapGroup("/edit/tickets/{number:long}/macros").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        macros.MapGet("", (Delegate)ListAsync);
        macros.MapPost("/{id:long}", UseAsync);
    }

    private static async Task<IResult> ListAsync(long number, HttpContext http, MacroQueries queries) => CallerReader.Staff(http.User) is not { } caller
        ? Results.Forbid()
        : Results.Json((await queries.ListAsync(caller, http.RequestAborted)).Select(macro => new { macro.Id, macro.Name, Does = Does(macro) }));

    private static async Task<IResult> UseAsync(long number, long id, HttpContext http, MacroQueries queries, TicketQueries tickets, TicketCommands commands)
    {
        if (CallerReader.Staff(http.User) is not { } caller)
        {
            return Results.Forbid();
        }

        if (await tickets.GetAsync(number, caller, http.RequestAborted) is not { } ticket)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        if (await queries.FindAsync(id, caller, http.RequestAborted) is not { } macro)
        {
            return new Refusal(RefusalKind.NotFound, "not-found", "There is no such macro any more.").ToResult();
        }

        var deeds = new SendDeeds(macro.Status, macro.TakesTicket, macro.Tags);
        var done = "";
        if (macro.Text.Length == 0)
        {
            // It says nothing that could be sent, so what it does is done now.
            if ((await commands.EditAsync(number, EditOf(deeds, caller), caller)).Refusal is { } refusal)
            {
                return refusal.ToResult();
            }

            done = Does(macro);
        }

        var filled = MacroText.Fill(macro.Text, MacroText.ValuesOf(ticket, caller.Name));
        return Results.Json(new { filled.Text, filled.Cursor, Done = done, Deeds = done.Length > 0 ? [] : Chips(deeds.ToWords()) });
    }

    /// <summary>Deeds as a change of the ticket.</summary>
    internal static TicketEdit EditOf(SendDeeds deeds, StaffCaller caller) => new() { Status = deeds.Status, Assignee = deeds.Takes ? new AssigneeChange(caller.StaffId) : null, AddTags = deeds.Tags };

    /// <summary>Words of deeds with what their author reads of them.</summary>
    internal static IReadOnlyList<DeedChip> Chips(IEnumerable<string> words) => [.. words.Select(word => new DeedChip(word, Name(SendDeeds.Read([word]))))];

    private static string Name(SendDeeds deed) => deed switch
    {
        { Takes: true } => "Assign to you",
        { Status: { } status } => $"Status {Words.Of(status).ToLowerInvariant()}",
        _ => $"Tag {string.Join(", ", deed.Tags)}",
    };

    private static string Does(Macro macro) => string.Join(", ", new[]
    {
        macro.Status is { } status ? Words.Of(status).ToLowerInvariant() : "",
        macro.TakesTicket ? "assigned to you" : "",
        macro.Tags.Count > 0 ? $"tagged {string.Join(", ", macro.Tags)}" : "",
    }.Where(word => word.Length > 0));

    /// <summary>A deed that goes with an answer, as a chip below it.</summary>
    internal sealed record DeedChip(string Word, string Name);
}

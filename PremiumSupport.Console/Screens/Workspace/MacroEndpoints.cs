using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Screens.Shell;

namespace PremiumSupport.Screens.Workspace;

/// <summary>The macros for the composer, which inserts their words; what they do to the ticket is done in one act when one is chosen.</summary>
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

        var does = Does(macro);
        if (does.Length > 0)
        {
            var edit = new TicketEdit { Status = macro.Status, Assignee = macro.TakesTicket ? new AssigneeChange(caller.StaffId) : null, AddTags = macro.Tags };
            if ((await commands.EditAsync(number, edit, caller)).Refusal is { } refusal)
            {
                return refusal.ToResult();
            }
        }

        var filled = MacroText.Fill(macro.Text, MacroText.ValuesOf(ticket, caller.Name));
        return Results.Json(new { filled.Text, filled.Cursor, Does = does });
    }

    private static string Does(Macro macro) => string.Join(", ", new[]
    {
        macro.Status is { } status ? Words.Of(status).ToLowerInvariant() : "",
        macro.TakesTicket ? "assigned to you" : "",
        macro.Tags.Count > 0 ? $"tagged {string.Join(", ", macro.Tags)}" : "",
    }.Where(word => word.Length > 0));
}

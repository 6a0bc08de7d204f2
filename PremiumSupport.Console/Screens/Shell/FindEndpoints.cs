using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>Tickets for the palette, while somebody types.</summary>
internal static class FindEndpoints
{
    private const int Most = 12;
    private const int LongestText = 200;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/edit/find", FindAsync).RequireAuthorization(Access.Staff).ExcludeFromDescription();

    private static async Task<IResult> FindAsync(string? q, HttpContext http, TicketQueries queries)
    {
        if (CallerReader.Staff(http.User) is not { } caller)
        {
            return Results.Forbid();
        }

        var numbers = await queries.SearchAsync(MessageText.Beginning(q ?? "", LongestText), caller, http.RequestAborted);
        var tickets = await queries.GetManyAsync([.. numbers.Take(Most)], caller, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(tickets.Select(ticket => new { ticket.Number, ticket.Subject, account = ticket.Account.Name, status = Words.Of(ticket.Status) }));
    }
}

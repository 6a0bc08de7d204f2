using System.Globalization;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

internal sealed record NotificationOut(
    long Id, long Ticket, Metric Metric, int Cycle, string Step, NotificationAudience Audience, DateTimeOffset CreatedAt, DateTimeOffset DueAt,
    DateTimeOffset? AcknowledgedAt, DateTimeOffset? SettledAt)
{
    public static NotificationOut Of(NotificationView view) => new(
        view.Id, view.TicketNumber, view.Metric, view.Cycle, view.Step, view.Audience, view.CreatedAt, view.DueAt, view.AcknowledgedAt, view.SettledAt);
}

/// <summary>What the key's staff member was told of tickets at risk, by REST.</summary>
internal sealed class NotificationEndpoints(NotificationCommands commands, NotificationQueries queries)
{
    public async Task<IResult> ListAsync(string? cursor, HttpContext http)
    {
        var query = new ApiQuery(http);
        var most = (int)Math.Clamp(query.Long("limit") ?? 50, 1, 200);
        long? before = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        if (cursor is { Length: > 0 } && before is null)
        {
            query.Refuse("cursor", "That cursor is not one of ours; leave it out to begin anew.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var found = await queries.ListAsync(http.Staff(), most + 1, before, http.RequestAborted);
        var page = found.Take(most).Select(NotificationOut.Of).ToList();
        return WireJson.Result(new Page<NotificationOut>(page, found.Count > most ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    public async Task<IResult> AcknowledgeAsync(long id, HttpContext http) =>
        await commands.AcknowledgeAsync(id, http.Staff(), http.RequestAborted)
            ? Results.NoContent()
            : new Refusal(RefusalKind.NotFound, "not-found", "There is no such notification, or it is not yours.").ToResult();
}

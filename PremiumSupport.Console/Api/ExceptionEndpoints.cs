using System.Globalization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Exceptions;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>Response-time exceptions by REST. Author and approver are the staff members for whom the keys act.</summary>
internal sealed class ExceptionEndpoints(ExceptionCommands commands, TicketCommands tickets, ExceptionQueries queries)
{
    public async Task<IResult> ListAsync(string? state, string? cursor, HttpContext http)
    {
        var query = new ApiQuery(http);
        var most = (int)Math.Clamp(query.Long("limit") ?? 50, 1, 200);
        ExceptionState only = default;
        if (state is not null && !ApiBody.TryWord(state, out only))
        {
            query.Refuse("state", "Say proposed, approved or withdrawn.");
        }

        var before = TryInstant(cursor);
        if (cursor is { Length: > 0 } && before is null)
        {
            query.Refuse("cursor", "That cursor is not one of ours; leave it out to begin anew.");
        }

        if (query.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var found = await queries.ListAsync(state is null ? null : only, most + 1, before, http.RequestAborted);
        var page = found.Take(most).ToList();
        return WireJson.Result(new Page<ExceptionOut>([.. page.Select(ExceptionOut.Of)], found.Count > most ? ObligationClock.Text(page[^1].DeclaredAt) : null));
    }

    public async Task<IResult> DeclareAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<ExceptionInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var errors = new List<(string, string)>();
        var (from, to) = (Instant(input!.From, "from", errors), Instant(input.To, "to", errors));
        var scope = Word<ExceptionScope>(input.Scope?.Kind, "scope.kind", "Say everything, account, channel or hub.", errors);
        var reason = Word<ExceptionReason>(input.Reason, "reason", "Say holiday, incident, maintenance, forceMajeure, event or other.", errors);
        if (errors.Count > 0)
        {
            return Refusal.Invalid([.. errors]).ToResult();
        }

        var declared = await commands.DeclareAsync(new(from, to, scope, input.Scope?.Value, reason, input.Note), startsAtOnce: false, http.Staff(), http.RequestAborted);
        return declared.Refusal is { } refusal ? refusal.ToResult() : WireJson.Result(ExceptionOut.Of(declared.Value!), StatusCodes.Status201Created);
    }

    public async Task<IResult> ApproveAsync(Guid id, HttpContext http)
    {
        var approved = await tickets.ApproveExceptionAsync(id, http.Staff(), http.RequestAborted);
        return approved.Refusal is { } refusal
            ? refusal.ToResult()
            : WireJson.Result(ExceptionOut.Of(ExceptionView.Of(approved.Value!.Exception)) with { Moved = [.. approved.Value.Moved.Select(MovedOut.Of)] });
    }

    public async Task<IResult> WithdrawAsync(Guid id, HttpContext http)
    {
        var withdrawn = await commands.WithdrawAsync(id, http.Staff(), http.RequestAborted);
        return withdrawn.Refusal is { } refusal ? refusal.ToResult() : WireJson.Result(ExceptionOut.Of(withdrawn.Value!));
    }

    /// <summary>What was not said is left to the rules, which know whether it is needed.</summary>
    private static DateTimeOffset? Instant(string? text, string field, List<(string, string)> errors)
    {
        var instant = TryInstant(text);
        if (instant is null && text is { Length: > 0 })
        {
            errors.Add((field, "Say an instant like 2026-11-22T15:32:32Z."));
        }

        return instant;
    }

    private static DateTimeOffset? TryInstant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime() : null;

    private static T? Word<T>(string? word, string field, string sentence, List<(string, string)> errors)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(word))
        {
            return null;
        }

        if (ApiBody.TryWord<T>(word, out var member))
        {
            return member;
        }

        errors.Add((field, sentence));
        return null;
    }
}

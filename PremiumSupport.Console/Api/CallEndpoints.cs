using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Api;

/// <summary>A ticket's calls by REST: what came of each, whoever dialled.</summary>
internal sealed class CallEndpoints(TicketCommands commands, TicketQueries queries, CallQueries calls, TicketEndpoints tickets, TimeProvider clock)
{
    public async Task<IResult> LogAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<CallInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (!ApiBody.TryWord<CallOutcome>(input!.Outcome, out var outcome))
        {
            return Refusal.Invalid(("outcome", "Say reached, noAnswer, busy, voicemail or wrongNumber.")).ToResult();
        }

        var direction = CallDirection.Outgoing;
        if (input.Direction is not null && !ApiBody.TryWord(input.Direction, out direction))
        {
            return Refusal.Invalid(("direction", "Say outgoing or incoming.")).ToResult();
        }

        if (input.DurationSeconds is < 0 or > 86_400 or double.NaN)
        {
            return Refusal.Invalid(("durationSeconds", "A call takes 0 seconds to a day.")).ToResult();
        }

        var log = new CallLog(Guid.CreateVersion7(clock.GetUtcNow()), outcome)
        {
            Direction = direction, Source = CallSource.Api, Notes = input.Notes, Duration = input.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var logged = await commands.LogCallAsync(number, log, http.Staff(), http.RequestAborted);
        return logged.Refusal is { } refused ? refused.ToResult() : await tickets.GetAsync(number, http);
    }

    public async Task<IResult> ListAsync(long number, HttpContext http) =>
        await queries.GetAsync(number, http.Staff(), http.RequestAborted) is null
            ? Refusal.TicketNotFound.ToResult()
            : WireJson.Result(new Page<CallOut>([.. (await calls.OfTicketAsync(number, http.Staff(), http.RequestAborted)).Select(CallOut.Of)], null));
}

using PremiumSupport.Channels.Chat;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Waiting;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Help;

/// <summary>What a chat can be told while it waits.</summary>
/// <param name="SomebodyHere">Whether a specialist is there to answer.</param>
/// <param name="Position">The place in the line, 1 being next; null for a chat that is answered.</param>
/// <param name="ExpectedSeconds">From recent first answers; null where there is no basis.</param>
/// <param name="OfferForm">Why the email form is offered: <c>nobody</c> or <c>long</c>; null when it is not.</param>
internal sealed record ChatWaitOut(bool SomebodyHere, int? Position, double? ExpectedSeconds, string? OfferForm);

/// <summary>What the chat page asks beside the hub.</summary>
internal sealed class ChatEndpoints(WaitQueries waits, TicketQueries queries, TicketCommands commands, ChatOptions options, TimeProvider clock)
{
    public async Task<IResult> WaitAsync(long? number, HttpContext http)
    {
        if (await waits.OfAsync(number, http.Customer(), http.RequestAborted) is not { } wait)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        var isLong = wait.Expected > options.LongestWait || clock.GetUtcNow() - wait.WaitedSince > options.LongestWait;
        var offer = wait.Position is null ? null : !wait.IsSomebodyHere ? "nobody" : isLong ? "long" : null;
        return Results.Json(new ChatWaitOut(wait.IsSomebodyHere, wait.Position, wait.Expected?.TotalSeconds, offer));
    }

    /// <summary>The conversation by mail, to the address that the customer is known by.</summary>
    public async Task<IResult> MailTranscriptAsync(long number, HttpContext http) =>
        (await commands.MailTranscriptAsync(number, http.Customer(), http.RequestAborted)).Refusal is { } refusal ? refusal.ToResult() : Results.StatusCode(StatusCodes.Status202Accepted);

    /// <summary>The conversation as a file, in the page's language and the reader's zone.</summary>
    public async Task<IResult> TranscriptAsync(long number, HttpContext http)
    {
        if (await queries.ForCustomerAsync(number, http.Customer(), http.RequestAborted) is not { } ticket)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        if (Transcript.Words(http.Request.Query["format"].ToString()) is not { } format)
        {
            return Problem.Result(StatusCodes.Status400BadRequest, "invalid", "Say text or html.");
        }

        var transcript = new Transcript(ticket, CustomerTexts.Pick(http.Request), http.Request.Query["zone"].ToString());
        return Results.File(transcript.ToFile(format), $"{format.MediaType}; charset=utf-8", $"conversation-{number}.{format.Ending}");
    }
}

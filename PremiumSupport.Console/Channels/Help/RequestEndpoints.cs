using System.Security.Cryptography;
using System.Text;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>A customer's own requests. What is not theirs is not there.</summary>
internal sealed class RequestEndpoints(TicketCommands commands, TicketQueries queries, CallQueries calls, RatingOptions ratings, TimeProvider clock)
{
    private const int LongestKey = 255;

    public async Task<IResult> OpenAsync(HttpContext http)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            return Problem.Result(400, "invalid", $"An Idempotency-Key has at most {LongestKey} characters.");
        }

        var (input, problem) = await ApiBody.ReadAsync<RequestInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (Check(input!, out var channel, out var criterion) is { } invalid)
        {
            return invalid.ToResult();
        }

        var caller = http.Customer();
        var opened = await commands.OpenAsync(
            new()
            {
                Channel = channel,
                Subject = input!.Subject,
                Body = input.Body,
                Files = input.Attachments ?? [],
                IsBusinessCritical = input.BusinessCritical ?? false,
                Criterion = criterion,
                Impact = input.Impact,
                PhoneNumber = input.PhoneNumber,
                CallWish = input.CallWindow,
                Locale = input.Locale,
                Platform = CallerReader.Platform(http.User),
                ClientMessageId = key.Length > 0 ? MessageId(key) : Guid.CreateVersion7().ToString("N"),
            },
            caller,
            http.RequestAborted);
        if (opened.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        if (input.ContinuesChat is { } chat)
        {
            // Answered meanwhile, or done by an earlier try: the request stands either way.
            await commands.ContinueAsync(chat, opened.Value!.Number, caller, http.RequestAborted);
        }

        var ticket = (await queries.ForCustomerAsync(opened.Value!.Number, caller, http.RequestAborted))!;
        return IsOf(ticket, channel, input)
            ? Results.Json(await OutAsync(ticket, http), statusCode: StatusCodes.Status201Created)
            : Problem.Result(422, "idempotency-key-reused", "This has been sent before, with other words. It is among your requests.");
    }

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var now = clock.GetUtcNow();
        var tickets = await queries.ListForCustomerAsync(http.Customer(), http.RequestAborted);
        return Results.Json(new Items<RequestOut>([.. tickets.Select(ticket => RequestOut.Of(ticket, ratings, now))]));
    }

    public async Task<IResult> GetAsync(long number, HttpContext http) =>
        await queries.ForCustomerAsync(number, http.Customer(), http.RequestAborted) is { } ticket
            ? Results.Json(await OutAsync(ticket, http))
            : Refusal.TicketNotFound.ToResult();

    public async Task<IResult> PostAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<ReplyInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var posted = await commands.PostAsync(number, new(input!.Body, input.Attachments), input.ClientMessageId, http.Customer(), http.RequestAborted);
        return posted.Refusal is { } refusal ? refusal.ToResult() : Results.Json(posted.Value, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> CloseAsync(long number, HttpContext http) => await AnswerAsync(number, await commands.CloseAsync(number, http.Customer(), http.RequestAborted), http);

    public async Task<IResult> ReopenAsync(long number, HttpContext http) => await AnswerAsync(number, await commands.ReopenAsync(number, http.Customer(), http.RequestAborted), http);

    public async Task<IResult> CancelCallAsync(long number, HttpContext http) =>
        await AnswerAsync(number, await commands.CancelCallbackAsync(number, http.Customer(), http.RequestAborted), http);

    public async Task<IResult> RescheduleCallAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<CallbackInput>(http);
        return problem ?? await AnswerAsync(number, await commands.RescheduleCallbackAsync(number, input!.CallWindow, input.PhoneNumber, http.Customer(), http.RequestAborted), http);
    }

    public async Task<IResult> RateAsync(long number, HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<RatingInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var score = ApiBody.TryWord<RatingScore>(input!.Score, out var word) ? word : (RatingScore?)null;
        return await AnswerAsync(number, await commands.RateAsync(number, score, input.Comment, ratings, http.Customer(), http.RequestAborted), http);
    }

    /// <summary>What was done to a request is answered with the request as it is now.</summary>
    private async Task<IResult> AnswerAsync<T>(long number, Outcome<T> outcome, HttpContext http) => outcome.Refusal is { } refusal ? refusal.ToResult() : await GetAsync(number, http);

    private async Task<RequestOut> OutAsync(CustomerTicket ticket, HttpContext http) => RequestOut.Of(
        ticket, ratings, clock.GetUtcNow(), ticket.HasCallback ? await calls.ForCustomerAsync(ticket.Number, http.Customer(), http.RequestAborted) : null);

    private static Refusal? Check(RequestInput input, out Channel channel, out ClaimCriterion? criterion)
    {
        var errors = new List<(string, string)>();
        criterion = null;
        if (!ApiBody.TryWord(input.Channel, out channel) || channel is not (Channel.Email or Channel.Phone))
        {
            errors.Add(("channel", "Say email or phone. A chat begins in the chat."));
        }

        if (input.Criterion is not null)
        {
            if (ApiBody.TryWord<ClaimCriterion>(input.Criterion, out var word))
            {
                criterion = word;
            }
            else
            {
                errors.Add(("criterion", "Say signIn, outage, content or dataLoss."));
            }
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }

    // The message's id comes from the key, so a request that came before is found by it: no second ticket, however often it is sent.
    private static string MessageId(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static bool IsOf(CustomerTicket ticket, Channel channel, RequestInput input) =>
        ticket.Channel == channel
        && ticket.Subject == MessageText.SingleLine(input.Subject)
        && ticket.Messages.Count > 0 && ticket.Messages[0].Body == MessageText.Tidy(input.Body)
        && (ticket.Claim != ClaimState.None) == (input.BusinessCritical ?? false);
}

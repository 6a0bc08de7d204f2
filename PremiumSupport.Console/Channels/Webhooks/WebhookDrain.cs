using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Outbound;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>Makes messages of what happened and sends what is due, signed, to addresses that are looked at when they are connected to (trust rule 20).</summary>
public sealed partial class WebhookDrain(
    WebhookSpreadCommands spread, WebhookDeliveryCommands deliveries, WebhookQueries queries, WebhookSecrets secrets, WebhookOptions options, OutboundClient client, TimeProvider clock, ILogger<WebhookDrain> log)
{
    private const int Batch = 16;

    /// <summary>Does all that is to be done now. When the next message falls due; null when none waits.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellation = default)
    {
        while (await spread.RunAsync(cancellation))
        {
        }

        while (await deliveries.TakeAsync(Batch, cancellation) is { Count: > 0 } taken)
        {
            await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (delivery, _) => await SendAsync(delivery, cancellation));
        }

        return await queries.NextDueAsync(cancellation);
    }

    private async Task SendAsync(TakenDelivery taken, CancellationToken cancellation)
    {
        try
        {
            using var request = Request(taken);
            using var answer = await client.SendAsync(request, options.AllowPrivateAddress, WebhookRules.Within, cancellation);
            await deliveries.NoteAsync(taken.Delivery, (int)answer.StatusCode, await BeginningAsync(answer, cancellation), cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var why = failure switch
            {
                OperationCanceledException => $"No answer within {WebhookRules.Within.TotalSeconds:0} s.",
                HttpRequestException or IOException => failure.Message,
                CryptographicException => "This server’s key ring cannot open the endpoint’s secret. Make a new one.",
                _ => "It could not be sent.",
            };
            LogNotSent(log, taken.Delivery.Id, failure.GetType().Name);
            await deliveries.NoteAsync(taken.Delivery, null, why, cancellation);
        }
    }

    private HttpRequestMessage Request(TakenDelivery taken)
    {
        var (id, now, body) = ($"msg_{taken.Delivery.Id:N}", clock.GetUtcNow(), Encoding.UTF8.GetBytes(taken.Delivery.Body));
        var request = new HttpRequestMessage(HttpMethod.Post, taken.Endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignedWebhook.IdHeader, id);
        request.Headers.Add(SignedWebhook.TimestampHeader, SignedWebhook.Seconds(now));
        request.Headers.Add(SignedWebhook.SignatureHeader, secrets.Sign(taken.Endpoint, id, now, body));
        request.Headers.UserAgent.ParseAdd("PremiumSupport-Webhooks/1");
        return request;
    }

    /// <summary>As much of an answer as is kept; what follows is not waited for.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(limited.Token);
            var bytes = new byte[WebhookLimits.Answer];
            var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, limited.Token);
            var text = new string([.. Encoding.UTF8.GetString(bytes, 0, count).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
            return text.Length > 0 ? text : answer.ReasonPhrase ?? ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && failure is OperationCanceledException or IOException or HttpRequestException)
        {
            return answer.ReasonPhrase ?? "";
        }
    }

    [LoggerMessage(LogLevel.Debug, "Webhook {Id} was not sent: {Failure}")]
    private static partial void LogNotSent(ILogger logger, Guid id, string failure);
}

using System.Net.Http.Headers;
using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Outbound;

namespace PremiumSupport.Channels.Phone;

/// <summary>
/// Tells the telephone system to dial. The call is written down first, so that its messages find it however fast they come; it counts as an attempt only when the system says that it
/// rings, and a system that does not answer leaves nothing owed behind.
/// </summary>
public sealed partial class PbxDialer(TelephonyOptions options, OutboundClient client, TicketCommands commands, CallQueries calls, TimeProvider clock, ILogger<PbxDialer> log)
{
    /// <summary>Whether there is a system that can be told.</summary>
    public bool IsThere => options.CanDial;

    /// <summary>Begins a call on a ticket.</summary>
    public async Task<Outcome<TicketState>> DialAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        if (options.DialUrl is not { } url)
        {
            return Refusal.Conflict("no-telephony", "No telephone system is set up that could dial.");
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var begun = await commands.BeginCallAsync(number, id, CallSource.Pbx, caller, cancellation);
        if (begun.Refusal is not null)
        {
            return begun;
        }

        var call = (await calls.OfTicketAsync(number, caller, cancellation)).First(call => call.Id == id);
        if (await SendAsync(url, new(id, call.Number, caller.Email, number), cancellation))
        {
            return begun;
        }

        await commands.EndCallAsync(number, id, null, null, caller, CancellationToken.None);
        return Refusal.Conflict("no-dial", "The telephone system did not take the call. Try again, or dial by yourself and log what came of it.");
    }

    private async Task<bool> SendAsync(Uri url, DialOut dial, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(dial, WireJson.Options);
        var (id, at) = ($"dial_{dial.CallId:N}", clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignedWebhook.IdHeader, id);
        request.Headers.Add(SignedWebhook.TimestampHeader, SignedWebhook.Seconds(at));
        request.Headers.Add(SignedWebhook.SignatureHeader, SignedWebhook.Sign(options.Secrets[0], id, at, body));
        try
        {
            using var answer = await client.SendAsync(request, options.AllowPrivateAddress, options.DialWithin, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                LogRefused(log, (int)answer.StatusCode);
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            LogUnreachable(log, failure.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The telephone system answered {Status} when it was told to dial.")]
    private static partial void LogRefused(ILogger logger, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The telephone system was not reached: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}

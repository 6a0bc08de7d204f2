using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Phone;

/// <summary>The door of the telephone system. Its signature is all that opens it.</summary>
internal sealed class TelephonyEndpoints(TelephonyOptions options, TicketCommands commands, TimeProvider clock)
{
    private const int LargestBody = 64 << 10;
    private const int LongestCallId = 100;

    public async Task<IResult> HearAsync(HttpContext http)
    {
        if (options.Secrets.Count == 0)
        {
            return Problem.Result(404, "no-telephony", "No telephone system is set up here (Telephony:Secrets).");
        }

        if (await ReadAsync(http.Request.Body, http.RequestAborted) is not { } body)
        {
            return Problem.Result(413, "too-large", $"A message has at most {LargestBody:N0} bytes.");
        }

        var id = http.Request.Headers[SignedWebhook.IdHeader].ToString();
        var fault = SignedWebhook.Check(options.Secrets, id, http.Request.Headers[SignedWebhook.TimestampHeader].ToString(), http.Request.Headers[SignedWebhook.SignatureHeader].ToString(), body, clock.GetUtcNow());
        if (fault is { } why)
        {
            return Problem.Result(401, Word(why), why switch
            {
                WebhookFault.NotSigned => "Sign the message: webhook-id, webhook-timestamp and webhook-signature, as Standard Webhooks says.",
                WebhookFault.Late => "The message was sent more than five minutes from now. Send it anew, and let your clock be set.",
                _ => "The signature fits none of our secrets.",
            });
        }

        if (id.Length > TelephonyEvent.LongestId)
        {
            return Refusal.Invalid((SignedWebhook.IdHeader, $"A webhook-id has at most {TelephonyEvent.LongestId} characters.")).ToResult();
        }

        var read = Read(id, body);
        if (read.Refusal is { } invalid)
        {
            return invalid.ToResult();
        }

        var heard = await commands.HearAsync(read.Value!, http.RequestAborted);
        return heard.Refusal is { } refusal ? refusal.ToResult() : Results.Json(TelephonyCallOut.Of(heard.Value!), WireJson.Options);
    }

    /// <summary>A message as the desk takes it, or what is wrong with it, by field.</summary>
    internal static Outcome<CallMessage> Read(string id, byte[] body)
    {
        TelephonyEventInput? input;
        try
        {
            input = JsonSerializer.Deserialize<TelephonyEventInput>(body, WireJson.Options);
        }
        catch (JsonException)
        {
            input = null;
        }

        if (input is null)
        {
            return new Refusal(RefusalKind.Invalid, "malformed", "The body is not JSON that we understand.");
        }

        var errors = new List<(string, string)>();
        var sign = input.Type switch { "call.ringing" => CallSign.Ringing, "call.answered" => CallSign.Answered, "call.ended" => CallSign.Ended, _ => (CallSign?)null };
        if (sign is null)
        {
            errors.Add(("type", "Say call.ringing, call.answered or call.ended."));
        }

        if (!ApiBody.TryWord<CallDirection>(input.Direction, out var direction))
        {
            errors.Add(("direction", "Say outgoing or incoming."));
        }

        if (string.IsNullOrWhiteSpace(input.CallId) || input.CallId.Length > LongestCallId)
        {
            errors.Add(("callId", $"Name the call by 1 to {LongestCallId} characters, the same in all its messages."));
        }

        CallOutcome outcome = default;
        if (input.Outcome is not null && !ApiBody.TryWord(input.Outcome, out outcome))
        {
            errors.Add(("outcome", "Say reached, noAnswer, busy, voicemail or wrongNumber."));
        }

        return errors.Count > 0
            ? Refusal.Invalid([.. errors])
            : new CallMessage(id, IdOf(input.CallId!), sign!.Value, direction, PhoneNumberParser.ToE164(input.Number) ?? "", input.Agent, input.Outcome is null ? null : outcome);
    }

    // A system's own id may be any text; the same text is always the same call.
    private static Guid IdOf(string callId) => Guid.TryParse(callId, out var ours) ? ours : new(SHA256.HashData(Encoding.UTF8.GetBytes($"telephony:{callId}")).AsSpan(0, 16));

    private static async Task<byte[]?> ReadAsync(Stream from, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (body.Length + read > LargestBody)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static string Word(WebhookFault fault) => fault switch { WebhookFault.NotSigned => "unsigned", WebhookFault.Late => "late", _ => "forged" };
}

using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Limits;
using PremiumSupport.Platform.Web.Outbound;

namespace PremiumSupport.Channels.Phone;

/// <summary>Registers the telephone system's door and the way to it.</summary>
public static class PhoneSetup
{
    private static readonly Allowance Messages = new(600, TimeSpan.FromMilliseconds(50));

    /// <summary>Adds options, dialler and endpoint.</summary>
    public static IHostApplicationBuilder AddPhone(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TelephonyOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<OutboundClient>();
        builder.Services.AddSingleton<PbxDialer>();
        builder.Services.AddSingleton<TelephonyEndpoints>();
        return builder;
    }

    /// <summary>Maps <c>/telephony/v1</c>.</summary>
    public static void MapPhone(this IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var limiter = new Limiter(Messages.Times(services.GetRequiredService<LimitOptions>().Scale), services.GetRequiredService<TimeProvider>());
        app.MapPost("/telephony/v1/events", (Delegate)services.GetRequiredService<TelephonyEndpoints>().HearAsync)
            // Its signature is the key: no cookie and no session opens it.
            .AllowAnonymous().Limit(limiter, ClientAddress.Of)
            .WithSummary("A telephone system says that a call rings, was answered or has ended")
            .WithDescription("Signed as Standard Webhooks 1.0 says, with one of the secrets in Telephony:Secrets: webhook-id, webhook-timestamp (at most five minutes from now) and webhook-signature (v1,base64 of the HMAC-SHA256 over id.timestamp.body). The same webhook-id again has no second effect. When Telephony:DialUrl is set, that address is told to dial by a POST of {callId, number, agent, ticket}, signed in the same way; it answers 2xx and says callId back in every message of that call. An outgoing call counts as an attempt from its first message on. An incoming call waits at the console until a specialist says whose it was.")
            .Accepts<TelephonyEventInput>("application/json", "*/*").Produces<TelephonyCallOut>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(429);
    }
}

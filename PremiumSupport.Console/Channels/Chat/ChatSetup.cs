using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Chat;

/// <summary>Registers the chat hub.</summary>
public static class ChatSetup
{
    // The longest body in UTF-8, JSON-escaped at worst, and the envelope around it.
    private const long LargestMessage = (TicketLimits.Body * 6L) + 4096;

    /// <summary>Adds SignalR with the limits that the chat needs.</summary>
    public static IHostApplicationBuilder AddChat(this IHostApplicationBuilder builder)
    {
        var options = ChatOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ConversationSignals>();
        builder.Services.AddSingleton<ConversationPresence>();
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<MarkKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MarkKeeper>());
        builder.Services.AddSingleton(services => new ChatRooms(
            services.GetRequiredService<Listeners>(), services.GetRequiredService<ConversationPresence>(), services.GetRequiredService<MarkKeeper>(), options, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<TypingExpiry>();
        // AddHubOptions and not Configure: the framework ignores options of a hub that it has not been told to have any.
        builder.Services.AddSignalR().AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions)).AddMessagePackProtocol().AddHubOptions<ChatHub>(hub =>
        {
            hub.MaximumReceiveMessageSize = LargestMessage;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.AddFilter<UnexpectedFailures>();
        });
        builder.Services.AddSingleton<UnexpectedFailures>();
        // A call's line shows its arguments, and with them what people write (trust rule 21).
        builder.Logging.AddFilter(UnexpectedFailures.Category, LogLevel.None);
        builder.Services.AddHostedService<ChatFanout>();
        return builder;
    }

    /// <summary>Maps the hub.</summary>
    public static void MapChat(this IEndpointRouteBuilder app) => app.MapHub<ChatHub>("/hubs/chat", connection =>
    {
        connection.AllowStatefulReconnects = false;
        connection.CloseOnAuthenticationExpiration = true;
    });
}

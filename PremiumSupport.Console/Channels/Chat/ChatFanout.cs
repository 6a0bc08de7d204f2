using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// Pushes what was committed to those who listen, in commit order. It runs beside the writer so that a slow network never holds up a commit;
/// what it loses when the process dies, clients read by sequence.
/// </summary>
public sealed partial class ChatFanout(ConversationFeed feed, ConversationSignals signals, IHubContext<ChatHub, IChatClient> hub, ILogger<ChatFanout> log) : BackgroundService
{
    private readonly Channel<object> _outgoing = Channel.CreateUnbounded<object>(new() { SingleReader = true });

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Subscribe(news => _outgoing.Writer.TryWrite(news));
        signals.Subscribe(signal => _outgoing.Writer.TryWrite(signal));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var item in _outgoing.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(item);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(log, failure);
            }
        }
    }

    private Task SendAsync(object item) => item switch
    {
        MessageNews { Number: var number, Message: var message } => Group(number).MessagePosted(number, ChatMessage.Of(message)),
        StateNews { Number: var number } state => Group(number).TicketChanged(number, state.Status.ToString().ToLowerInvariant(), state.AssigneeName),
        ConversationSignal { IsTyping: { } isTyping } signal => Group(signal.Number).TypingChanged(signal.Number, signal.Who, isTyping),
        ConversationSignal { ReadSequence: { } sequence } signal => Group(signal.Number).ReadAdvanced(signal.Number, signal.Who, sequence),
        _ => Task.CompletedTask,
    };

    private IChatClient Group(long number) => hub.Clients.Group(ChatHub.GroupOf(number));

    [LoggerMessage(LogLevel.Error, "A message could not be pushed; its readers will fetch it by sequence")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

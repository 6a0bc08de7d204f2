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
    private const int MostRemembered = 256;

    private readonly Channel<Push> _outgoing = Channel.CreateUnbounded<Push>(new() { SingleReader = true });

    // The last push of each conversation that is still on its way; touched by the one reader only.
    private readonly Dictionary<long, Task> _underway = [];

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Subscribe(news => _outgoing.Writer.TryWrite(new(news.Number, news)));
        signals.Subscribe(signal => _outgoing.Writer.TryWrite(new(signal.Number, signal)));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var push in _outgoing.Reader.ReadAllAsync(stoppingToken))
        {
            // In order within a conversation, side by side otherwise: a listener who stops reading holds up their own conversation and nobody else's.
            var before = _underway.GetValueOrDefault(push.Number, Task.CompletedTask);
            _underway[push.Number] = SendAfterAsync(before, push.News);
            if (_underway.Count > MostRemembered)
            {
                Forget();
            }
        }
    }

    private async Task SendAfterAsync(Task before, object news)
    {
        await before;
        try
        {
            await SendAsync(news);
        }
        catch (Exception failure)
        {
            LogFailed(log, failure);
        }
    }

    private void Forget()
    {
        foreach (var (number, _) in _underway.Where(entry => entry.Value.IsCompleted).ToList())
        {
            _underway.Remove(number);
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

    private readonly record struct Push(long Number, object News);

    [LoggerMessage(LogLevel.Error, "A message could not be pushed; its readers will fetch it by sequence")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// Pushes what was committed to those who listen, in commit order. It runs beside the writer so that a slow network never holds up a commit;
/// what it loses when the process dies, clients read by sequence.
/// </summary>
internal sealed partial class ChatFanout : BackgroundService
{
    // A client that is alive takes a push at once; one that is on a bad line gets this long before it has to connect anew.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<object> _outgoing = Channel.CreateUnbounded<object>(new() { SingleReader = true });
    private readonly ConversationFeed _feed;
    private readonly ConversationSignals _signals;
    private readonly Listeners _listeners;
    private readonly IHubContext<ChatHub, IChatClient> _hub;
    private readonly ILogger<ChatFanout> _log;
    private readonly PushLanes _lanes;

    public ChatFanout(ConversationFeed feed, ConversationSignals signals, Listeners listeners, IHubContext<ChatHub, IChatClient> hub, ILogger<ChatFanout> log)
    {
        (_feed, _signals, _listeners, _hub, _log) = (feed, signals, listeners, hub, log);
        _lanes = new(EndDeafAsync);
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _feed.Subscribe(news => _outgoing.Writer.TryWrite(news));
        _signals.Subscribe(signal => _outgoing.Writer.TryWrite(signal));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in _outgoing.Reader.ReadAllAsync(stoppingToken))
        {
            switch (news)
            {
                case MessageNews { Number: var number, Message: var message }:
                    Push(number, listeners => listeners.MessagePosted(number, ChatMessage.Of(message)));
                    break;
                case StateNews { Number: var number } state:
                    Push(number, listeners => listeners.TicketChanged(number, state.Status.ToString().ToLowerInvariant(), state.AssigneeName));
                    break;
                case RequesterNews { Number: var number } moved:
                    _listeners.EndOthers(number, moved.ContactId);
                    break;
                case ConversationSignal signal:
                    Push(signal);
                    break;
            }
        }
    }

    private void Push(ConversationSignal signal)
    {
        var (number, who) = (signal.Number, signal.Who);
        switch (signal)
        {
            case { IsTyping: { } isTyping }:
                Push(number, listeners => listeners.TypingChanged(number, who, isTyping));
                break;
            case { IsHere: { } isHere }:
                Push(number, listeners => listeners.PresenceChanged(number, who, isHere));
                break;
            case { Mark: { } mark }:
                Push(number, listeners => listeners.ReceivedAdvanced(number, who, mark.Received));
                if (mark.Read > 0)
                {
                    Push(number, listeners => listeners.ReadAdvanced(number, who, mark.Read));
                }

                break;
        }
    }

    private void Push(long number, Func<IChatClient, Task> push) => _lanes.Push(number, async () =>
    {
        try
        {
            await push(_hub.Clients.Group(ChatHub.GroupOf(number)));
        }
        catch (Exception failure)
        {
            LogFailed(_log, failure);
        }
    });

    /// <summary>
    /// Finds the listeners who take nothing, by a push that says nothing, and ends their connections: what waits for them would fill the memory. What they missed they
    /// read by sequence when they come back.
    /// </summary>
    private async Task EndDeafAsync(long number)
    {
        try
        {
            await Task.WhenAll(_listeners.Of(number).Select(EndIfDeafAsync));
        }
        catch (Exception failure)
        {
            LogFailed(_log, failure);
        }
    }

    private async Task EndIfDeafAsync(ChatConnection listener)
    {
        try
        {
            await _hub.Clients.Client(listener.Context.ConnectionId).TypingChanged(0, listener.Who, false).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            LogDeaf(_log, listener.Who);
            listener.Context.Abort();
        }
    }

    [LoggerMessage(LogLevel.Error, "A message could not be pushed; its readers will fetch it by sequence")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Information, "A connection of a {Who} took nothing any more and was ended")]
    private static partial void LogDeaf(ILogger logger, string who);
}

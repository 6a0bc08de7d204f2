using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Chat;

/// <summary>One connection of the hub: who it is, what it listens to and how much it may still ask for. Its calls come one after another.</summary>
internal sealed class ChatConnection(Caller caller, HubCallerContext context, ChatOptions options, TimeProvider clock)
{
    private readonly TokenBucket _messages = new(options.MessagesPerSecond, options.MessageBurst, clock);
    private readonly TokenBucket _signs = new(options.SignsPerSecond, options.SignBurst, clock);
    private readonly TokenBucket _misses = new(1, options.MostMisses, clock);
    private readonly Dictionary<long, IDisposable> _conversations = [];

    /// <summary>On whose behalf it calls.</summary>
    public Caller Caller => caller;

    public HubCallerContext Context => context;

    /// <summary>Which side of a conversation it is on.</summary>
    public MessageFrom Side => caller is CustomerCaller ? MessageFrom.Customer : MessageFrom.Staff;

    /// <summary>The contract's word for that side.</summary>
    public string Who => caller is CustomerCaller ? "customer" : "staff";

    /// <summary>Where it types right now; so that who goes away in the middle of a word types no longer.</summary>
    public long? TypesIn { get; set; }

    /// <summary>Whether it listens to a conversation; then it was found to be the caller's.</summary>
    public bool ListensTo(long number) => _conversations.ContainsKey(number);

    /// <summary>Takes a message's turn.</summary>
    /// <exception cref="HubException">Too many messages.</exception>
    public void DemandMessage()
    {
        if (!_messages.TryTake())
        {
            throw new HubException($"too-fast: Up to {options.MessagesPerSecond:N0} messages a second are taken from one connection. This one was not written; send it again in a moment.");
        }
    }

    /// <summary>Takes the turn of a join or a sign of life.</summary>
    /// <exception cref="HubException">Too many of them.</exception>
    public void DemandSign()
    {
        if (!_signs.TryTake())
        {
            throw new HubException($"too-fast: Up to {options.SignsPerSecond:N0} calls a second are taken from one connection. Try again in a moment.");
        }
    }

    /// <summary>Looks up nothing more for somebody who only ever asks for what is not theirs.</summary>
    /// <exception cref="HubException">Begins with the contract's word.</exception>
    public void DemandTries()
    {
        if (_misses.IsEmpty)
        {
            throw new HubException("forbidden: None of the last conversations that you asked for was yours. Wait a minute.");
        }
    }

    /// <summary>Counts a conversation that is not there or not the caller's; both look the same (trust rule 1).</summary>
    public HubException Miss()
    {
        _misses.TryTake();
        return new("forbidden");
    }

    /// <summary>Notes that it listens to a conversation from now on.</summary>
    /// <exception cref="HubException">It listens to too many.</exception>
    public void Listen(long number, Func<IDisposable> enter)
    {
        if (_conversations.ContainsKey(number))
        {
            return;
        }

        if (_conversations.Count >= options.MostConversations)
        {
            throw new HubException($"too-many: One connection listens to {options.MostConversations:N0} conversations at most. Open another one.");
        }

        _conversations.Add(number, enter());
    }

    /// <summary>Listens to nothing any more.</summary>
    public void Leave()
    {
        foreach (var listening in _conversations.Values)
        {
            listening.Dispose();
        }

        _conversations.Clear();
    }
}

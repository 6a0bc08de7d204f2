using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Chat;

/// <summary>What the connections of this node's hub share: who listens where, and what is kept of it.</summary>
public sealed class ChatRooms
{
    private static readonly object Key = new();

    private readonly Listeners _listeners;
    private readonly ChatOptions _options;
    private readonly TimeProvider _clock;

    internal ChatRooms(Listeners listeners, ConversationPresence presence, MarkKeeper marks, ChatOptions options, TimeProvider clock) =>
        (_listeners, Presence, Marks, _options, _clock) = (listeners, presence, marks, options, clock);

    /// <summary>Who has which conversation before them.</summary>
    public ConversationPresence Presence { get; }

    /// <summary>Keeps how far each side has got.</summary>
    public MarkKeeper Marks { get; }

    /// <summary>The connection of a call; the caller is read from the principal once, since a connection is authenticated once.</summary>
    internal ChatConnection ConnectionOf(HubCallerContext context)
    {
        if (context.Items.TryGetValue(Key, out var known))
        {
            return (ChatConnection)known!;
        }

        var fresh = new ChatConnection(CallerReader.From(context.User) ?? throw new HubException("forbidden"), context, _options, _clock);
        context.Items[Key] = fresh;
        return fresh;
    }

    /// <summary>Counts a connection in among those who listen to a conversation and have it before them.</summary>
    internal void Listen(ChatConnection connection, long number) => connection.Listen(number, () =>
    {
        var (listening, presence) = (_listeners.Add(number, connection), Presence.Enter(number, connection.Who, connection.Caller.Name));
        return new Both(listening, presence);
    });

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}

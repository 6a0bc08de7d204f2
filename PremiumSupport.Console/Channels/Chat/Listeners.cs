using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Chat;

/// <summary>The connections of this node that listen to each conversation.</summary>
internal sealed class Listeners
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<ChatConnection>> _byConversation = [];

    /// <summary>Counts a connection in until disposed.</summary>
    public IDisposable Add(long number, ChatConnection connection)
    {
        lock (_gate)
        {
            (_byConversation.TryGetValue(number, out var all) ? all : _byConversation[number] = []).Add(connection);
        }

        return new Ending(() => Remove(number, connection));
    }

    /// <summary>Those who listen right now.</summary>
    public IReadOnlyList<ChatConnection> Of(long number)
    {
        lock (_gate)
        {
            return _byConversation.TryGetValue(number, out var all) ? [.. all] : [];
        }
    }

    /// <summary>Ends the connections of customers to whom a conversation does not belong any more. A client that comes back joins what is still its own.</summary>
    public void EndOthers(long number, Guid contactId)
    {
        foreach (var connection in Of(number).Where(connection => connection.Caller is CustomerCaller customer && customer.ContactId != contactId))
        {
            connection.Context.Abort();
        }
    }

    private void Remove(long number, ChatConnection connection)
    {
        lock (_gate)
        {
            if (_byConversation.TryGetValue(number, out var all) && all.Remove(connection) && all.Count == 0)
            {
                _byConversation.Remove(number);
            }
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

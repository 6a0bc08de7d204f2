using System.Collections.Immutable;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Channels.Chat;

/// <summary>A sign of life in a conversation, safe to lose: what of it lasts stands in the database.</summary>
/// <param name="Who">"customer" or "staff".</param>
/// <param name="Name">Who it is, for staff.</param>
/// <param name="IsTyping">Set when somebody began or stopped typing.</param>
/// <param name="Mark">Set when a side got or read messages so far; it is stored by then.</param>
/// <param name="IsHere">Set when the first of a side came to the conversation, or the last one left.</param>
public sealed record ConversationSignal(long Number, string Who, string Name, bool? IsTyping = null, ReadMark? Mark = null, bool? IsHere = null);

/// <summary>Carries typing, reading and presence between the hub's customers and the console's circuits of this node.</summary>
public sealed class ConversationSignals
{
    private ImmutableArray<Action<ConversationSignal>> _handlers = [];

    /// <summary>Calls the handler for every signal until disposed. The handler must be quick.</summary>
    public IDisposable Subscribe(Action<ConversationSignal> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, (all, added) => all.Add(added), handler);
        return new Ending(() => ImmutableInterlocked.Update(ref _handlers, (all, removed) => all.Remove(removed), handler));
    }

    /// <summary>Tells everybody.</summary>
    public void Publish(ConversationSignal signal)
    {
        foreach (var handler in _handlers)
        {
            handler(signal);
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

using System.Collections.Immutable;

namespace PremiumSupport.Channels.Chat;

/// <summary>A passing sign of life in a conversation; never stored, and safe to lose.</summary>
/// <param name="Who">"customer" or "staff".</param>
/// <param name="Name">Who it is, for staff.</param>
/// <param name="IsTyping">Set when somebody began or stopped typing.</param>
/// <param name="ReadSequence">Set when somebody has read so far.</param>
public sealed record ConversationSignal(long Number, string Who, string Name, bool? IsTyping = null, long? ReadSequence = null);

/// <summary>Carries typing and reading between the hub's customers and the console's circuits of this node.</summary>
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

namespace PremiumSupport.Channels.Chat;

/// <summary>Who has a conversation before them on this node: customers' pages and programs by the hub, staff also by the ticket's page.</summary>
public sealed class ConversationPresence(ConversationSignals signals)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Number, string Who), int> _here = [];

    /// <summary>Whether a side is there; <paramref name="who"/> is "customer" or "staff".</summary>
    public bool IsHere(long number, string who)
    {
        lock (_gate)
        {
            return _here.ContainsKey((number, who));
        }
    }

    /// <summary>Comes in until disposed. The first of a side and the last are told to the other.</summary>
    public IDisposable Enter(long number, string who, string name)
    {
        if (Count(number, who, 1) == 1)
        {
            signals.Publish(new(number, who, name, IsHere: true));
        }

        return new Stay(() =>
        {
            if (Count(number, who, -1) == 0)
            {
                signals.Publish(new(number, who, name, IsHere: false));
            }
        });
    }

    private int Count(long number, string who, int more)
    {
        lock (_gate)
        {
            var count = _here.GetValueOrDefault((number, who)) + more;
            if (count == 0)
            {
                _here.Remove((number, who));
            }
            else
            {
                _here[(number, who)] = count;
            }

            return count;
        }
    }

    private sealed class Stay(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}

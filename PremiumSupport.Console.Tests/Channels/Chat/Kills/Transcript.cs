namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>A conversation as a client knows it: each message once, by sequence; what contradicts itself is noted.</summary>
internal sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Said> _messages = [];
    private readonly List<string> _contradictions = [];
    private long _last;

    /// <summary>The last sequence up to which nothing is missing.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public IReadOnlyList<Said> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.Values];
            }
        }
    }

    /// <summary>Sequences that were one thing first and another later.</summary>
    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (_gate)
            {
                return [.. _contradictions];
            }
        }
    }

    /// <summary>Takes a message in; false when something before it is missing.</summary>
    public bool Add(Said message)
    {
        lock (_gate)
        {
            if (!_messages.TryAdd(message.Sequence, message) && _messages[message.Sequence] != message)
            {
                _contradictions.Add($"{_messages[message.Sequence]} later was {message}");
            }

            while (_messages.ContainsKey(_last + 1))
            {
                _last++;
            }

            return message.Sequence <= _last;
        }
    }
}

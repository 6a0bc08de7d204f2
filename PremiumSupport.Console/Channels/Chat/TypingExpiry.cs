namespace PremiumSupport.Channels.Chat;

/// <summary>Nobody types for ever: who said that they type and then nothing more is told to have stopped, whatever became of the word that they stopped.</summary>
internal sealed class TypingExpiry(ConversationSignals signals, TimeProvider clock) : IHostedService, IDisposable
{
    /// <summary>How long a word holds; clients that go on typing say it again every few seconds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Number, string Who, string Name), long> _typing = [];
    private IDisposable? _subscription;
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = signals.Subscribe(Note);
        _timer = clock.CreateTimer(_ => Expire(), null, Beat, Beat);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _timer?.Dispose();
    }

    private void Note(ConversationSignal signal)
    {
        if (signal.IsTyping is not { } isTyping)
        {
            return;
        }

        lock (_gate)
        {
            var key = (signal.Number, signal.Who, signal.Name);
            if (isTyping)
            {
                _typing[key] = clock.GetTimestamp();
            }
            else
            {
                _typing.Remove(key);
            }
        }
    }

    private void Expire()
    {
        List<(long Number, string Who, string Name)> over;
        lock (_gate)
        {
            over = [.. _typing.Where(typing => clock.GetElapsedTime(typing.Value) >= Holds).Select(typing => typing.Key)];
        }

        foreach (var (number, who, name) in over)
        {
            signals.Publish(new(number, who, name, IsTyping: false));
        }
    }
}

using System.Collections.Immutable;

namespace PremiumSupport.Platform.Realtime;

/// <summary>"This changed": a topic and an id, never the data. May be lost without harm, because readers read the database again.</summary>
/// <param name="Topic">What kind of thing, e.g. <c>ticket</c>.</param>
/// <param name="Id">Which one.</param>
public readonly record struct Change(string Topic, long Id);

/// <summary>Tells the circuits and workers of this node what has changed. Subscribe first, then read.</summary>
public sealed partial class ChangeBus(ILogger<ChangeBus> log)
{
    private ImmutableArray<Action<Change>> _handlers = [];

    /// <summary>Calls the handler on every change until the result is disposed. The handler must be quick: it runs on the publisher's thread.</summary>
    public IDisposable Subscribe(Action<Change> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, (all, added) => all.Add(added), handler);
        return new Subscription(() => ImmutableInterlocked.Update(ref _handlers, (all, removed) => all.Remove(removed), handler));
    }

    /// <summary>Tells every subscriber; one that fails does not keep the rest from hearing.</summary>
    public void Publish(Change change)
    {
        foreach (var handler in _handlers)
        {
            try
            {
                handler(change);
            }
            catch (Exception failure)
            {
                LogHandlerFailed(log, change.Topic, change.Id, failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A subscriber failed on {Topic} {Id}")]
    private static partial void LogHandlerFailed(ILogger logger, string topic, long id, Exception failure);

    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}

using System.Collections.Immutable;

namespace PremiumSupport.Platform.Realtime;

/// <summary>"This changed": a topic and an id, never the data. May be lost without harm, because readers read the database again.</summary>
/// <param name="Topic">What kind of thing, e.g. <c>ticket</c>.</param>
/// <param name="Id">Which one.</param>
public readonly record struct Change(string Topic, long Id)
{
    /// <summary>News may have been lost: whoever hears this reads again, whatever it is that they read.</summary>
    public static readonly Change Everything = new("everything", 0);

    /// <summary>Whether somebody who reads things of that topic should read again. Ask this rather than for the topic alone.</summary>
    public bool IsAbout(string topic) => Topic == topic || this == Everything;
}

/// <summary>
/// Tells the circuits and workers of this node what has changed, whichever node changed it. Subscribe first, then read.
/// </summary>
public sealed partial class ChangeBus(ILogger<ChangeBus> log)
{
    private ImmutableArray<Action<Change>> _handlers = [];
    private ImmutableArray<Action<Change>> _forwarders = [];

    /// <summary>Calls the handler on every change until the result is disposed. The handler must be quick: it runs on the publisher's thread.</summary>
    public IDisposable Subscribe(Action<Change> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, (all, added) => all.Add(added), handler);
        return new Subscription(() => ImmutableInterlocked.Update(ref _handlers, (all, removed) => all.Remove(removed), handler));
    }

    /// <summary>Calls the handler on what this node published for all, so that it carries it to the other nodes, which tell theirs by <see cref="PublishHere"/>.</summary>
    public IDisposable Forward(Action<Change> handler)
    {
        ImmutableInterlocked.Update(ref _forwarders, (all, added) => all.Add(added), handler);
        return new Subscription(() => ImmutableInterlocked.Update(ref _forwarders, (all, removed) => all.Remove(removed), handler));
    }

    /// <summary>Tells every subscriber of every node; one that fails does not keep the rest from hearing.</summary>
    public void Publish(Change change)
    {
        Tell(_handlers, change);
        Tell(_forwarders, change);
    }

    /// <summary>Tells the subscribers of this node alone: what came from another node, or what every node finds out by itself.</summary>
    public void PublishHere(Change change) => Tell(_handlers, change);

    private void Tell(ImmutableArray<Action<Change>> handlers, Change change)
    {
        foreach (var handler in handlers)
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

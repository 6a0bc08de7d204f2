namespace PremiumSupport.Platform.Data;

/// <summary>Keeps the other nodes on the same database out of something for a while.</summary>
public interface INodeLocks
{
    /// <summary>
    /// Waits until no other node holds the lock of that name, and holds it until disposed, or until this process dies. Within a node, callers that mind each other
    /// see to it themselves.
    /// </summary>
    Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation = default);
}

/// <summary>Where there is one node, nobody has to be kept out.</summary>
internal sealed class OneNode : INodeLocks
{
    private static readonly Task<IAsyncDisposable> Taken = Task.FromResult<IAsyncDisposable>(new Nothing());

    public Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation = default) => Taken;

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using System.Collections.Immutable;
using System.Threading.Channels;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.News;

/// <summary>
/// Tells the circuits of this node what is new in the queue, worked out once for all of them. Nothing of it is kept: it is for those who are here; what must not be missed is in the queue itself.
/// </summary>
public sealed partial class QueueNews(QueueProjection queue, ChangeBus changes, TimeProvider clock, ILogger<QueueNews> log) : BackgroundService
{
    private readonly Channel<bool> _changed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ImmutableArray<Action<IReadOnlyList<QueueNewsItem>>> _readers = [];

    /// <summary>Calls back with what is new, on a thread of its own, until the result is disposed; must be quick and must not throw.</summary>
    public IDisposable Subscribe(Action<IReadOnlyList<QueueNewsItem>> reader)
    {
        ImmutableInterlocked.Update(ref _readers, (all, added) => all.Add(added), reader);
        return new Leaving(() => ImmutableInterlocked.Update(ref _readers, (all, removed) => all.Remove(removed), reader));
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(QueueProjection.Topic))
            {
                _changed.Writer.TryWrite(true);
            }
        });
        try
        {
            await queue.Loaded.WaitAsync(stoppingToken);
            var known = queue.Rows.ToDictionary(row => row.Number);
            while (await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                _changed.Reader.TryRead(out _);
                var rows = queue.Rows;
                var news = QueueNewsRules.Between(known, rows, clock.GetUtcNow()).ToList();
                known = Learn(known, rows);
                if (news.Count > 0)
                {
                    foreach (var reader in _readers)
                    {
                        Tell(reader, news);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // One page that is just going must not silence the others, nor end the product.
    private void Tell(Action<IReadOnlyList<QueueNewsItem>> reader, IReadOnlyList<QueueNewsItem> news)
    {
        try
        {
            reader(news);
        }
        catch (Exception failure)
        {
            LogUntold(log, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A page could not be told what is new in the queue.")]
    private static partial void LogUntold(ILogger logger, Exception failure);

    // In place, but where tickets left: with a hundred thousand of them a dictionary anew for every change would be work for nothing.
    private static Dictionary<long, QueueRow> Learn(Dictionary<long, QueueRow> known, IReadOnlyList<QueueRow> rows)
    {
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Number, out var before) || !ReferenceEquals(before, row))
            {
                known[row.Number] = row;
            }
        }

        return known.Count == rows.Count ? known : rows.ToDictionary(row => row.Number);
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}

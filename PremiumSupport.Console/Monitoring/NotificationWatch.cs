using System.Threading.Channels;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Says on the bus that there are new notifications. They are written with the flags they are about, wherever a ticket is written, on this node or on another; so this looks once
/// whenever the queue has changed, instead of every writer having to tell.
/// </summary>
public sealed partial class NotificationWatch(NotificationQueries notifications, ChangeBus changes, ILogger<NotificationWatch> log) : BackgroundService
{
    // One signal is enough, however many changes it stands for. The queue has read the tickets by then, so whoever hears of a notification can show them.
    private readonly Channel<bool> _changed = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
            var latest = 0L;
            while (await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                _changed.Reader.TryRead(out _);
                latest = await LookAsync(latest, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<long> LookAsync(long latest, CancellationToken stopping)
    {
        try
        {
            var id = await notifications.LatestIdAsync(stopping);
            if (id > latest)
            {
                changes.PublishHere(new(NotificationCommands.Topic, 0));
            }

            return id;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogFailed(log, failure);
            return latest;
        }
    }

    [LoggerMessage(LogLevel.Error, "New notifications could not be looked up; the next change looks again")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

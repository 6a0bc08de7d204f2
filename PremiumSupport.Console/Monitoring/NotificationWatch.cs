using System.Threading.Channels;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Says on the bus that there are new notifications. They are written with the flags they are about, wherever a ticket is written, on this node or on another; so this looks once
/// whenever the queue has changed, instead of every writer having to tell.
/// </summary>
public sealed partial class NotificationWatch(NotificationQueries notifications, HeadsUpQueries headsUps, ChangeBus changes, ILogger<NotificationWatch> log) : BackgroundService
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
            var latest = (Warnings: -1L, HeadsUps: -1L);
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

    private async Task<(long Warnings, long HeadsUps)> LookAsync((long Warnings, long HeadsUps) latest, CancellationToken stopping)
    {
        try
        {
            var newest = (Warnings: await notifications.LatestIdAsync(stopping), HeadsUps: await headsUps.LatestIdAsync(stopping));
            if (latest.Warnings < 0)
            {
                changes.PublishHere(new(NotificationCommands.Topic, 0));
                return newest;
            }

            // Each is told of their own alone: a warning of one person's is no work for a thousand circuits.
            HashSet<Guid> told =
            [
                .. newest.Warnings > latest.Warnings ? await notifications.ToldAfterAsync(latest.Warnings, stopping) : [],
                .. newest.HeadsUps > latest.HeadsUps ? await headsUps.ToldAfterAsync(latest.HeadsUps, stopping) : [],
            ];
            foreach (var person in told)
            {
                changes.PublishHere(NotificationCommands.NewsOf(person));
            }

            return newest;
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

using System.Threading.Channels;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>Wakes the drain when a ticket or an endpoint changed, when a message falls due, and now and then in case the news of another node got lost.</summary>
internal sealed partial class WebhookSender(WebhookDrain drain, WebhookDeliveryCommands deliveries, ChangeBus changes, TimeProvider clock, ILogger<WebhookSender> log) : BackgroundService
{
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(30);

    // A busy chat changes tickets a thousand times a second; programs hear of it soon enough.
    private static readonly TimeSpan ShortestNap = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(6);

    // One signal is enough, however many changes it stands for.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(WebhookCommands.Topic) || change.IsAbout(TicketCommands.Topic))
            {
                _changed.Writer.TryWrite(true);
            }
        });
        long? cleaned = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var nap = LongestNap;
            try
            {
                if (await drain.RunAsync(stoppingToken) is { } next)
                {
                    nap = next - clock.GetUtcNow();
                }

                if (cleaned is null || clock.GetElapsedTime(cleaned.Value) > CleanEvery)
                {
                    await deliveries.CleanAsync(stoppingToken);
                    cleaned = clock.GetTimestamp();
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, failure);
                nap = AfterFailure;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(ShortestNap, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WakeAsync(nap < ShortestNap ? ShortestNap : nap > LongestNap ? LongestNap : nap, stoppingToken);
        }
    }

    private async Task WakeAsync(TimeSpan nap, CancellationToken stopping)
    {
        using var timer = new CancellationTokenSource(nap, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        try
        {
            await _changed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The nap is over, or the server stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "Webhooks could not be sent; it is tried again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

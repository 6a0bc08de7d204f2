using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Wakes the sweep at the very instant of the next flag, so that rows turn on the second. Hangfire's recurring sweep is the net under it.
/// Runs once at start, which catches up on whatever passed while nobody was running.
/// </summary>
public sealed partial class FlagTimer(FlagSweep sweep, ChangeBus changes, TimeProvider clock, ILogger<FlagTimer> log) : BackgroundService
{
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(30);
    // A busy chat changes tickets a thousand times a second; asking for the next flag twenty times a second is soon enough.
    private static readonly TimeSpan ShortestNap = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var waking = new WakingNap(changes, TicketCommands.Topic, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            var nap = LongestNap;
            try
            {
                var next = await sweep.RunAsync(stoppingToken);
                nap = next is { } at && at - clock.GetUtcNow() < LongestNap ? at - clock.GetUtcNow() : LongestNap;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, failure);
                nap = AfterFailure;
            }

            if (await waking.SleepAsync(nap, stoppingToken))
            {
                await Task.Delay(nap < ShortestNap ? nap : ShortestNap, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The sweep failed; it runs again in a second")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Sends answers at the end of their window, at the very instant. What waits is in the database: a start sends what became due while nobody was running, and nodes that wake together
/// send it once.
/// </summary>
public sealed partial class SendTimer(TicketCommands commands, SendQueries sends, ChangeBus changes, TimeProvider clock, ILogger<SendTimer> log) : BackgroundService
{
    // A node that died is stood in for by another after so long.
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var nap = new WakingNap(changes, TicketCommands.SendingTopic, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = LongestNap;
            try
            {
                await commands.SendDueAsync(stoppingToken);
                wait = await sends.NextAsync(stoppingToken) is { } next && next - clock.GetUtcNow() < LongestNap ? next - clock.GetUtcNow() : LongestNap;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, failure);
                wait = AfterFailure;
            }

            await nap.SleepAsync(wait, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "An answer could not be sent; it is tried again in a second")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

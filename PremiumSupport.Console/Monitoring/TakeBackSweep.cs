using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Monitoring;

/// <summary>Looks every half minute for tickets that go back to everybody.</summary>
internal sealed partial class TakeBackSweep(TicketCommands tickets, TimeProvider clock, ILogger<TakeBackSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await tickets.TakeBackAsync(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(LogLevel.Error, "Unanswered tickets could not be taken back; it is tried again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

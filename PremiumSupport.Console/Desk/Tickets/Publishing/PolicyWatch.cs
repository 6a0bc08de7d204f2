using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Publishing;

/// <summary>Learns of versions that other nodes publish as soon as the bus speaks of them, so that screens and offers show them; what promises something asks the database.</summary>
internal sealed partial class PolicyWatch(Policies policies, ChangeBus changes, ILogger<PolicyWatch> log) : IHostedService
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = changes.Subscribe(change =>
        {
            if (change == Change.Everything || (change.Topic == Policies.Topic && change.Id > policies.Current.Version))
            {
                _ = RefreshAsync();
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    private async Task RefreshAsync()
    {
        try
        {
            await policies.RefreshAsync();
        }
        catch (Exception failure)
        {
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A newer policy could not be read; the next ticket opened will")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

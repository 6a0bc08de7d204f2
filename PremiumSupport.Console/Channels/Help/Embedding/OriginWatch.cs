using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>Reads the allowed origins before anybody is served, and again when another node has changed them.</summary>
internal sealed partial class OriginWatch(WidgetOrigins origins, OriginQueries queries, ChangeBus changes, ILogger<OriginWatch> log) : IHostedService
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(WidgetOrigins.Topic))
            {
                _ = RefreshAsync();
            }
        });
        return LearnAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    private async Task LearnAsync(CancellationToken cancellation = default) => origins.Learn(await queries.AddedAsync(cancellation));

    private async Task RefreshAsync()
    {
        try
        {
            await LearnAsync();
        }
        catch (Exception failure)
        {
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The allowed origins could not be read again; the next change or minute asks for them")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

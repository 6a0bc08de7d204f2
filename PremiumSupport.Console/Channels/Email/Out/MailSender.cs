using System.Threading.Channels;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>Wakes the drain when a mail falls due or something was written that may have caused one. Hangfire's recurring job is the net under it.</summary>
internal sealed partial class MailSender(OutboxDrain drain, OutboxCommands commands, EmailOptions options, IConfiguration configuration, ChangeBus changes, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(30);

    // A busy chat changes tickets a thousand times a second; asking for the next mail twenty times a second is soon enough.
    private static readonly TimeSpan ShortestNap = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // One signal is enough, however many changes it stands for.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Sends)
        {
            return;
        }

        using var subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(OutboxCommands.Topic) || change.IsAbout(TicketCommands.Topic) || change.IsAbout(NotificationCommands.Topic))
            {
                _changed.Writer.TryWrite(true);
            }
        });
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var nap = LongestNap;
            try
            {
                if (isFirst && DatabaseOptions.Read(configuration).Provider == DatabaseProvider.Sqlite)
                {
                    // One file is one node's: whoever has a lease died.
                    await commands.ReclaimAsync(stoppingToken);
                }

                isFirst = false;
                if (await drain.RunAsync(stoppingToken) is { } next)
                {
                    nap = next - clock.GetUtcNow();
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

    [LoggerMessage(LogLevel.Error, "The outbox could not be drained; it is tried again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Email.Inbound.Reading;

/// <summary>
/// Keeps every mailbox read: IDLE with a look now and then under it, a new connection with growing patience when one breaks. Of several nodes one reads a mailbox; the others take over when it dies. That two might
/// read it at once all the same does no harm: what is kept is unique.
/// </summary>
public sealed partial class MailboxWatch(EmailInOptions options, IntakeCommands intake, IntakeStatus status, INodeLocks locks, TimeProvider clock, ILogger<MailboxWatch> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before another connection, after so many that failed in a row: twice as long each time, from a second to a minute.</summary>
    public static TimeSpan Rest(int failures) => First * Math.Pow(2, Math.Clamp(failures - 1, 0, 10)) is var rest && rest < Longest ? rest : Longest;

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(options.Mailboxes.Select(mailbox => WatchAsync(mailbox, stoppingToken)));

    private async Task WatchAsync(MailboxOptions mailbox, CancellationToken stopping)
    {
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                status.Elsewhere(mailbox.Name);
                await using var alone = await locks.TakeAsync($"mailbox {mailbox.Name}", stopping);
                using var reader = new MailboxReader(mailbox, intake);
                await reader.OpenAsync(stopping);
                while (true)
                {
                    var kept = await reader.ReadAsync(stopping);
                    status.Read(mailbox.Name);
                    failures = 0;
                    if (kept > 0)
                    {
                        LogKept(log, kept, mailbox.Name);
                    }

                    await reader.WaitAsync(clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it is, a server that restarts or a disk that is full: nothing is lost, for the cursor has not moved past what is not kept.
                if (StorageTrouble.Of(failure) is { } trouble)
                {
                    status.Failed(mailbox.Name, trouble, isOurs: true);
                    LogNoRoom(log, mailbox.Name, trouble);
                }
                else
                {
                    status.Failed(mailbox.Name, failure.Message);
                    LogBroken(log, failure, mailbox.Name);
                }
            }

            await Task.Delay(Rest(++failures), clock, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Information, "Kept {Count} mails of {Mailbox}")]
    private static partial void LogKept(ILogger logger, int count, string mailbox);

    [LoggerMessage(LogLevel.Error, "Mails of {Mailbox} cannot be kept and stay in the mailbox; it will be tried again. {Trouble}")]
    private static partial void LogNoRoom(ILogger logger, string mailbox, string trouble);

    [LoggerMessage(LogLevel.Warning, "The mailbox {Mailbox} cannot be read right now; it will be tried again")]
    private static partial void LogBroken(ILogger logger, Exception failure, string mailbox);
}

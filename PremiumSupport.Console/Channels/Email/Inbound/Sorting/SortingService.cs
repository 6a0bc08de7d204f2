using PremiumSupport.Channels.Email.Inbound.Reading;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Email.Inbound.Sorting;

/// <summary>Looks into kept mails one after another, the oldest first, whenever there are some. A signal wakes it; a look every minute is the net under the signals.</summary>
internal sealed partial class SortingService(
    IntakeCommands intake, IntakeQueries queries, MailSorter sorter, IntakeStatus status, INodeLocks locks, ChangeBus changes, TimeProvider clock, ILogger<SortingService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NotNow = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _woken = new(0);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var subscription = changes.Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                _woken.Release();
            }
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var alone = await locks.TakeAsync("mail sorting", stoppingToken);
                while (true)
                {
                    await SortAllAsync(stoppingToken);
                    await WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The database's affair, not a mail's: the mail keeps its place.
                LogFailed(log, failure);
                await Task.Delay(NotNow, clock, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task SortAllAsync(CancellationToken stopping)
    {
        while (await queries.NextDueAtAsync(stopping) is { } due && due <= clock.GetUtcNow() && await intake.NextAsync(stopping) is { } mail)
        {
            try
            {
                var result = await sorter.SortAsync(mail, stopping);
                if (await intake.FinishAsync(mail.Id, result, stopping))
                {
                    status.Sorted(clock.GetUtcNow() - mail.ArrivedAt);
                    LogSorted(log, mail.Id, result.State);
                }
            }
            catch (MailFiles.NotNowException no)
            {
                LogPutOff(log, mail.Id, no.Message);
                await intake.PutOffAsync(mail.Id, NotNow, stopping);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        var next = await queries.NextDueAtAsync(stopping);
        var rest = next is { } due && due - clock.GetUtcNow() is var until && until < Look ? until : Look;
        using var time = new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stopping);
        try
        {
            await _woken.WaitAsync(either.Token);
            while (_woken.Wait(0, CancellationToken.None))
            {
                // One look answers all signals so far.
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "Mail {Id}: {State}")]
    private static partial void LogSorted(ILogger logger, long id, IntakeState state);

    [LoggerMessage(LogLevel.Warning, "Mail {Id} waits: {Why}")]
    private static partial void LogPutOff(ILogger logger, long id, string why);

    [LoggerMessage(LogLevel.Error, "Mails could not be looked into; they keep their place and will be")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

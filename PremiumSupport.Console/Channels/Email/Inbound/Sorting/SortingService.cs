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

    // A mail whose look ended for want of room. That is no attempt of its own: as soon as there is room to say so, it is taken back.
    private long? _cutOff;

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
                if (StorageTrouble.Of(failure) is { } trouble)
                {
                    status.Blocked(trouble);
                    LogNoRoom(log, trouble);
                }
                else
                {
                    LogFailed(log, failure);
                }

                await Task.Delay(NotNow, clock, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task SortAllAsync(CancellationToken stopping)
    {
        if (_cutOff is { } id)
        {
            await intake.PutOffAsync(id, NotNow, stopping);
            _cutOff = null;
        }

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

                status.Flows();
            }
            catch (MailFiles.NotNowException no)
            {
                status.Blocked(no.Message);
                LogPutOff(log, mail.Id, no.Message);
                await intake.PutOffAsync(mail.Id, NotNow, stopping);
            }
            catch (Exception failure) when (StorageTrouble.Of(failure) is not null)
            {
                _cutOff = mail.Id;
                throw;
            }
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        var next = await queries.NextDueAtAsync(stopping);
        if (next is null)
        {
            status.Flows();
        }

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

    [LoggerMessage(LogLevel.Error, "Mails that are kept wait to be looked into. {Trouble}")]
    private static partial void LogNoRoom(ILogger logger, string trouble);

    [LoggerMessage(LogLevel.Error, "Mails could not be looked into; they keep their place and will be")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

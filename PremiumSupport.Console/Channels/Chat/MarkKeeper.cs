using System.Threading.Channels;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// Stores how far each side has got, and tells the other side once it is stored, so that a reload shows what was shown before. What comes within a moment is stored
/// together: reading costs a row now and then, not one for each message.
/// </summary>
public sealed partial class MarkKeeper(TicketCommands commands, ConversationSignals signals, ILogger<MarkKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<(long Number, MessageFrom Side), ReadMark> _waiting = [];

    /// <summary>Notes a mark; returns at once. Whoever calls has made sure that the side may see the conversation.</summary>
    public void Note(SideMark mark)
    {
        if (mark.Mark is { Received: <= 0, Read: <= 0 })
        {
            return;
        }

        lock (_gate)
        {
            var key = (mark.Number, mark.Side);
            _waiting[key] = _waiting.GetValueOrDefault(key).With(mark.Mark);
        }

        _wake.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(stoppingToken))
            {
                _wake.Reader.TryRead(out _);
                var pause = await IsStoredAsync(stoppingToken) ? Gather : AfterFailure;
                // By the machine's clock, whatever clock the product runs by: this is about load.
                await Task.Delay(pause, TimeProvider.System, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> IsStoredAsync(CancellationToken stopping)
    {
        Dictionary<(long Number, MessageFrom Side), ReadMark> marks;
        lock (_gate)
        {
            (marks, _waiting) = (_waiting, []);
        }

        try
        {
            foreach (var moved in await commands.MarkAsync([.. marks.Select(mark => new SideMark(mark.Key.Number, mark.Key.Side, mark.Value))], stopping))
            {
                signals.Publish(new(moved.Number, moved.Side == MessageFrom.Customer ? "customer" : "staff", "", Mark: moved.Mark));
            }

            return true;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogNotStored(log, marks.Count, failure);
            foreach (var (key, mark) in marks)
            {
                Note(new(key.Number, key.Side, mark));
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} read marks could not be stored; it is tried again soon")]
    private static partial void LogNotStored(ILogger logger, int count, Exception failure);
}

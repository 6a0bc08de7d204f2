using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Demo;

/// <summary>
/// Plays deeds of the past in the order of their time, through the real commands on a clock that stands where they happen, and flags in between as the sweep would have. Deeds may write
/// further ones; what lies behind the end is never played.
/// </summary>
internal sealed class DemoScript(TicketCommands tickets, TicketQueries queries, ReplayClock clock, DateTimeOffset end)
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)> _deeds = new();
    private int _order;

    /// <summary>The instant up to which it plays.</summary>
    public DateTimeOffset End => end;

    /// <summary>Where its clock stands.</summary>
    public DateTimeOffset Now => clock.Now;

    /// <summary>Something happens at an instant; two of one instant happen in the order in which they were written.</summary>
    public void At(DateTimeOffset at, Func<Task> deed)
    {
        if (at <= end)
        {
            _deeds.Enqueue(deed, (at, _order++));
        }
    }

    /// <summary>Plays all of it.</summary>
    public async Task PlayAsync(CancellationToken cancellation)
    {
        while (_deeds.TryDequeue(out var deed, out var when))
        {
            cancellation.ThrowIfCancellationRequested();
            await FlagUntilAsync(when.At);
            clock.Now = when.At;
            await deed();
        }

        await FlagUntilAsync(end);
    }

    /// <summary>Flags each moment on its second, as the sweep would have done.</summary>
    private async Task FlagUntilAsync(DateTimeOffset until)
    {
        while (await queries.NextFlagAtAsync() is { } next && next <= until)
        {
            clock.Now = next;
            await tickets.FlagDueAsync();
        }
    }
}

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// Hands pushes over in order, without waiting for anybody: one who takes nothing holds up nobody. How many of a conversation are on their way is bounded. Beyond
/// that they are left out, which its other listeners notice by the sequence, and whoever is in the way is looked for.
/// </summary>
/// <param name="onStuck">Called when a conversation has too many pushes on their way; ends when whoever was in the way is gone.</param>
internal sealed class PushLanes(Func<long, Task> onStuck)
{
    /// <summary>Pushes of one conversation that may be on their way at once; a client that reads has one or two.</summary>
    public const int MostUnderway = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Lane> _lanes = [];

    /// <summary>Sends unless too much is on its way. For one caller at a time, whose order is kept.</summary>
    public void Push(long number, Func<Task> send)
    {
        if (IsStuck(number))
        {
            return;
        }

        var sending = send();
        if (!sending.IsCompleted)
        {
            _ = AwaitAsync(number, sending);
        }
    }

    private bool IsStuck(long number)
    {
        lock (_gate)
        {
            return _lanes.Count > 0 && _lanes.TryGetValue(number, out var lane) && lane.Underway >= MostUnderway;
        }
    }

    private async Task AwaitAsync(long number, Task sending)
    {
        Lane? lane;
        bool isStuckNow;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(number, out lane))
            {
                _lanes[number] = lane = new();
            }

            lane.Underway++;
            isStuckNow = lane is { Underway: MostUnderway, IsLookedInto: false };
            lane.IsLookedInto |= isStuckNow;
        }

        if (isStuckNow)
        {
            _ = LookIntoAsync(number, lane);
        }

        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (--lane.Underway == 0)
            {
                _lanes.Remove(number);
            }
        }
    }

    private async Task LookIntoAsync(long number, Lane lane)
    {
        await onStuck(number);
        lock (_gate)
        {
            lane.IsLookedInto = false;
        }
    }

    private sealed class Lane
    {
        public int Underway { get; set; }

        public bool IsLookedInto { get; set; }
    }
}

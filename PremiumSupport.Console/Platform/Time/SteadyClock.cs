using System.Collections.Concurrent;

namespace PremiumSupport.Platform.Time;

/// <summary>
/// The clock that the product goes by: wall time that neither follows a sudden jump of the machine's clock nor ever runs backwards within the process (<see cref="SteadyTime"/>).
/// Thread-safe. A call costs a reading of the monotonic clock; ten times a second one call also looks at the wall clock.
/// </summary>
public sealed class SteadyClock : TimeProvider
{
    private const int MostNews = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // Between two looks at the monotonic clock the thread may have had to wait for a processor; then what the wall clock showed is no evidence.
    private static readonly TimeSpan SurelyTogether = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _machine;
    private readonly Func<TimeSpan?> _sinceBoot;
    private readonly TimeSpan _believeAfter;
    private readonly long _start;
    private readonly double _ticks;
    private readonly Lock _looking = new();
    private readonly ConcurrentQueue<ClockEvent> _news = new();
    private volatile SteadyTime _time;
    private volatile ClockHealth _health = ClockHealth.Good;
    private long _nextLook;
    private long _latest;

    /// <summary>The machine's own clocks.</summary>
    public SteadyClock(ClockOptions options)
        : this(options, System, MachineUptime.Read)
    {
    }

    internal SteadyClock(ClockOptions options, TimeProvider machine, Func<TimeSpan?> sinceBoot)
    {
        (_machine, _sinceBoot, _believeAfter) = (machine, sinceBoot, options.BelieveAfter);
        _start = machine.GetTimestamp();
        _ticks = TimeSpan.TicksPerSecond / (double)machine.TimestampFrequency;
        _time = SteadyTime.Begin(new(machine.GetUtcNow(), TimeSpan.Zero, sinceBoot()));
        _nextLook = LookEvery.Ticks;
    }

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <summary>How far the wall clock can be trusted.</summary>
    public ClockHealth Health => _health;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        var monotonic = Monotonic();
        if (monotonic.Ticks >= Volatile.Read(ref _nextLook))
        {
            Look();
        }

        var now = _time.At(monotonic).UtcTicks;
        var latest = Volatile.Read(ref _latest);
        while (now > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, now, latest);
            if (seen == latest)
            {
                return new(now, TimeSpan.Zero);
            }

            latest = seen;
        }

        return new(latest, TimeSpan.Zero);
    }

    /// <inheritdoc />
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Looks, and gives what nobody was told yet; each event is given once.</summary>
    public IReadOnlyList<ClockEvent> TakeNews()
    {
        GetUtcNow();
        if (_news.IsEmpty)
        {
            return [];
        }

        var taken = new List<ClockEvent>();
        while (_news.TryDequeue(out var happened))
        {
            taken.Add(happened);
        }

        return taken;
    }

    private TimeSpan Monotonic() => new((long)((_machine.GetTimestamp() - _start) * _ticks));

    private void Look()
    {
        // Somebody else is looking: what is known serves until they have done so.
        if (!_looking.TryEnter())
        {
            return;
        }

        try
        {
            var before = Monotonic();
            if (before.Ticks < _nextLook)
            {
                return;
            }

            var wall = _machine.GetUtcNow();
            var after = Monotonic();
            if (after - before > SurelyTogether)
            {
                Volatile.Write(ref _nextLook, (after + SurelyTogether).Ticks);
                return;
            }

            Judge(new(wall, after));
            Volatile.Write(ref _nextLook, (after + LookEvery).Ticks);
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void Judge(ClockReading reading)
    {
        var (time, happened) = _time.Observe(_time.IsOff(reading) ? reading with { SinceBoot = _sinceBoot() } : reading, _believeAfter);
        _time = time;
        if (happened is not null)
        {
            _news.Enqueue(happened);
            while (_news.Count > MostNews)
            {
                _news.TryDequeue(out _);
            }
        }

        if (happened is not null || time.Doubted != _health.Doubted)
        {
            _health = new(time.Doubted, happened ?? _health.Last);
        }
    }
}

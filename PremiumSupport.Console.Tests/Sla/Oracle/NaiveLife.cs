using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>What a naive rule promises.</summary>
internal sealed record NaiveTerms(TimeSpan? Duration, int Days, bool IsOffice, IReadOnlyList<string> Steps);

/// <summary>A naive policy: what is promised first to critical and to other requests, and next, if anything is.</summary>
internal sealed record NaivePolicy(NaiveTerms Critical, NaiveTerms Standard, NaiveTerms? Next);

/// <summary>An office's clock that remembers what it saw: the open stretches from a first instant on, found by <see cref="NaiveClock"/> and counted through one by one.</summary>
internal sealed class NaiveOffice
{
    private const long Long = 10 * 86_400_000L;

    private readonly List<(long From, long To)> _open = [];
    private readonly Dictionary<(long From, int Days), long> _days = [];
    private readonly NaiveClock? _clock;
    private readonly IEnumerator<(long From, long To)>? _walk;
    private (long From, long To)? _seen;

    /// <summary>The office of a clerk.</summary>
    public NaiveOffice(NaiveClock clock, long since)
    {
        _clock = clock;
        _walk = clock.OpenFrom(since).GetEnumerator();
    }

    /// <summary>One that never shuts.</summary>
    public NaiveOffice() => _open.Add((0, long.MaxValue / 2));

    /// <summary>Walks until so much was open and not stopped.</summary>
    public long Walk(long from, long amount, IReadOnlyList<(long From, long To)> stops)
    {
        foreach (var (at, until) in Running(from, stops))
        {
            if (amount <= until - at)
            {
                return at + amount;
            }

            amount -= until - at;
        }

        throw new InvalidOperationException("The office never opens again.");
    }

    /// <summary>How much was open and not stopped.</summary>
    public long Count(long from, long to, IReadOnlyList<(long From, long To)> stops)
    {
        var sum = 0L;
        foreach (var (at, until) in Running(from, stops))
        {
            if (at >= to)
            {
                break;
            }

            sum += Math.Min(until, to) - at;
        }

        return sum;
    }

    public long AddDays(long from, int days)
    {
        if (!_days.TryGetValue((from, days), out var due))
        {
            _days[(from, days)] = due = _clock!.AddBusinessDays(DateTimeOffset.FromUnixTimeMilliseconds(from), days).ToUnixTimeMilliseconds();
        }

        return due;
    }

    /// <summary>Stretches in which the clock runs: from edge to edge, asking at each whether any stop stands.</summary>
    private IEnumerable<(long From, long To)> Running(long from, IReadOnlyList<(long From, long To)> stops)
    {
        for (var index = 0; Stretch(index) is var (open, shut); index++)
        {
            for (var at = Math.Max(open, from); at < shut;)
            {
                var (standsUntil, edge) = (at, shut);
                foreach (var (stopFrom, stopTo) in stops)
                {
                    if (stopFrom <= at && at < stopTo)
                    {
                        standsUntil = Math.Max(standsUntil, stopTo);
                    }
                    else if (stopFrom > at)
                    {
                        edge = Math.Min(edge, stopFrom);
                    }
                }

                if (standsUntil > at)
                {
                    at = standsUntil;
                    continue;
                }

                yield return (at, edge);
                at = edge;
            }
        }
    }

    /// <summary>What the clerk saw in a row is one stretch.</summary>
    private (long From, long To)? Stretch(int index)
    {
        while (_open.Count <= index)
        {
            if (_walk is null || (_seen is null && !_walk.MoveNext()))
            {
                return null;
            }

            var stretch = _seen ?? _walk.Current;
            _seen = null;
            while (stretch.To - stretch.From < Long && _walk.MoveNext())
            {
                if (_walk.Current.From != stretch.To)
                {
                    _seen = _walk.Current;
                    break;
                }

                stretch = (stretch.From, _walk.Current.To);
            }

            _open.Add(stretch);
        }

        return _open[index];
    }
}

/// <summary>One promise in a naive life. Its deadline is never kept: it is walked anew each time that somebody asks.</summary>
internal sealed class NaivePromise(Metric metric, int cycle, bool isCritical, NaiveTerms terms, int policy, long start)
{
    public Metric Metric { get; } = metric;
    public int Cycle { get; set; } = cycle;
    public bool IsCritical { get; set; } = isCritical;
    public int Policy { get; set; } = policy;
    public long Start { get; } = start;
    public NaiveTerms Terms { get; set; } = terms;
    public long Anchor { get; set; } = start;
    public IReadOnlyList<string> Steps { get; set; } = terms.Steps;
    public List<(long From, long To)> Exceptions { get; init; } = [];
    public List<(long From, long To)> Waits { get; init; } = [];
    public long? Paused { get; set; }
    public long? Answered { get; set; }
    public long? Breached { get; set; }
    public long? Merged { get; set; }
    public Dictionary<string, long> Fired { get; init; } = [];

    public bool IsOpen => Answered is null && Merged is null;

    public NaivePromise Copy(int cycle) => new(Metric, cycle, IsCritical, Terms, Policy, Start)
    {
        Anchor = Anchor, Steps = Steps, Exceptions = [.. Exceptions], Waits = [.. Waits], Paused = Paused, Answered = Answered, Breached = Breached, Fired = new(Fired),
    };

    /// <summary>The deadline with the stops of a kind, or of both.</summary>
    public long Due(NaiveWorld world, bool withExceptions = true) => Due(world, Terms, Anchor, withExceptions ? [.. Waits, .. Exceptions] : Waits);

    public static long Due(NaiveWorld world, NaiveTerms terms, long anchor, IReadOnlyList<(long From, long To)> stops)
    {
        var office = world.Of(terms);
        if (terms.Duration is { } duration)
        {
            return office.Walk(anchor, (long)duration.TotalMilliseconds, stops);
        }

        // The same time on a later day: what stood until then is made up for behind it.
        var due = office.AddDays(anchor, terms.Days);
        var lost = office.Count(anchor, due, []) - office.Count(anchor, due, stops);
        return lost == 0 ? due : office.Walk(due, lost, stops);
    }

    /// <summary>Notes each warning and the breach whose moment has come.</summary>
    public void CatchUp(NaiveWorld world, long now)
    {
        var last = Math.Min(Math.Min(now, Answered ?? now), Math.Min(Paused ?? now, Merged ?? now));
        foreach (var (step, at) in Moments(world).Where(step => !Fired.ContainsKey(step.Step) && step.At <= last).ToList())
        {
            Fired[step] = at;
        }

        var due = Due(world);
        if (Breached is null && last > due)
        {
            Breached = due;
        }
    }

    /// <summary>When which warning is due: shares of the time that runs between start and deadline.</summary>
    public IEnumerable<(string Step, long At)> Moments(NaiveWorld world)
    {
        var (office, due) = (world.Of(Terms), Due(world));
        (long, long)[] stops = [.. Waits, .. Exceptions];
        var total = office.Count(Start, due, stops);
        foreach (var step in Steps)
        {
            if (step.EndsWith('%'))
            {
                yield return (step, office.Walk(Start, total * int.Parse(step[..^1], System.Globalization.CultureInfo.InvariantCulture) / 100, stops));
            }
            else if (total >= 600_000)
            {
                yield return (step, office.Walk(Start, total - 300_000, stops));
            }
        }
    }

    public string Describe(NaiveWorld world) =>
        $"{Metric} {Cycle} {(IsCritical ? "critical" : "standard")} v{Policy} start {Start} due {Due(world)} gross {Due(world, withExceptions: false)} answered {Answered} breached {Breached} merged {Merged} paused {Paused} fired {string.Join(' ', Fired.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => $"{step.Key}@{step.Value}"))}";
}

/// <summary>What a naive life lives in: an office, round-the-clock, and two versions of a policy.</summary>
internal sealed class NaiveWorld(NaiveClock office, NaivePolicy first, NaivePolicy second, long since)
{
    private readonly NaiveOffice _office = new(office, since);
    private readonly NaiveOffice _always = new();

    public NaiveOffice Of(NaiveTerms terms) => terms.IsOffice ? _office : _always;

    public NaivePolicy Policy(int version) => version == 1 ? first : second;
}

/// <summary>
/// A ticket by the sixteen rules as a clerk would keep it with pencil and paper: promises as counters, every deadline walked anew, nothing scheduled. Instants are milliseconds.
/// It knows nothing of the engine but its vocabulary.
/// </summary>
internal sealed class NaiveTicket
{
    private readonly NaiveWorld _world;
    private readonly List<(long From, long To)> _approved;
    private readonly List<long> _answers = [];
    private bool _isCritical;
    private bool _isClaimed;
    private bool _hadClaim;
    private bool _isSolved;
    private int _policy = 1;

    public NaiveTicket(NaiveWorld world, List<(long From, long To)> approved, bool isClaimed, long start)
    {
        (_world, _approved, _isClaimed, _hadClaim, _isCritical) = (world, approved, isClaimed, isClaimed, isClaimed);
        Begin(Metric.FirstResponse, isClaimed ? world.Policy(1).Critical : world.Policy(1).Standard, start);
    }

    public List<NaivePromise> Promises { get; } = [];

    public bool IsWaiting { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>The next deadline of what is owed; null when nothing is.</summary>
    public long? NextDue() => Promises.Where(promise => promise.IsOpen && promise.Paused is null).Select(promise => (long?)promise.Due(_world)).Min();

    public void Sweep(long now) => Promises.ForEach(promise => promise.CatchUp(_world, now));

    public void Answer(long now)
    {
        Sweep(now);
        foreach (var promise in Promises.Where(promise => promise.IsOpen && promise.Metric != Metric.Callback))
        {
            GoOn(promise, now);
            promise.CatchUp(_world, now);
            promise.Answered = now;
        }

        _answers.Add(now);
    }

    public void CustomerWrites(long now)
    {
        Sweep(now);
        Leave(now);
        _isSolved = false;
        if (_world.Policy(_policy).Next is { } next && !Promises.Any(promise => promise.IsOpen))
        {
            Begin(Metric.NextResponse, next, now);
        }
    }

    public void Wait(long now)
    {
        Sweep(now);
        if (!IsWaiting)
        {
            (IsWaiting, _isSolved) = (true, false);
            PauseAll(now);
        }
    }

    public void Open(long now)
    {
        Sweep(now);
        Leave(now);
        _isSolved = false;
    }

    public void Solve(long now)
    {
        Sweep(now);
        Leave(now);
        _isSolved = true;
    }

    public void Decide(bool isConfirmed, long now)
    {
        Sweep(now);
        if (!_isClaimed)
        {
            return;
        }

        _isClaimed = false;
        _isCritical = isConfirmed;
        foreach (var promise in Owed().Where(promise => !isConfirmed && promise.IsCritical))
        {
            promise.IsCritical = false;
            if (RuleOf(promise, _world.Policy(promise.Policy), isCritical: false) is { } terms)
            {
                Retarget(promise, terms, promise.Start, now);
            }
        }
    }

    public void Raise(long now)
    {
        Sweep(now);
        if (_isClaimed || _isCritical)
        {
            return;
        }

        _isCritical = true;
        foreach (var promise in Owed())
        {
            if (RuleOf(promise, _world.Policy(promise.Policy), isCritical: true) is { } terms)
            {
                var (old, raised) = (promise.Due(_world), NaivePromise.Due(_world, terms, now, Stops(promise, now)));
                promise.IsCritical = true;
                if (raised < old)
                {
                    Retarget(promise, terms, now, now);
                }

                promise.Steps = terms.Steps;
                promise.CatchUp(_world, now);
            }
        }
    }

    /// <summary>Lowered, what was promised stands.</summary>
    public void Lower(long now)
    {
        Sweep(now);
        _isCritical &= _isClaimed;
    }

    public void Except((long From, long To) window, long now)
    {
        Sweep(now);
        foreach (var promise in Owed().Where(promise => promise.Paused is null))
        {
            promise.Exceptions.Add(window);
            promise.CatchUp(_world, now);
        }
    }

    public void Apply(long now)
    {
        Sweep(now);
        _policy = 2;
        foreach (var promise in Owed().Where(promise => promise.Paused is null))
        {
            if (RuleOf(promise, _world.Policy(2), promise.IsCritical) is { } terms)
            {
                var (stops, anchor) = (Stops(promise, now), promise.Anchor);
                var due = NaivePromise.Due(_world, terms, anchor, stops);
                if (due <= now)
                {
                    (anchor, due) = (now, NaivePromise.Due(_world, terms, now, stops));
                }

                if (due < promise.Due(_world))
                {
                    promise.Policy = 2;
                    Retarget(promise, terms, anchor, now);
                }
            }
        }
    }

    public void Bounce(long now)
    {
        Sweep(now);
        if (_answers.Count == 0)
        {
            return;
        }

        var bounced = _answers[^1];
        _answers.RemoveAt(_answers.Count - 1);
        var reopened = Promises.Where(promise => promise.Answered == bounced && promise.Merged is null && promise.Metric != Metric.Callback && !_answers.Any(answer => answer >= promise.Start)).ToList();
        foreach (var promise in reopened)
        {
            promise.Answered = null;
            if (promise.Breached is null)
            {
                StandIn(promise, now);
            }

            promise.CatchUp(_world, now);
        }

        if ((IsWaiting || _isSolved) && Promises.Any(promise => promise.IsOpen))
        {
            Leave(now);
            _isSolved = false;
        }
    }

    /// <summary>This one goes on in another.</summary>
    public void MergeInto(NaiveTicket other, long now)
    {
        Sweep(now);
        other.Sweep(now);
        foreach (var promise in Promises.Where(promise => promise.IsOpen).ToList())
        {
            var carried = promise.Copy(other.NextCycle(promise.Metric));
            promise.Merged = now;
            other.Promises.Add(carried);
        }

        if (other.IsWaiting)
        {
            other.PauseAll(now);
        }
        else
        {
            other.Promises.ForEach(promise => other.GoOn(promise, now));
        }

        if (_isClaimed && !other._hadClaim)
        {
            (other._isClaimed, other._hadClaim) = (true, true);
        }

        other._isCritical |= _isCritical;
        other._isSolved &= !other.Promises.Any(promise => promise.IsOpen);
        IsClosed = true;
    }

    public IEnumerable<string> Describe() => Promises.Select(promise => promise.Describe(_world)).Order(StringComparer.Ordinal);

    private static NaiveTerms? RuleOf(NaivePromise promise, NaivePolicy policy, bool isCritical) =>
        promise.Metric == Metric.NextResponse ? policy.Next : isCritical ? policy.Critical : policy.Standard;

    private List<NaivePromise> Owed() => [.. Promises.Where(promise => promise.IsOpen && promise.Breached is null)];

    private int NextCycle(Metric metric) => Promises.Where(promise => promise.Metric == metric).Select(promise => promise.Cycle).DefaultIfEmpty(0).Max() + 1;

    private void Begin(Metric metric, NaiveTerms terms, long now)
    {
        var promise = new NaivePromise(metric, NextCycle(metric), _isCritical, terms, _policy, now);
        promise.Exceptions.AddRange(_approved.Where(window => window.To > now));
        Promises.Add(promise);
        promise.CatchUp(_world, now);
    }

    /// <summary>New terms from an anchor; the windows that are approved and not over stop it too.</summary>
    private void Retarget(NaivePromise promise, NaiveTerms terms, long anchor, long now)
    {
        StandIn(promise, now);
        (promise.Terms, promise.Anchor, promise.Steps) = (terms, anchor, terms.Steps);
        promise.CatchUp(_world, now);
    }

    private List<(long From, long To)> Stops(NaivePromise promise, long now)
    {
        Forget(promise, now);
        return [.. promise.Waits, .. promise.Exceptions, .. _approved.Where(window => window.To > now)];
    }

    private void StandIn(NaivePromise promise, long now)
    {
        Forget(promise, now);
        foreach (var window in _approved.Where(window => window.To > now && !promise.Exceptions.Contains(window)))
        {
            promise.Exceptions.Add(window);
        }
    }

    /// <summary>Exceptions are prospective: one that is over, and took nothing from the clock of the promise as it was that others had not taken, stops no other clock of it.</summary>
    private void Forget(NaivePromise promise, long now)
    {
        var (office, due) = (_world.Of(promise.Terms), promise.Due(_world));
        var kept = new List<(long From, long To)>();
        foreach (var window in promise.Exceptions)
        {
            if (window.To > now || office.Count(Math.Max(window.From, promise.Start), Math.Min(window.To, due), kept) > 0)
            {
                kept.Add(window);
            }
        }

        promise.Exceptions.Clear();
        promise.Exceptions.AddRange(kept);
    }

    private void PauseAll(long now)
    {
        foreach (var promise in Owed().Where(promise => promise.Metric == Metric.NextResponse && promise.Paused is null))
        {
            promise.Paused = now;
        }
    }

    private void Leave(long now)
    {
        if (IsWaiting)
        {
            IsWaiting = false;
            Promises.ForEach(promise => GoOn(promise, now));
        }
    }

    private void GoOn(NaivePromise promise, long now)
    {
        if (promise.IsOpen && promise.Paused is { } since)
        {
            promise.Paused = null;
            if (now > since)
            {
                promise.Waits.Add((since, now));
            }

            StandIn(promise, now);
            promise.CatchUp(_world, now);
        }
    }
}

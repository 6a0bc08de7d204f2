namespace PremiumSupport.Sla;

/// <summary>A severity that changed: a claim was declined, or a ticket raised to critical.</summary>
public readonly record struct SeverityChange(DateTimeOffset At, Severity To);

/// <summary>One promise of the past: what it was promised for, and what became of it.</summary>
public sealed record PastPromise
{
    public required long Ticket { get; init; }
    public required Metric Metric { get; init; }
    public int Cycle { get; init; } = 1;
    public required DateTimeOffset StartedAt { get; init; }
    public required Channel Channel { get; init; }
    public required RequesterRole Role { get; init; }

    /// <summary>The severity that it was promised for at its start.</summary>
    public required Severity Severity { get; init; }

    public string? Plan { get; init; }
    public string AccountKey { get; init; } = "";
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>What changed afterwards, in order.</summary>
    public IReadOnlyList<SeverityChange> Changes { get; init; } = [];

    /// <summary>When its clock stood because the ticket waited for the customer (rule 6). Exceptions do not belong here.</summary>
    public IReadOnlyList<ClockStop> Waits { get; init; } = [];

    /// <summary>The deadline that it had in the end.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The answer that arrived; null when none did.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public bool WasBreached { get; init; }

    /// <summary>It went on in another ticket (rule 9), where it is a promise of its own.</summary>
    public bool WasMerged { get; init; }
}

/// <summary>What a group of promises came to and would have come to.</summary>
public sealed record SimulatedLine(int WasMet, int WasBreached, int WouldBeMet, int WouldBeBreached)
{
    /// <summary>How many breaches more; fewer when negative.</summary>
    public int Difference => WouldBeBreached - WasBreached;

    internal SimulatedLine With(bool was, bool would) =>
        new(WasMet + (was ? 0 : 1), WasBreached + (was ? 1 : 0), WouldBeMet + (would ? 0 : 1), WouldBeBreached + (would ? 1 : 0));
}

/// <summary>A promise that would have ended otherwise.</summary>
/// <param name="WouldBeBreached">True for a breach more, false for one less.</param>
public sealed record ChangedPromise(
    long Ticket, Metric Metric, int Cycle, DateTimeOffset StartedAt, DateTimeOffset WasDueAt, DateTimeOffset WouldBeDueAt, DateTimeOffset? AnsweredAt, bool WouldBeBreached);

/// <summary>What a policy would have made of the past.</summary>
public sealed record SimulationResult
{
    /// <summary>Everything that has an outcome both ways.</summary>
    public required SimulatedLine Total { get; init; }

    /// <summary>By the rule that decides, in the order of the policy; rules that decided nothing are there with noughts.</summary>
    public required IReadOnlyList<(PolicyRule Rule, SimulatedLine Line)> ByRule { get; init; }

    /// <summary>By channel; only channels that had a promise.</summary>
    public required IReadOnlyList<(Channel Channel, SimulatedLine Line)> ByChannel { get; init; }

    /// <summary>The first of those that would have ended otherwise, at most <see cref="Simulation.MostChanged"/>.</summary>
    public required IReadOnlyList<ChangedPromise> Changed { get; init; }

    public int MoreBreaches { get; init; }
    public int FewerBreaches { get; init; }

    /// <summary>How many the policy would not have promised at all.</summary>
    public int Unpromised { get; init; }

    /// <summary>How many have no outcome yet, one way or the other.</summary>
    public int Open { get; init; }

    /// <summary>How many went on in another ticket, where they are counted.</summary>
    public int Merged { get; init; }
}

/// <summary>
/// Replays promises of the past under another policy. What people did is taken as it was: a simulation says what the same answers would have been worth, not how
/// people would have worked. Approved exceptions, waiting for the customer and changed severities count as they did; next responses are replayed where there were
/// any, none are invented. Not for two threads at once.
/// </summary>
/// <param name="policy">The policy to try.</param>
/// <param name="exceptions">The approved exceptions of the time.</param>
/// <param name="now">By when a deadline has passed or not.</param>
public sealed class Simulation(SlaPolicy policy, IReadOnlyList<ExceptionWindow> exceptions, DateTimeOffset now)
{
    /// <summary>How many changed promises a result names.</summary>
    public const int MostChanged = 500;

    private static readonly SimulatedLine Nought = new(0, 0, 0, 0);

    private readonly Dictionary<(Channel, RequesterRole, Severity, Metric, string?), Matched?> _rules = [];
    private readonly SimulatedLine[] _byRule = [.. policy.Rules.Select(_ => Nought)];
    private readonly SortedDictionary<Channel, SimulatedLine> _byChannel = [];
    private readonly List<ChangedPromise> _changed = [];
    private SimulatedLine _total = Nought;
    private (int More, int Fewer, int Unpromised, int Open, int Merged) _counts;

    /// <summary>How many promises were replayed so far.</summary>
    public int Replayed { get; private set; }

    /// <summary>Replays one.</summary>
    public void Add(PastPromise promise)
    {
        Replayed++;
        if (promise.WasMerged)
        {
            _counts.Merged++;
            return;
        }

        if (Judge(promise) is not { } judged)
        {
            _counts.Unpromised++;
            return;
        }

        var wouldBeOpen = promise.AnsweredAt is null && judged.DueAt >= now;
        var wasOpen = promise.AnsweredAt is null && !promise.WasBreached;
        if (wasOpen || wouldBeOpen)
        {
            _counts.Open++;
            return;
        }

        var breached = !(promise.AnsweredAt <= judged.DueAt);
        _total = _total.With(promise.WasBreached, breached);
        _byRule[judged.Rule] = _byRule[judged.Rule].With(promise.WasBreached, breached);
        _byChannel[promise.Channel] = _byChannel.GetValueOrDefault(promise.Channel, Nought).With(promise.WasBreached, breached);
        if (breached != promise.WasBreached)
        {
            _counts = breached ? _counts with { More = _counts.More + 1 } : _counts with { Fewer = _counts.Fewer + 1 };
            if (_changed.Count < MostChanged)
            {
                _changed.Add(new(promise.Ticket, promise.Metric, promise.Cycle, promise.StartedAt, promise.DueAt, judged.DueAt, promise.AnsweredAt, breached));
            }
        }
    }

    /// <summary>What it came to.</summary>
    public SimulationResult ToResult() => new()
    {
        Total = _total,
        ByRule = [.. policy.Rules.Select((rule, index) => (rule, _byRule[index]))],
        ByChannel = [.. _byChannel.Select(channel => (channel.Key, channel.Value))],
        Changed = [.. _changed],
        MoreBreaches = _counts.More,
        FewerBreaches = _counts.Fewer,
        Unpromised = _counts.Unpromised,
        Open = _counts.Open,
        Merged = _counts.Merged,
    };

    /// <summary>The deadline that the policy makes of a promise and its history, and the rule that decided; null when no rule speaks of it.</summary>
    private (DateTimeOffset DueAt, int Rule)? Judge(PastPromise promise)
    {
        if (RuleFor(promise, promise.Severity) is not { } matched)
        {
            return null;
        }

        var due = Deadline(promise, matched, promise.StartedAt);
        foreach (var change in promise.Changes)
        {
            // What is answered stays as it is, and so does what is missed already (rules 4 and 8).
            if (change.At > due || promise.AnsweredAt < change.At || RuleFor(promise, change.To) is not { } changed)
            {
                continue;
            }

            if (change.To == Severity.Standard)
            {
                (due, matched) = (Deadline(promise, changed, promise.StartedAt), changed);
            }
            else if (Deadline(promise, changed, change.At) is var raised && raised < due)
            {
                (due, matched) = (raised, changed);
            }
        }

        return (due, matched.Index);
    }

    private DateTimeOffset Deadline(PastPromise promise, Matched matched, DateTimeOffset anchor)
    {
        var (calendar, target) = (matched.Calendar, matched.Target);
        var due = target.BusinessDays is { } days ? calendar.AddBusinessDays(anchor, days) : calendar.AddOpenTime(anchor, target.Duration!.Value);
        // A clock that stands long enough may run into a later stop, so one that touches brings all of them.
        return IsTouched(promise, anchor, due) ? ClockStops.Deadline(calendar, anchor, due, [.. ExceptionsOf(promise), .. promise.Waits]) : due;
    }

    private bool IsTouched(PastPromise promise, DateTimeOffset anchor, DateTimeOffset due)
    {
        foreach (var window in exceptions)
        {
            if (window.From < due && window.To > anchor && window.Covers(promise.AccountKey, promise.Channel, promise.Hubs))
            {
                return true;
            }
        }

        foreach (var wait in promise.Waits)
        {
            if (wait.From < due && wait.To > anchor)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<ClockStop> ExceptionsOf(PastPromise promise) => exceptions
        .Where(window => window.Covers(promise.AccountKey, promise.Channel, promise.Hubs))
        .Select(window => new ClockStop(window.From, window.To, StopKind.Exception));

    private Matched? RuleFor(PastPromise promise, Severity severity)
    {
        var key = (promise.Channel, promise.Role, severity, promise.Metric, promise.Plan);
        if (!_rules.TryGetValue(key, out var matched))
        {
            var index = policy.Rules.Index().Where(rule => rule.Item.Metric == promise.Metric && rule.Item.Fits(promise.Channel, promise.Role, severity, promise.Plan)).Select(rule => rule.Index).DefaultIfEmpty(-1).First();
            _rules[key] = matched = index < 0 ? null : new(index, policy.Rules[index].Target, policy.CalendarOf(policy.Rules[index].Calendar));
        }

        return matched;
    }

    private sealed record Matched(int Index, PromiseTarget Target, BusinessCalendar Calendar);
}

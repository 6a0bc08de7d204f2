namespace PremiumSupport.Sla.Proof;

/// <summary>A walk along one chain; see <see cref="LedgerVerifier.Walk"/>.</summary>
public sealed class LedgerWalk
{
    private readonly string _account;
    private readonly Action<LedgerMismatch> _report;
    private readonly DateTimeOffset? _asOf;
    private readonly CarryBook _carries;
    private readonly ChainCheck _chain;
    private readonly RowData _data;
    private readonly VendorJudge? _vendor;
    private readonly PromiseJudge _judge;
    private readonly Dictionary<long, TicketReplay> _tickets = [];
    private readonly HashSet<PromiseKey> _unknown = [];
    private (long Sequence, long Ticket, DateTimeOffset At, string About) _at;
    private DateTimeOffset? _lastWritten;

    internal LedgerWalk(string account, LedgerMark? head, VendorFacts vendor, CarryBook carries, Func<string, SlaPolicy> readPolicy, Action<LedgerMismatch> report, DateTimeOffset? asOf)
    {
        (_account, _report, _asOf, _carries) = (account, report, asOf, carries);
        _chain = new(account, head, (sequence, ticket, what) => report(new(sequence, account, ticket, what)));
        _data = new(Complain);
        _judge = new(account, vendor, carries, _data, Complain);
        _vendor = account == LedgerVerifier.VendorKey ? new(vendor, readPolicy, _data, Complain) : null;
    }

    /// <summary>How many rows there were.</summary>
    public long Rows { get; private set; }

    /// <summary>How many promises they told of.</summary>
    public long Promises { get; private set; }

    /// <summary>The next row.</summary>
    public void Add(LedgerRow row)
    {
        Rows++;
        _chain.Add(row);
        _at = (row.Sequence, row.Ticket, row.At, "");
        if (!Enum.TryParse<LedgerKind>(row.Kind, out var kind) || char.IsAsciiDigit(row.Kind[0]))
        {
            Complain($"The row's kind says '{row.Kind}', which is none.");
            return;
        }

        _at.About = $"{LedgerFacts.Word(kind)}: ";
        if (_data.Load(row.Data))
        {
            Guarded(() => Judge(row, kind));
        }
    }

    /// <summary>No more rows: what should have come by now is looked for.</summary>
    public void End()
    {
        _chain.End();
        if ((_asOf ?? _lastWritten) is not { } last)
        {
            return;
        }

        var now = last - LedgerVerifier.Grace;
        foreach (var promise in _tickets.Values.SelectMany(ticket => ticket.Promises))
        {
            _at = (promise.LastSequence, promise.Key.Ticket, promise.Terms.DueAt, $"{promise.Name}: ");
            Guarded(() => _judge.Owed(promise, now, null));
        }
    }

    /// <summary>What became of a promise; null when the chain knows none of that name.</summary>
    public LedgerOutcome? Outcome(PromiseKey key) => _tickets.GetValueOrDefault(key.Ticket)?.Find(key.Metric, key.Cycle)?.ToOutcome();

    /// <summary>What became of every promise, in the order of their rows.</summary>
    public IEnumerable<LedgerOutcome> Outcomes() => _tickets.Values.SelectMany(ticket => ticket.Promises).OrderBy(promise => promise.Sequence).Select(promise => promise.ToOutcome());

    private void Judge(LedgerRow row, LedgerKind kind)
    {
        if (_vendor is not null)
        {
            _vendor.Add(row, kind);
        }
        else if (kind is LedgerKind.Published or LedgerKind.Declared)
        {
            Complain("Policy versions and exceptions stand on the vendor's own chain, and on no account's.");
        }
        else if (row.Metric is null)
        {
            JudgeTicket(row, kind);
        }
        else if (!Enum.TryParse<Metric>(row.Metric, out var metric) || char.IsAsciiDigit(row.Metric[0]) || row.Cycle is not >= 1)
        {
            Complain($"The row is about {row.Metric} {row.Cycle}, and there is no such promise.");
        }
        else
        {
            JudgePromise(row, kind, new(row.Ticket, metric, row.Cycle.Value));
        }
    }

    private void JudgeTicket(LedgerRow row, LedgerKind kind)
    {
        _lastWritten = row.At;
        switch (kind)
        {
            case LedgerKind.Claimed:
                _carries.Claimed(row.Ticket);
                if (_data.Find("carriedFrom") is null && _tickets.GetValueOrDefault(row.Ticket)?.Find(Metric.FirstResponse, 1) is { CarriedFrom: null, Terms.Severity: Severity.Standard })
                {
                    Complain("Business critical is claimed, and the promise was made for standard: a claim counts from creation (rule 8).");
                }

                break;
            case LedgerKind.Confirmed or LedgerKind.Declined:
                _carries.Decided(row.Ticket, _account, row.Sequence, row.At, kind == LedgerKind.Declined);
                if (kind == LedgerKind.Declined && _tickets.GetValueOrDefault(row.Ticket) is { } ticket)
                {
                    _judge.Decline(row, ticket);
                }

                break;
            case LedgerKind.Reopened or LedgerKind.Merged:
                break;
            default:
                Complain("The row does not say which promise it is about.");
                break;
        }
    }

    private void JudgePromise(LedgerRow row, LedgerKind kind, PromiseKey key)
    {
        var ticket = _tickets.GetValueOrDefault(row.Ticket) ?? (_tickets[row.Ticket] = new());
        _judge.LastRow = row.Sequence;
        if (kind == LedgerKind.Promised)
        {
            _at.About = FormattableString.Invariant($"{Words.Of(key.Metric)}, cycle {key.Cycle}, promised: ");
            _judge.Promise(row, key, ticket);
            Promises++;
            if (_data.Find("carriedFrom") is null)
            {
                // A callback may be wished for later: then its start is still to come when the row is written.
                _lastWritten = _data.FindInstant("askedAt") ?? row.At;
            }

            return;
        }

        if (ticket.Find(key.Metric, key.Cycle) is not { } promise)
        {
            if (_unknown.Add(key))
            {
                Complain(FormattableString.Invariant($"The row is about {Words.Of(key.Metric).ToLowerInvariant()}, cycle {key.Cycle}, and no row before it promises that."));
            }

            return;
        }

        _at.About = $"{promise.Name}, {LedgerFacts.Word(kind)}: ";
        var written = kind is LedgerKind.Warned or LedgerKind.Breached ? _data.FindInstant("detectedAt") ?? row.At : row.At;
        _judge.Owed(promise, written, kind);
        JudgeStep(row, kind, promise);
        (promise.LastSequence, promise.LastAt, _lastWritten) = (row.Sequence, written, written);
        if (promise.JudgedUntil == DateTimeOffset.MaxValue)
        {
            promise.JudgedUntil = written;
        }
    }

    private void JudgeStep(LedgerRow row, LedgerKind kind, PromiseReplay promise)
    {
        switch (kind)
        {
            case LedgerKind.Excluded:
                _judge.Exclude(row, promise);
                break;
            case LedgerKind.Retargeted:
                _judge.Retarget(row, promise);
                break;
            case LedgerKind.Warned:
                _judge.Warn(row, promise);
                break;
            case LedgerKind.Breached:
                _judge.Breach(row, promise);
                break;
            case LedgerKind.Met or LedgerKind.Answered:
                _judge.Answer(row, promise, kind == LedgerKind.Met);
                break;
            case LedgerKind.Reopened:
                _judge.Reopen(row, promise);
                break;
            case LedgerKind.Merged:
                _judge.Merge(row, promise);
                break;
            case LedgerKind.Withdrawn:
                _judge.Withdraw(row, promise);
                break;
            default:
                Complain("Such a row is about a ticket, and not about a promise.");
                break;
        }
    }

    /// <summary>A policy that promises what cannot be, such as a calendar that never opens, is a difference and no accident.</summary>
    private void Guarded(Action judge)
    {
        try
        {
            judge();
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            Complain($"It cannot be recomputed: {fault.Message}");
        }
    }

    private void Complain(string what) => _report(new(_at.Sequence, _account, _at.Ticket, Sentence(_at.About + what)) { At = _at.At });

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

namespace PremiumSupport.Sla.Proof;

/// <summary>
/// Replays the rows of one account's chain about promises: each row is judged by what the rows before it, the policies and the exceptions make it, and then believed,
/// so that one lie is told once.
/// </summary>
/// <param name="account">The account's key.</param>
/// <param name="vendor">Policies and exceptions.</param>
/// <param name="carries">Promises that go on elsewhere.</param>
/// <param name="data">The row's data.</param>
/// <param name="complain">Takes what cannot be so.</param>
internal sealed partial class PromiseJudge(string account, VendorFacts vendor, CarryBook carries, RowData data, Action<string> complain)
{
    private readonly Dictionary<(Channel, RequesterRole, string?, string?), Inputs> _inputs = [];

    /// <summary>The promise that the row is about begins.</summary>
    public void Promise(LedgerRow row, PromiseKey key, TicketReplay ticket)
    {
        if (ticket.Find(key.Metric, key.Cycle) is { } before)
        {
            complain($"{before.Name} was promised before, by row {before.Sequence}.");
            return;
        }

        var (channel, role, severity) = (data.Word<Channel>("channel"), data.Word<RequesterRole>("role"), data.Word<Severity>("severity"));
        var (commitment, target, calendar, version) = (data.Word<Commitment>("commitment"), data.Target("target"), data.Text("calendar"), data.Number("policyVersion"));
        var (due, risk) = (data.Instant("dueAt"), data.Instant("atRiskAt"));
        if (channel is null || role is null || severity is null || version is null)
        {
            return;
        }

        var inputs = InputsOf(channel.Value, role.Value);
        var terms = new Terms(severity.Value, version.Value, commitment ?? default, target ?? PromiseTarget.Of(TimeSpan.FromHours(1)), calendar ?? BusinessCalendar.AlwaysOpenKey, row.At, due ?? row.At) { AtRiskAt = risk ?? row.At };
        var promise = new PromiseReplay(key, row.Sequence, row.At, inputs, terms)
        {
            Zones = data.Find("tzdb") is { } zones ? zones == BusinessCalendar.TzdbVersion ? BusinessCalendar.TzdbVersion : zones : null,
            CarriedFrom = data.Find("carriedFrom"),
        };
        ticket.Promises.Add(promise);
        if (data.FindInstant("askedAt") is { } asked)
        {
            promise.LastAt = asked;
            promise.IsWished = true;
            if (asked > row.At || key.Metric != Metric.Callback)
            {
                complain($"askedAt says {Words.Of(asked)}: only a callback begins at another instant than it was asked for, and never before.");
            }
        }

        if (vendor.Policy(version.Value) is not { } policy)
        {
            complain($"policyVersion says {version}, and no such version was published.");
            return;
        }

        if (calendar is not null && calendar != BusinessCalendar.AlwaysOpenKey && promise.Zones is null)
        {
            complain("tzdb is missing: a deadline on a business calendar depends on the time zones that it was computed with.");
        }

        if (promise.CarriedFrom is not null)
        {
            Carry(promise, policy);
            return;
        }

        Begin(promise, policy, ticket, commitment, target, calendar, due, risk);
    }

    private void Begin(
        PromiseReplay promise, PublishedPolicy policy, TicketReplay ticket, Commitment? commitment, PromiseTarget? target, string? calendar, DateTimeOffset? due, DateTimeOffset? risk)
    {
        var (key, severity) = (promise.Key, promise.Terms.Severity);
        if (key.Metric == Metric.Callback && key.Cycle != 1)
        {
            BeginAgain(promise, ticket);
        }
        else if (key.Metric != Metric.NextResponse && key.Cycle != 1)
        {
            complain($"cycle says {key.Cycle}, and a {Words.Of(key.Metric).ToLowerInvariant()} is promised once (rule 7).");
        }

        if (key.Metric == Metric.NextResponse && ticket.Promises.Find(other => other != promise && other is { IsOpen: true, Key.Metric: not Metric.Callback }) is { } owed)
        {
            complain($"A next response begins while {owed.Name.ToLowerInvariant()} is still owed, which started before (rule 6).");
        }

        if (policy.RuleFor(key.Metric, promise.Inputs, severity) is not { } rule)
        {
            complain($"Policy version {policy.Policy.Version} promises no {Words.Of(key.Metric).ToLowerInvariant()} for {promise.Inputs.With(severity)}.");
            return;
        }

        var why = $"policy version {policy.Policy.Version} for {promise.Inputs.With(severity)}";
        var terms = Terms.Of(policy.Policy, rule, severity, promise.StartedAt);
        SameTerms(terms, why, withVersion: false);
        Same("dueAt", due, terms.DueAt, $"{why} ({Words.Of(terms.Target)} on {terms.Calendar} from {Words.Of(promise.StartedAt)})", promise);
        Same("atRiskAt", risk, terms.AtRiskAt, $"{policy.Policy.AtRiskPercent} % of the open time", promise);
        promise.Terms = terms with
        {
            Commitment = commitment ?? terms.Commitment,
            BaseDueAt = due ?? terms.DueAt,
            GrossDueAt = due ?? terms.DueAt,
            DueAt = due ?? terms.DueAt,
            AtRiskAt = risk ?? terms.AtRiskAt,
        };
    }

    /// <summary>A callback is promised once more only at its customer's wish, and never beside one that is still owed.</summary>
    private void BeginAgain(PromiseReplay promise, TicketReplay ticket)
    {
        if (!promise.IsWished)
        {
            complain($"cycle says {promise.Key.Cycle}, and a callback is promised again only at its customer's wish, which askedAt would say.");
        }

        if (ticket.Promises.Find(other => other != promise && other is { IsOpen: true, Key.Metric: Metric.Callback }) is { } owed)
        {
            complain($"A callback begins while {owed.Name.ToLowerInvariant()} is still owed.");
        }
    }

    /// <summary>What another promise was when it ended there, it is here (rule 9). Both sides are compared when both are known.</summary>
    private void Carry(PromiseReplay promise, PublishedPolicy policy)
    {
        var terms = promise.Terms with
        {
            AnchorAt = data.Instant("anchorAt") ?? promise.StartedAt,
            GrossDueAt = data.Instant("grossDueAt") ?? promise.Terms.BaseDueAt,
            DueAt = data.Instant("netDueAt") ?? promise.Terms.BaseDueAt,
            Stills = [.. (data.Find("stops") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadStill).OfType<Standstill>()],
        };
        promise.BreachedAt = data.FindInstant("breachedAt");
        promise.PausedAt = data.FindInstant("pausedAt");
        promise.Terms = Scheduled(policy.Policy, terms, promise.StartedAt, Steps("toWarn"), Steps("warned"));
        promise.LastAt = promise.JudgedUntil = carries.Begin(account, promise, LastRow) ?? DateTimeOffset.MaxValue;
    }

    private static Terms Scheduled(SlaPolicy policy, Terms terms, DateTimeOffset start, WarningStep[] toWarn, WarningStep[] warned)
    {
        var running = Recount.Running(policy.CalendarOf(terms.Calendar), start, terms.DueAt, terms.Stills);
        return terms with
        {
            Warnings =
            [
                .. warned.Select(step => new ExpectedWarning(step, start, true)),
                .. toWarn.Select(step => new ExpectedWarning(step, Recount.Moment(step, running, terms.DueAt) ?? terms.DueAt, false)),
            ],
        };
    }

    private WarningStep[] Steps(string field) => [.. (data.Text(field) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WarningStep.Parse)];

    /// <summary>The row's inputs; there are few kinds of them, and many promises.</summary>
    private Inputs InputsOf(Channel channel, RequesterRole role)
    {
        var kind = (channel, role, data.Find("plan"), data.Find("hubs"));
        return _inputs.TryGetValue(kind, out var known) ? known : _inputs[kind] = new(channel, role, kind.Item3, kind.Item4?.Split('|') ?? []);
    }

    private Standstill? ReadStill(string text)
    {
        if (text.Split('/') is [var what, var from, var to] && RowData.ReadInstant(from) is { } begin && RowData.ReadInstant(to) is { } end)
        {
            return new(begin, end, what == "waiting" ? null : what);
        }

        complain($"stops says '{text}', which it cannot.");
        return null;
    }
}

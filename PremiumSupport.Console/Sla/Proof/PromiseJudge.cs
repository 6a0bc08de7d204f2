using System.Globalization;

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

    /// <summary>An exception moved the deadline (rule 13).</summary>
    public void Exclude(LedgerRow row, PromiseReplay promise)
    {
        if (!MayMove(promise) || data.Text("exception") is not { } id)
        {
            return;
        }

        if (promise.PausedAt is not null)
        {
            complain("It stands still for its customer, and meets exceptions when it goes on.");
        }

        Same("from", promise.Terms.DueAt, "the deadline before");
        if (vendor.Exception(id) is not { } exception)
        {
            complain($"exception says {id}, and no such exception was approved.");
            Believe(promise, promise.Terms);
            return;
        }

        if (!exception.Covers(account, promise.Inputs))
        {
            complain($"The exception {id} is for {LedgerFacts.Word(exception.Scope)} {exception.ScopeValue}, and this promise is none of it.");
        }

        // A ticket split off is promised from the start of the one it comes from, and excused as that was.
        if (exception.ApprovedAt > row.At && row.At != promise.StartedAt)
        {
            complain($"The exception {id} was approved at {Words.Of(exception.ApprovedAt)}, after this.");
        }

        if (promise.Terms.Stills.Any(still => still.Exception == id))
        {
            complain($"The exception {id} moved this deadline before.");
        }

        SameText("window", $"{Words.Of(exception.From)}/{Words.Of(exception.To)}", "what was approved");
        var stopped = promise.Terms.Stopped(PolicyOf(promise), promise.StartedAt, [.. promise.Terms.Stills, new(exception.From, exception.To, id)]);
        if (stopped.DueAt == promise.Terms.DueAt)
        {
            complain($"The exception {id} takes no time from this promise, so its deadline stays {Words.Of(promise.Terms.DueAt)}.");
        }

        Same("dueAt", stopped.DueAt, $"the exception {id}", promise);
        Same("grossDueAt", stopped.GrossDueAt, "a clock without exceptions", promise);
        Same("atRiskAt", stopped.AtRiskAt, "the share of open time", promise);
        Believe(promise, stopped);
    }

    /// <summary>The promise was replaced, or stands still, or goes on.</summary>
    public void Retarget(LedgerRow row, PromiseReplay promise)
    {
        if (data.Text("reason") is not { } reason || !MayMove(promise))
        {
            return;
        }

        Same("from", promise.Terms.DueAt, "the deadline before");
        promise.ReplacedAt = reason == "paused" ? promise.ReplacedAt : row.At;
        switch (reason)
        {
            case "paused":
                Pause(row, promise);
                return;
            case "resumed":
                Resume(row, promise);
                return;
            case "declined" or "raised" or "policy":
                Replace(row, promise, reason);
                return;
            default:
                complain($"reason says '{reason}'; it can say declined, raised, policy, paused or resumed.");
                return;
        }
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

    private void Pause(LedgerRow row, PromiseReplay promise)
    {
        if (promise.Key.Metric != Metric.NextResponse)
        {
            complain($"A {Words.Of(promise.Key.Metric).ToLowerInvariant()} never pauses (rule 5).");
        }

        if (promise.PausedAt is { } since)
        {
            complain($"It has stood still since {Words.Of(since)} already.");
        }

        promise.PausedAt ??= row.At;
    }

    private void Resume(LedgerRow row, PromiseReplay promise)
    {
        if (promise.PausedAt is not { } since)
        {
            complain("It goes on, and it did not stand still.");
            Believe(promise, promise.Terms);
            return;
        }

        promise.PausedAt = null;
        IReadOnlyList<Standstill> stills = row.At > since ? [.. promise.Terms.Stills, new(since, row.At, null)] : promise.Terms.Stills;
        Moved(promise, promise.Terms.Stopped(PolicyOf(promise), promise.StartedAt, stills), $"waiting from {Words.Of(since)} to {Words.Of(row.At)}");
    }

    private void Replace(LedgerRow row, PromiseReplay promise, string reason)
    {
        var version = reason == "policy" ? data.Number("policyVersion") : promise.Terms.PolicyVersion;
        if (version is null || vendor.Policy(version.Value) is not { } policy)
        {
            complain($"policyVersion says {version}, and no such version was published.");
            Believe(promise, promise.Terms);
            return;
        }

        if (reason == "policy" && (!policy.AppliesToOpen || policy.At > row.At))
        {
            complain(policy.AppliesToOpen
                ? $"Policy version {version} was published at {Words.Of(policy.At)}, after this."
                : $"Policy version {version} was published for new tickets only (rule 10).");
        }

        var severity = reason switch { "declined" => Severity.Standard, "raised" => Severity.BusinessCritical, _ => promise.Terms.Severity };
        if (policy.RuleFor(promise.Key.Metric, promise.Inputs, severity) is not { } rule)
        {
            complain($"Policy version {version} promises no {Words.Of(promise.Key.Metric).ToLowerInvariant()} for {promise.Inputs.With(severity)}.");
            Believe(promise, promise.Terms);
            return;
        }

        // An exception approved in the very same millisecond may have come before or after.
        var possible = new List<Terms>();
        foreach (var inclusive in new[] { true, false })
        {
            var stills = StillsAt(promise, row.At, inclusive);
            if (reason switch
                {
                    "declined" => Terms.Declined(policy.Policy, rule, promise.StartedAt, stills),
                    "raised" => promise.Terms.Raised(policy.Policy, rule, promise.StartedAt, row.At, stills),
                    _ => promise.Terms.Applied(policy.Policy, rule, promise.StartedAt, row.At, stills),
                } is { } terms)
            {
                possible.Add(terms);
            }
        }

        var said = (data.Find("dueAt"), data.Find("commitment"), data.Find("atRiskAt"));
        var moved = possible.Find(terms => said == (Words.Of(terms.DueAt), LedgerFacts.Word(terms.Commitment), Words.Of(terms.AtRiskAt))) ?? possible.FirstOrDefault();
        if (moved is null)
        {
            complain($"Policy version {version} makes this deadline no earlier, and no edit moves one later (rule 8): it stays {Words.Of(promise.Terms.DueAt)}.");
            Believe(promise, promise.Terms);
            return;
        }

        if (reason == "declined")
        {
            carries.Retargeted(promise.Key.Ticket, account, LastRow, row.At);
        }

        Moved(promise, moved.After(promise.Terms), reason switch
        {
            "declined" => $"the decline, {Words.Of(moved.Target)} from the start (rule 8),",
            "raised" => "the earlier of the old deadline and what critical promises from the raising (rule 8)",
            _ => $"policy version {version}",
        });
    }

    /// <summary>Judges the deadlines of a retargeting and takes them over.</summary>
    private void Moved(PromiseReplay promise, Terms moved, string why)
    {
        SameTerms(moved, why, withVersion: true);
        SameText("severity", LedgerFacts.Word(moved.Severity), why);
        Same("anchorAt", moved.AnchorAt, why, promise);
        Same("baseDueAt", moved.BaseDueAt, why, promise);
        Same("grossDueAt", moved.GrossDueAt, why, promise);
        Same("dueAt", moved.DueAt, why, promise);
        Same("atRiskAt", moved.AtRiskAt, why, promise);
        Believe(promise, moved);
    }

    /// <summary>Takes over the deadlines that the row says, lie or not, with all else as it should be.</summary>
    private void Believe(PromiseReplay promise, Terms terms) => promise.Terms = terms with
    {
        AnchorAt = Said("anchorAt") ?? terms.AnchorAt,
        BaseDueAt = Said("baseDueAt") ?? terms.BaseDueAt,
        GrossDueAt = Said("grossDueAt") ?? terms.GrossDueAt,
        DueAt = Said("dueAt") ?? terms.DueAt,
        AtRiskAt = Said("atRiskAt") ?? terms.AtRiskAt,
    };

    /// <summary>What stands in a promise's way at an instant: what did before, and the exceptions approved by then and not over.</summary>
    private List<Standstill> StillsAt(PromiseReplay promise, DateTimeOffset at, bool inclusive)
    {
        var stills = new List<Standstill>(promise.Terms.Stills);
        foreach (var exception in vendor.Exceptions)
        {
            if ((inclusive ? exception.ApprovedAt <= at : exception.ApprovedAt < at) && exception.To > at
                && exception.Covers(account, promise.Inputs) && !stills.Exists(still => still.Exception == exception.Id))
            {
                stills.Add(new(exception.From, exception.To, exception.Id));
            }
        }

        return stills;
    }

    /// <summary>The claim is declined: what stands on it is to be moved.</summary>
    public void Decline(LedgerRow row, TicketReplay ticket)
    {
        foreach (var promise in ticket.Promises)
        {
            if (promise is { IsMovable: true, Terms.Severity: Severity.BusinessCritical }
                && vendor.Policy(promise.Terms.PolicyVersion)?.RuleFor(promise.Key.Metric, promise.Inputs, Severity.Standard) is not null)
            {
                promise.DeclinedBy = row.Sequence;
            }
        }
    }

    /// <summary>The row's inputs; there are few kinds of them, and many promises.</summary>
    private Inputs InputsOf(Channel channel, RequesterRole role)
    {
        var kind = (channel, role, data.Find("plan"), data.Find("hubs"));
        return _inputs.TryGetValue(kind, out var known) ? known : _inputs[kind] = new(channel, role, kind.Item3, kind.Item4?.Split('|') ?? []);
    }

    private bool MayMove(PromiseReplay promise)
    {
        if (!promise.IsOpen)
        {
            complain($"It ended at {Words.Of(promise.MergedAt ?? promise.AnsweredAt)}, and nothing moves it afterwards (rule 4).");
        }
        else if (promise.BreachedAt is { } breached)
        {
            complain($"It was breached at {Words.Of(breached)}, and nothing moves it afterwards (rule 4).");
        }

        return promise.IsMovable;
    }

    private SlaPolicy PolicyOf(PromiseReplay promise) =>
        vendor.Policy(promise.Terms.PolicyVersion)?.Policy ?? throw new KeyNotFoundException($"Policy version {promise.Terms.PolicyVersion} was never published.");

    private Standstill? ReadStill(string text)
    {
        if (text.Split('/') is [var what, var from, var to] && RowData.ReadInstant(from) is { } begin && RowData.ReadInstant(to) is { } end)
        {
            return new(begin, end, what == "waiting" ? null : what);
        }

        complain($"stops says '{text}', which it cannot.");
        return null;
    }

    private DateTimeOffset? Said(string field) => data.Find(field) is { } text ? RowData.ReadInstant(text) : null;

    private void SameTerms(Terms terms, string why, bool withVersion)
    {
        SameText("commitment", LedgerFacts.Word(terms.Commitment), why);
        SameText("target", Words.Of(terms.Target), why);
        SameText("calendar", terms.Calendar, why);
        if (withVersion)
        {
            SameText("policyVersion", terms.PolicyVersion.ToString(CultureInfo.InvariantCulture), why);
        }
    }

    private void Same(string field, DateTimeOffset should, string why, PromiseReplay? promise = null) => Same(field, data.Instant(field), should, why, promise);

    private void Same(string field, DateTimeOffset? says, DateTimeOffset should, string why, PromiseReplay? promise)
    {
        if (says is { } instant && instant != should)
        {
            complain($"{field} says {Words.Of(instant)}; {why} makes it {Words.Of(should)}.{Zones(promise)}");
        }
    }

    private void SameText(string field, string should, string why)
    {
        if (data.Text(field) is { } says && says != should)
        {
            complain($"{field} says {says}; {why} makes it {should}.");
        }
    }

    private static string Zones(PromiseReplay? promise) =>
        promise is not { Zones: { } zones, Terms.Calendar: not BusinessCalendar.AlwaysOpenKey } || zones == BusinessCalendar.TzdbVersion ? ""
        : $" It was computed with the time zones of {zones}; {BusinessCalendar.TzdbVersion} is installed here, which may be why.";
}

namespace PremiumSupport.Sla.Proof;

/// <summary>Rows that move a deadline, or stop and start its clock.</summary>
internal sealed partial class PromiseJudge
{
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
}

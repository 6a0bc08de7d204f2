namespace PremiumSupport.Sla.Proof;

/// <summary>Warnings, breaches and answers: each once, each at its moment, and none missing.</summary>
internal sealed partial class PromiseJudge
{
    /// <summary>The sequence of the row at hand.</summary>
    public long LastRow { get; set; }

    public void Warn(LedgerRow row, PromiseReplay promise)
    {
        var detected = data.Instant("detectedAt");
        if (data.Text("step") is not { } step)
        {
            return;
        }

        if (detected < row.At)
        {
            complain($"detectedAt says {Words.Of(detected)}, before the warning's own moment.");
        }

        if ((promise.MergedAt ?? promise.AnsweredAt) is { } end && row.At > end)
        {
            complain($"It warns of {step} at {Words.Of(row.At)}, and the promise ended at {Words.Of(end)}.");
        }

        if (promise.PausedAt < row.At)
        {
            complain($"It warns of {step} while the clock stood still, since {Words.Of(promise.PausedAt)} (rule 6).");
        }

        foreach (var warning in promise.Terms.Warnings)
        {
            if (warning.Key == step)
            {
                if (warning.IsFired)
                {
                    complain($"It warns of {step} a second time; each step fires once (rule 11).");
                }
                else if (warning.At != row.At)
                {
                    complain($"The warning at {step} is dated {Words.Of(row.At)}; the policy's steps make it {Words.Of(warning.At)} (rule 11).{Zones(promise)}");
                }

                promise.Terms = promise.Terms.Fired(warning.Step);
                return;
            }
        }

        complain($"step says {step}; the policy has no such step for this promise (rule 11).");
    }

    public void Breach(LedgerRow row, PromiseReplay promise)
    {
        if (promise.BreachedAt is { } breached)
        {
            complain($"It is breached a second time; the first was at {Words.Of(breached)} (rule 4).");
            return;
        }

        var due = promise.Terms.DueAt;
        if (row.At != due)
        {
            complain($"The breach is dated {Words.Of(row.At)}; it is stamped with the deadline, {Words.Of(due)} (rule 4).");
        }

        var detected = data.Instant("detectedAt");
        if (detected <= due)
        {
            complain($"detectedAt says {Words.Of(detected)}, and at the deadline, {Words.Of(due)}, an answer is still in time (rule 3).");
        }

        if (promise.MergedAt <= due || promise.AnsweredAt <= due)
        {
            complain($"It is breached, and it ended at {Words.Of(promise.MergedAt ?? promise.AnsweredAt)}, which is not after its deadline {Words.Of(due)} (rule 3).");
        }
        else if (promise.PausedAt <= due)
        {
            complain($"It is breached at {Words.Of(due)}, and its clock has stood still since {Words.Of(promise.PausedAt)} (rule 6).");
        }

        (promise.BreachedAt, promise.DetectedAt) = (row.At, detected);
    }

    public void Answer(LedgerRow row, PromiseReplay promise, bool asMet)
    {
        if (!promise.IsOpen)
        {
            complain($"It is answered at {Words.Of(row.At)}, and it ended at {Words.Of(promise.MergedAt ?? promise.AnsweredAt)}.");
            return;
        }

        if (promise.PausedAt is { } since)
        {
            complain($"It is answered while its clock stands still, since {Words.Of(since)}; it should have gone on first.");
        }

        Same("dueAt", promise.Terms.DueAt, "the last deadline before", promise);
        var inTime = row.At <= promise.Terms.DueAt && promise.BreachedAt is null;
        if (asMet && !inTime)
        {
            complain($"The row says met, and the answer came at {Words.Of(row.At)}, after the deadline {Words.Of(promise.BreachedAt ?? promise.Terms.DueAt)} (rule 3).");
        }
        else if (!asMet && inTime)
        {
            complain($"The row says answered late, and the answer came at {Words.Of(row.At)}, not after the deadline {Words.Of(promise.Terms.DueAt)} (rule 3): it is met.");
        }

        promise.AnsweredAt = row.At;
        promise.PausedAt = null;
    }

    public void Reopen(LedgerRow row, PromiseReplay promise)
    {
        if (promise.AnsweredAt is not { } answered)
        {
            complain("It is owed again, and it was not answered.");
            return;
        }

        Same("answeredAt", answered, "the answer before");
        Same("dueAt", promise.Terms.DueAt, "the last deadline before", promise);
        // As if nobody had spoken: what is approved and not over stops it now.
        promise.AnsweredAt = null;
        promise.ReopenedAt = promise.ReplacedAt = row.At;
    }

    public void Merge(LedgerRow row, PromiseReplay promise)
    {
        if (!promise.IsOpen)
        {
            complain($"It goes on elsewhere from {Words.Of(row.At)}, and it ended at {Words.Of(promise.MergedAt ?? promise.AnsweredAt)}.");
            return;
        }

        if (data.Text("into") is { } into)
        {
            (promise.MergedAt, promise.MergedInto) = (row.At, into);
            carries.End(account, promise, LastRow);
        }
    }

    /// <summary>Only a callback can be wished away, only by one of the known reasons, and only before it was missed: a breach stays (rule 4).</summary>
    public void Withdraw(LedgerRow row, PromiseReplay promise)
    {
        if (promise.Key.Metric != Metric.Callback)
        {
            complain($"A {Words.Of(promise.Key.Metric).ToLowerInvariant()} cannot be withdrawn; only a callback is its customer's to put off.");
        }

        _ = data.Word<Withdrawal>("reason");
        Same("dueAt", promise.Terms.DueAt, "the last deadline before", promise);
        if (!promise.IsOpen)
        {
            complain($"It is withdrawn at {Words.Of(row.At)}, and it ended at {Words.Of(promise.MergedAt ?? promise.AnsweredAt)}.");
            return;
        }

        if (promise.BreachedAt is { } breached)
        {
            complain($"It is withdrawn, and it was missed at {Words.Of(breached)}; no wish takes that back (rule 4).");
        }

        (promise.MergedAt, promise.IsWithdrawn) = (row.At, true);
    }

    /// <summary>
    /// Everything that should have been written about a promise before an instant, and was not: a breach, a warning, an exception, a policy applied (rules 4, 10, 11 and 13).
    /// </summary>
    /// <param name="promise">As it stood since its last row.</param>
    /// <param name="at">When the next row about it was written.</param>
    /// <param name="kind">What that row is; null when there is no other row.</param>
    public void Owed(PromiseReplay promise, DateTimeOffset at, LedgerKind? kind)
    {
        if (!promise.IsOpen || (kind is LedgerKind.Excluded && promise.ReopenedAt == at))
        {
            return;
        }

        if (promise.IsMovable)
        {
            MissedDecline(promise, kind);
        }

        if (promise.IsMovable && promise.PausedAt is null)
        {
            if (kind is not LedgerKind.Excluded)
            {
                MissedExceptions(promise, at);
            }

            ExpectPolicies(promise, at);
            MissedPolicies(promise, at, kind);
        }

        if (kind is LedgerKind.Warned)
        {
            return;
        }

        var horizon = promise.PausedAt < at ? promise.PausedAt.Value : at;
        MissedWarnings(promise, horizon);
        if (promise.BreachedAt is null && kind is not LedgerKind.Breached && promise.Terms.DueAt < horizon)
        {
            complain($"The deadline {Words.Of(promise.Terms.DueAt)} passed unanswered, and no row says that it was breached (rule 4).");
            promise.BreachedAt = promise.Terms.DueAt;
        }
    }

    private void MissedWarnings(PromiseReplay promise, DateTimeOffset horizon)
    {
        foreach (var warning in promise.Terms.Warnings)
        {
            if (!warning.IsFired && warning.At <= horizon)
            {
                complain($"The warning at {warning.Key} was due at {Words.Of(warning.At)}, and no row says that it was given (rule 11).{Zones(promise)}");
                promise.Terms = promise.Terms.Fired(warning.Step);
            }
        }
    }

    private void MissedExceptions(PromiseReplay promise, DateTimeOffset at)
    {
        foreach (var exception in vendor.Exceptions)
        {
            var terms = promise.Terms;
            if (exception.From >= terms.DueAt)
            {
                break;
            }

            if (exception.To <= terms.AnchorAt || exception.To <= promise.ReplacedAt || exception.ApprovedAt >= at || exception.ApprovedAt <= promise.JudgedUntil || exception.ApprovedAt > terms.DueAt || promise.Missed?.Contains(exception.Id) == true
                || !exception.Covers(account, promise.Inputs) || terms.Stills.Any(still => still.Exception == exception.Id))
            {
                continue;
            }

            var stopped = terms.Stopped(PolicyOf(promise), promise.StartedAt, [.. terms.Stills, new(exception.From, exception.To, exception.Id)]);
            if (stopped.DueAt != terms.DueAt)
            {
                complain($"The exception {exception.Id}, approved at {Words.Of(exception.ApprovedAt)}, moves the deadline {Words.Of(terms.DueAt)} to {Words.Of(stopped.DueAt)}, and no row says so (rule 13).");
                (promise.Missed ??= []).Add(exception.Id);
            }
        }
    }

    /// <summary>Publishing and applying are two acts, so a version may be applied a little after it was published.</summary>
    private void ExpectPolicies(PromiseReplay promise, DateTimeOffset at)
    {
        foreach (var policy in vendor.Policies)
        {
            if (policy.AppliesToOpen && policy.At > promise.LastAt && policy.At < at && policy.At <= promise.Terms.DueAt
                && policy.RuleFor(promise.Key.Metric, promise.Inputs, promise.Terms.Severity) is { } rule
                && promise.Terms.Applied(policy.Policy, rule, promise.StartedAt, policy.At, StillsAt(promise, policy.At, inclusive: true)) is { } applied)
            {
                (promise.Pending ??= []).Add((policy.Policy.Version, policy.At, $"Policy version {policy.Policy.Version}, published at {Words.Of(policy.At)} for open tickets too, makes the deadline {Words.Of(promise.Terms.DueAt)} earlier, {Words.Of(applied.DueAt)}, and no row says so (rule 10)."));
            }
        }
    }

    private void MissedPolicies(PromiseReplay promise, DateTimeOffset at, LedgerKind? kind)
    {
        if (promise.Pending is null)
        {
            return;
        }

        if (kind == LedgerKind.Retargeted && data.Find("reason") == "policy" && data.Number("policyVersion") is { } version)
        {
            promise.Pending.RemoveAll(pending => pending.Version == version);
        }

        foreach (var pending in promise.Pending.Where(pending => at > pending.At + LedgerVerifier.Grace))
        {
            complain(pending.What);
        }

        promise.Pending.RemoveAll(pending => at > pending.At + LedgerVerifier.Grace || kind is LedgerKind.Retargeted or LedgerKind.Excluded);
    }

    private void MissedDecline(PromiseReplay promise, LedgerKind? kind)
    {
        if (promise.DeclinedBy is { } row && !(kind == LedgerKind.Retargeted && data.Find("reason") == "declined"))
        {
            complain($"The claim was declined by row {row}, and no row moves the deadline to what standard promises (rule 8).");
        }

        promise.DeclinedBy = null;
    }
}

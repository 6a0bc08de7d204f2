namespace PremiumSupport.Sla.Proof;

/// <summary>A warning as the verifier expects it.</summary>
internal readonly record struct ExpectedWarning(WarningStep Step, DateTimeOffset At, bool IsFired)
{
    /// <summary>The name under which it fires.</summary>
    public string Key => Step.Key;
}

/// <summary>What is promised at one time of a promise's life, with everything that follows from it.</summary>
internal sealed record Terms(Severity Severity, int PolicyVersion, Commitment Commitment, PromiseTarget Target, string Calendar, DateTimeOffset AnchorAt, DateTimeOffset BaseDueAt)
{
    public DateTimeOffset GrossDueAt { get; init; } = BaseDueAt;
    public DateTimeOffset DueAt { get; init; } = BaseDueAt;
    public DateTimeOffset AtRiskAt { get; init; } = BaseDueAt;
    public IReadOnlyList<Standstill> Stills { get; init; } = [];
    public IReadOnlyList<ExpectedWarning> Warnings { get; init; } = [];

    /// <summary>What a rule promises from an instant on, before anything stands still (rules 1, 11 and 12).</summary>
    public static Terms Of(SlaPolicy policy, PolicyRule rule, Severity severity, DateTimeOffset start)
    {
        var due = Recount.Due(policy.CalendarOf(rule.Calendar), rule.Target, start);
        return new Terms(severity, policy.Version, rule.Commitment, rule.Target, rule.Calendar, start, due).Scheduled(policy, rule.Warnings, start);
    }

    /// <summary>The same with the clock standing in those stretches (rule 13).</summary>
    public Terms Stopped(SlaPolicy policy, DateTimeOffset start, IReadOnlyList<Standstill> stills)
    {
        var calendar = policy.CalendarOf(Calendar);
        var moved = this with
        {
            Stills = stills,
            GrossDueAt = Recount.Deadline(calendar, AnchorAt, BaseDueAt, [.. stills.Where(still => still.IsWaiting)]),
            DueAt = Recount.Deadline(calendar, AnchorAt, BaseDueAt, stills),
        };
        return moved.Scheduled(policy, [.. Warnings.Select(warning => warning.Step)], start);
    }

    /// <summary>A decline: what standard promises from the start (rule 8).</summary>
    public static Terms Declined(SlaPolicy policy, PolicyRule standard, DateTimeOffset start, IReadOnlyList<Standstill> stills) =>
        Of(policy, standard, Severity.Standard, start).Stopped(policy, start, stills);

    /// <summary>Raised to critical: the earlier of the deadline as it was and of what critical promises from now (rule 8).</summary>
    public Terms Raised(SlaPolicy policy, PolicyRule critical, DateTimeOffset start, DateTimeOffset now, IReadOnlyList<Standstill> stills)
    {
        var raised = Of(policy, critical, Severity.BusinessCritical, now).Stopped(policy, now, stills);
        var earlier = DueAt <= raised.DueAt
            ? this with { Severity = Severity.BusinessCritical, Commitment = raised.Commitment, PolicyVersion = raised.PolicyVersion, Warnings = [] }
            : raised with { Stills = stills, Warnings = [] };
        return earlier.Scheduled(policy, critical.Warnings, start);
    }

    /// <summary>Another policy version applied to what is owed; null where that would not be earlier (rules 8 and 10).</summary>
    public Terms? Applied(SlaPolicy policy, PolicyRule rule, DateTimeOffset start, DateTimeOffset now, IReadOnlyList<Standstill> stills)
    {
        var applied = Of(policy, rule, Severity, AnchorAt).Stopped(policy, AnchorAt, stills);
        if (applied.DueAt <= now)
        {
            applied = Of(policy, rule, Severity, now).Stopped(policy, now, stills);
        }

        return applied.DueAt >= DueAt ? null : (applied with { Stills = stills, Warnings = [] }).Scheduled(policy, rule.Warnings, start);
    }

    /// <summary>The warnings that fired under the old terms do not fire again under these (rule 11).</summary>
    public Terms After(Terms old)
    {
        var fired = old.Warnings.Where(warning => warning.IsFired).ToList();
        return fired.Count == 0 ? this : this with { Warnings = [.. fired.Concat(Warnings).DistinctBy(warning => warning.Step)] };
    }

    /// <summary>The same with a warning fired.</summary>
    public Terms Fired(WarningStep step) => this with { Warnings = [.. Warnings.Select(warning => warning.Step == step ? warning with { IsFired = true } : warning)] };

    private Terms Scheduled(SlaPolicy policy, IReadOnlyList<WarningStep> steps, DateTimeOffset start)
    {
        var calendar = policy.CalendarOf(Calendar);
        var running = Recount.Running(calendar, start, DueAt, Stills);
        var warnings = new List<ExpectedWarning>(steps.Count);
        warnings.AddRange(Warnings.Where(warning => warning.IsFired));
        foreach (var step in steps)
        {
            if (!warnings.Exists(warning => warning.Step == step) && Recount.Moment(step, running, DueAt) is { } at)
            {
                warnings.Add(new(step, at, false));
            }
        }

        return this with
        {
            AtRiskAt = Recount.AtShare(running, DueAt, policy.AtRiskPercent),
            Warnings = [.. warnings],
            Stills = Stills.Count == 0 ? Stills : [.. Stills.Where(still => still.IsWaiting || Recount.Takes(calendar, still, start, DueAt))],
        };
    }
}

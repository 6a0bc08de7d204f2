using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>
/// The life of an obligation as arithmetic: facts and an instant in, changed facts and ledger facts out. Nothing here reads a clock.
/// </summary>
public static class ObligationClock
{
    /// <summary>What an obligation became, and what is to be written into the ledger about it.</summary>
    public readonly record struct Outcome(ObligationFacts Obligation, IReadOnlyList<LedgerFact> Ledger);

    /// <summary>The state at an instant. Due is inclusive: at exactly <see cref="ObligationFacts.DueAt"/> an open promise is not yet breached (rule 3).</summary>
    public static ObligationState StateAt(ObligationFacts obligation, DateTimeOffset now) => StateAtWhole(obligation, Whole(now));

    private static ObligationState StateAtWhole(ObligationFacts obligation, DateTimeOffset now) => obligation switch
    {
        { IsWithdrawn: true } => ObligationState.Excluded,
        { MergedAt: not null } => ObligationState.Merged,
        { BreachedAt: not null } => ObligationState.Breached,
        { AnsweredAt: { } answered } => answered <= obligation.DueAt ? ObligationState.Met : ObligationState.Breached,
        { PausedAt: not null } => ObligationState.Paused,
        _ when now > obligation.DueAt => ObligationState.Breached,
        _ when obligation.Stops.Any(stop => stop.From <= now && now < stop.To) => ObligationState.Paused,
        _ when now >= obligation.AtRiskAt => ObligationState.AtRisk,
        _ => ObligationState.OnTrack,
    };

    /// <summary>
    /// A promise begins: it is written down with its inputs, and the exceptions that were approved before move it at once, each by a fact of its own (rule 13).
    /// </summary>
    /// <param name="promised">The promise as its rule makes it, not yet moved by any exception.</param>
    /// <param name="request">What it is promised to.</param>
    /// <param name="policy">The policy version that it is promised under.</param>
    /// <param name="exceptions">Approved exceptions that cover the request and are not over at its start.</param>
    public static Outcome Begin(ObligationFacts promised, PromiseRequest request, SlaPolicy policy, IReadOnlyList<ClockStop> exceptions)
    {
        var (moved, ledger) = Except(promised, exceptions, policy, request.AskedAt ?? promised.StartedAt);
        return new(moved, [LedgerFacts.Promised(promised, request, BusinessCalendar.TzdbVersion), .. ledger]);
    }

    /// <summary>
    /// Flags everything whose moment has passed by <paramref name="now"/> and was not flagged yet: each warning once, and the breach,
    /// which is stamped with the deadline whenever it is noticed (rule 4). Running it twice changes nothing. What is paused or merged is not flagged.
    /// </summary>
    public static Outcome CatchUp(ObligationFacts obligation, DateTimeOffset now)
    {
        now = Whole(now);
        var horizon = Earliest(now, obligation.AnsweredAt, obligation.PausedAt, obligation.MergedAt);
        var ledger = new List<LedgerFact>();
        var warnings = obligation.Warnings;

        if (warnings.Any(warning => warning.FiredAt is null && warning.At <= horizon))
        {
            warnings = [.. warnings.Select(warning =>
            {
                if (warning.FiredAt is not null || warning.At > horizon)
                {
                    return warning;
                }

                ledger.Add(LedgerFacts.Warned(obligation, warning, now));
                return warning with { FiredAt = now };
            })];
            obligation = obligation with { Warnings = warnings };
        }

        if (obligation.BreachedAt is null && horizon > obligation.DueAt)
        {
            ledger.Add(LedgerFacts.Breached(obligation, now));
            obligation = obligation with { BreachedAt = obligation.DueAt, DetectedAt = now };
        }

        return new(obligation, ledger);
    }

    /// <summary>
    /// The promise is answered at <paramref name="now"/>. What was missed until then is flagged first, so a late answer between two sweeps
    /// is still a breach. An obligation that is not open stays as it is; one that is paused is to be resumed first.
    /// </summary>
    public static Outcome Answer(ObligationFacts obligation, DateTimeOffset now)
    {
        if (!obligation.IsOpen)
        {
            return new(obligation, []);
        }

        now = Whole(now);
        var (caughtUp, ledger) = CatchUp(obligation, now);
        var answered = caughtUp with { AnsweredAt = now };
        return new(answered, [.. ledger, LedgerFacts.Answered(answered, now <= answered.DueAt && answered.BreachedAt is null, now)]);
    }

    /// <summary>
    /// The answer never arrived: the only response bounced. The promise is owed again under its deadline, as if nobody had spoken (rule 2); a breach
    /// recorded before stays, and what passed meanwhile is flagged. An obligation that is still owed is only caught up.
    /// </summary>
    /// <param name="obligation">The promise that it answered.</param>
    /// <param name="reason">What the mail system said.</param>
    /// <param name="now">When that became known.</param>
    /// <param name="exceptions">Approved exceptions that cover the request and are not over: as nobody had spoken, they stop the clock, also those approved since the answer.</param>
    /// <param name="policy">The policy version of the promise; needed where there are exceptions.</param>
    public static Outcome Bounce(ObligationFacts obligation, string reason, DateTimeOffset now, IReadOnlyList<ClockStop>? exceptions = null, SlaPolicy? policy = null)
    {
        if (obligation.AnsweredAt is not { } answered)
        {
            return CatchUp(obligation, now);
        }

        var reopened = LedgerFacts.Reopened(obligation, reason, answered, Whole(now));
        var (owed, excluded) = obligation.BreachedAt is null && policy is not null
            ? Stand(obligation with { AnsweredAt = null }, exceptions ?? [], policy, Whole(now))
            : new(obligation with { AnsweredAt = null }, []);
        var (caughtUp, after) = CatchUp(owed, now);
        return new(caughtUp, [reopened, .. excluded, .. after]);
    }

    /// <summary>
    /// The promise is replaced by <paramref name="promised"/> (a claim declined, a severity raised, a policy applied). What has passed under the old deadline is
    /// flagged first: a recorded breach stays, and an answered obligation keeps its outcome (rules 4 and 8). Warnings that fired do not fire again;
    /// those of the new promise whose moment has passed fire at once (rule 11). The caller decides whether the new deadline may be later (rule 8).
    /// </summary>
    public static Outcome Retarget(ObligationFacts obligation, ObligationFacts promised, string reason, DateTimeOffset now)
    {
        now = Whole(now);
        var (old, before) = CatchUp(obligation, now);
        if (!old.IsOpen || old.BreachedAt is not null)
        {
            return new(old, before);
        }

        var fired = old.Warnings.Where(warning => warning.FiredAt is not null).ToList();
        var moved = promised with
        {
            Cycle = old.Cycle,
            Inputs = old.Inputs,
            StartedAt = old.StartedAt,
            PausedAt = old.PausedAt,
            Warnings = [.. fired.Concat(promised.Warnings).DistinctBy(warning => warning.Step).OrderBy(warning => warning.At)],
        };
        var (caughtUp, after) = CatchUp(moved, now);
        return new(caughtUp, [.. before, LedgerFacts.Retargeted(moved, old.DueAt, reason, now), .. after]);
    }

    /// <summary>
    /// Approved exceptions move the deadline, one after the other in the order of their beginnings; one that does not overlap changes nothing and is not written down.
    /// What was breached, answered or merged by then stays as it is: exceptions are prospective. A paused promise meets them when it goes on.
    /// </summary>
    public static Outcome Except(ObligationFacts obligation, IReadOnlyList<ClockStop> exceptions, SlaPolicy policy, DateTimeOffset now)
    {
        now = Whole(now);
        var (moved, before) = CatchUp(obligation, now);
        if (!moved.IsOpen || moved.BreachedAt is not null || moved.PausedAt is not null)
        {
            return new(moved, before);
        }

        var (stopped, excluded) = Stand(moved, exceptions, policy, now);
        var (caughtUp, after) = CatchUp(stopped, now);
        return new(caughtUp, [.. before, .. excluded, .. after]);
    }

    /// <summary>The stops of exceptions that overlap, one after the other, and a fact for each that moved the deadline.</summary>
    private static Outcome Stand(ObligationFacts moved, IReadOnlyList<ClockStop> exceptions, SlaPolicy policy, DateTimeOffset now)
    {
        var ledger = new List<LedgerFact>();
        foreach (var exception in exceptions.OrderBy(stop => stop.From).ThenBy(stop => stop.Reference, StringComparer.Ordinal))
        {
            if (moved.Stops.Any(stop => stop.Reference == exception.Reference && stop.Kind == StopKind.Exception))
            {
                continue;
            }

            var stopped = PromiseClock.WithStops(policy, moved, [.. moved.Stops, exception]);
            if (stopped.DueAt != moved.DueAt)
            {
                ledger.Add(LedgerFacts.Excluded(stopped, moved.DueAt, exception, now));
                moved = stopped;
            }
        }

        return new(moved, ledger);
    }

    /// <summary>The ticket waits for the customer: an open next response stands still from now on (rule 6). Every other promise runs on (rule 5).</summary>
    public static Outcome Pause(ObligationFacts obligation, DateTimeOffset now)
    {
        now = Whole(now);
        var (caughtUp, ledger) = CatchUp(obligation, now);
        if (caughtUp is not { Metric: Metric.NextResponse, IsOpen: true, BreachedAt: null, PausedAt: null })
        {
            return new(caughtUp, ledger);
        }

        var paused = caughtUp with { PausedAt = now };
        return new(paused, [.. ledger, LedgerFacts.Paused(paused, now)]);
    }

    /// <summary>The wait is over: the deadline moves by the open time that it took. What was not paused is only caught up.</summary>
    public static Outcome Resume(ObligationFacts obligation, IReadOnlyList<ClockStop> exceptions, SlaPolicy policy, DateTimeOffset now)
    {
        now = Whole(now);
        if (obligation is not { PausedAt: { } since, IsOpen: true })
        {
            return CatchUp(obligation, now);
        }

        var stops = obligation.Stops.Append(new(since, now, StopKind.Waiting));
        var running = PromiseClock.WithStops(policy, obligation with { PausedAt = null }, [.. stops.Where(stop => stop.To > stop.From)]);
        var (moved, ledger) = Except(running, exceptions, policy, now);
        return new(moved, [LedgerFacts.Retargeted(running, obligation.DueAt, "resumed", now), .. ledger]);
    }

    /// <summary>Another ticket carries the promise on: here it ends, neither met nor breached, and there it is the same promise under a cycle of that ticket (rule 9).</summary>
    /// <param name="obligation">An open obligation, caught up.</param>
    /// <param name="cycle">Its cycle there.</param>
    /// <param name="from">"number/metric/cycle" here.</param>
    /// <param name="into">"number/metric/cycle" there.</param>
    /// <param name="request">The request that it was promised to.</param>
    /// <param name="now">When.</param>
    public static (Outcome Here, Outcome There) Carry(ObligationFacts obligation, int cycle, string from, string into, PromiseRequest request, DateTimeOffset now)
    {
        now = Whole(now);
        var there = obligation with { Cycle = cycle, Inputs = PromiseInputs.Of(request) };
        return (
            new(obligation with { MergedAt = now }, [LedgerFacts.Merged(obligation, into, now)]),
            new(there, [LedgerFacts.Carried(there, request, BusinessCalendar.TzdbVersion, from)]));
    }

    /// <summary>
    /// The customer wants the callback no longer, or not then. Before its deadline the promise ends neither met nor breached, so that their wish makes nobody late and does nobody
    /// credit; one that was missed stays missed, and the wait that is reported ends here (rule 4). What is not open stays as it is.
    /// </summary>
    public static Outcome Withdraw(ObligationFacts obligation, Withdrawal why, DateTimeOffset now)
    {
        now = Whole(now);
        var (caughtUp, before) = CatchUp(obligation, now);
        if (!caughtUp.IsOpen)
        {
            return new(caughtUp, before);
        }

        if (caughtUp.BreachedAt is not null)
        {
            var ended = caughtUp with { AnsweredAt = now };
            return new(ended, [.. before, LedgerFacts.GivenUp(ended, why, now)]);
        }

        var withdrawn = caughtUp with { MergedAt = now, IsWithdrawn = true };
        return new(withdrawn, [.. before, LedgerFacts.Withdrawn(withdrawn, why, now)]);
    }

    /// <summary>The earliest instant at which <see cref="CatchUp"/> would do something; null when it never will again. A breach is noticed one millisecond after due.</summary>
    public static DateTimeOffset? NextFlagAt(ObligationFacts obligation)
    {
        if (!obligation.IsOpen || obligation.PausedAt is not null)
        {
            return null;
        }

        DateTimeOffset? next = obligation.BreachedAt is null ? obligation.DueAt.AddMilliseconds(1) : null;
        foreach (var warning in obligation.Warnings)
        {
            if (warning.FiredAt is null && (next is null || warning.At < next))
            {
                next = warning.At;
            }
        }

        return next;
    }

    /// <summary>The instant as the house keeps it: UTC, cut to whole milliseconds, so that what is compared is what is written down.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>The instant as the API, the pages and the ledger write it: UTC in whole milliseconds.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Earliest(DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> ends)
    {
        foreach (var end in ends)
        {
            if (end < now)
            {
                now = end.Value;
            }
        }

        return now;
    }
}

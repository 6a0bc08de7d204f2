using System.Runtime.InteropServices;

namespace PremiumSupport.Sla;

/// <summary>One obligation as the reports see it.</summary>
/// <param name="StartedAt">When it began to run (rule 1).</param>
/// <param name="GrossDueAt">The deadline without exceptions; never later than <paramref name="DueAt"/>.</param>
/// <param name="DueAt">The deadline that counts, and by which windows choose.</param>
/// <param name="AnsweredAt">When it was answered, late or not; null while it is owed.</param>
/// <param name="BreachedAt">The deadline that it missed, once that was flagged.</param>
public readonly record struct MaturedPromise(DateTimeOffset StartedAt, DateTimeOffset GrossDueAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt, DateTimeOffset? BreachedAt)
{
    /// <summary>Whether it has an outcome at that instant: breached, due, or answered at the very instant at which it is due (rule 13).</summary>
    public bool IsMaturedAt(DateTimeOffset now) => BreachedAt is not null || DueAt < now || (DueAt == now && AnsweredAt is not null);

    /// <summary>Kept by the deadline that counts. Equality is met (rule 3), and a recorded breach is one whatever the deadline says today (rule 4).</summary>
    public bool IsMet => AnsweredAt <= DueAt && BreachedAt is null;

    /// <summary>Kept even by the deadline without exceptions.</summary>
    public bool IsMetGross => AnsweredAt <= GrossDueAt && BreachedAt is null;
}

/// <summary>What became of the promises that matured in a window (rules 13 and 14).</summary>
/// <param name="Met">Kept by the deadline that counts.</param>
/// <param name="Breached">Not kept by it.</param>
/// <param name="P50">Half of the responses took at most this long; null when there is none.</param>
/// <param name="P90">Nine of ten took at most this long.</param>
/// <param name="P95">Nineteen of twenty took at most this long.</param>
public sealed record AttainmentFigures(int Met, int Breached, TimeSpan? P50, TimeSpan? P90, TimeSpan? P95)
{
    /// <summary>The figures of no promise at all.</summary>
    public static AttainmentFigures None { get; } = new(0, 0, null, null, null);

    /// <summary>How many promises have an outcome.</summary>
    public int Matured => Met + Breached;

    /// <summary>How many would have been met had no exception moved a deadline; the rest of <see cref="Matured"/> would have been breached.</summary>
    public int MetGross { get; init; }

    /// <summary>How many of the matured an approved exception touched.</summary>
    public int Excluded { get; init; }

    /// <summary>How many of the breached are unanswered to this day; the percentiles count them at their age so far (rule 14).</summary>
    public int StillOwed { get; init; }

    /// <summary>met / (met + breached) in percent by the deadlines that count, or null when nothing matured.</summary>
    public double? Net => Percent(Met);

    /// <summary>The same by the deadlines without exceptions.</summary>
    public double? Gross => Percent(MetGross);

    private double? Percent(int met) => Matured == 0 ? null : 100.0 * met / Matured;
}

/// <summary>Adds promises up, one after the other, so that nobody has to hold a window's rows. Not for two threads at once.</summary>
/// <param name="now">The instant by which is judged; cut to whole milliseconds, so that an age reads the same everywhere.</param>
public sealed class AttainmentTally(DateTimeOffset now)
{
    private readonly DateTimeOffset _now = ObligationClock.Whole(now);
    private readonly List<long> _ages = [];
    private int _met;
    private int _metGross;
    private int _excluded;
    private int _owed;

    /// <summary>Counts a promise, unless it has no outcome yet: early answers alone would flatter the figure.</summary>
    public void Add(in MaturedPromise promise)
    {
        if (promise.IsMaturedAt(_now))
        {
            Add(promise.IsMet, promise.IsMetGross, promise.GrossDueAt != promise.DueAt, promise.AnsweredAt is null, ((promise.AnsweredAt ?? _now) - promise.StartedAt).Ticks);
        }
    }

    /// <summary>Counts a promise that has an outcome, told by who keeps it in another shape.</summary>
    /// <param name="isMet">See <see cref="MaturedPromise.IsMet"/>.</param>
    /// <param name="isMetGross">See <see cref="MaturedPromise.IsMetGross"/>.</param>
    /// <param name="isMoved">Whether an approved exception moved its deadline.</param>
    /// <param name="isOwed">Whether nobody has answered it.</param>
    /// <param name="age">How long the answer took, or how long it is owed by now, in ticks.</param>
    internal void Add(bool isMet, bool isMetGross, bool isMoved, bool isOwed, long age)
    {
        _met += isMet ? 1 : 0;
        _metGross += isMetGross ? 1 : 0;
        _excluded += isMoved ? 1 : 0;
        _owed += isOwed ? 1 : 0;
        _ages.Add(age);
    }

    /// <summary>Counts what others have counted by the same instant.</summary>
    internal void Add(AttainmentTally other)
    {
        (_met, _metGross, _excluded, _owed) = (_met + other._met, _metGross + other._metGross, _excluded + other._excluded, _owed + other._owed);
        _ages.AddRange(other._ages);
    }

    /// <summary>The figures of what was counted so far.</summary>
    public AttainmentFigures ToFigures()
    {
        var ages = CollectionsMarshal.AsSpan(_ages);
        var found = 0;
        return new(_met, _ages.Count - _met, Percentile(ages, 50, ref found), Percentile(ages, 90, ref found), Percentile(ages, 95, ref found)) { MetGross = _metGross, Excluded = _excluded, StillOwed = _owed };
    }

    // A greater percentile stands behind a smaller one, so only what is left there is looked at.
    private static TimeSpan? Percentile(Span<long> ages, int percent, ref int found)
    {
        if (ages.IsEmpty)
        {
            return null;
        }

        var place = Attainment.Rank(ages.Length, percent) - 1;
        var age = Ranked.At(ages[found..], place - found);
        found = place;
        return TimeSpan.FromTicks(age);
    }
}

/// <summary>The arithmetic of kept promises.</summary>
public static class Attainment
{
    /// <summary>
    /// Figures over the promises given, which the caller has chosen by deadline; merged ones are left out by the caller (rule 9). A promise not yet due is left
    /// out, answered or not. An unanswered one counts as breached from the moment its deadline has passed, at its age so far.
    /// </summary>
    public static AttainmentFigures Of(IEnumerable<MaturedPromise> promises, DateTimeOffset now)
    {
        var tally = new AttainmentTally(now);
        foreach (var promise in promises)
        {
            tally.Add(promise);
        }

        return tally.ToFigures();
    }

    /// <summary>Nearest rank: the smallest value such that at least that many percent of the values are not greater. Null for no values.</summary>
    /// <param name="ascending">The values, smallest first.</param>
    /// <param name="percent">1 to 100.</param>
    public static TimeSpan? Percentile(IReadOnlyList<TimeSpan> ascending, int percent) => ascending.Count == 0 ? null : ascending[Rank(ascending.Count, percent) - 1];

    /// <summary>The rank, from 1, of that percentile among so many values (rule 14).</summary>
    internal static int Rank(int count, int percent) => (int)((((long)count * percent) + 99) / 100);
}

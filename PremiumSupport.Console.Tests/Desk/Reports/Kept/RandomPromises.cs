using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>A desk of random promises as plain facts, and the same as the book keeps them.</summary>
internal sealed record RandomPromises(IReadOnlyList<RandomPromises.Fact> Facts)
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 10, 30, 0, 123, TimeSpan.Zero);

    /// <summary>A promise with everything that a figure could ask of it.</summary>
    public sealed record Fact(
        long Number, int Cycle, Metric Metric, Commitment Commitment, Channel Channel, Severity Severity, int Account, int Specialist, MaturedPromise Matured)
    {
        public KeptPromise Kept => new(
            Number, Cycle, Metric, Commitment, Channel, Severity, Account, Specialist, Matured.StartedAt, Matured.GrossDueAt, Matured.DueAt, Matured.AnsweredAt, Matured.BreachedAt is not null);

        public TimeSpan AgeAt(DateTimeOffset now) => (Matured.AnsweredAt ?? now) - Matured.StartedAt;
    }

    /// <summary>Due within forty days before now and two after it, some at the very instant; answered early, at the deadline, late or never.</summary>
    public static RandomPromises Of(int seed, int count)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, count).Select(number =>
        {
            var due = random.Next(20) == 0 ? Now : Now.AddMilliseconds(random.NextInt64(-40L * 86_400_000, 2L * 86_400_000));
            var start = due.AddMilliseconds(-random.Next(1, 86_400_000));
            var gross = random.Next(5) == 0 ? due.AddMilliseconds(-random.Next(1, 3_600_000)) : due;
            DateTimeOffset? answered = random.Next(6) switch { 0 => null, 1 => due, 2 => due.AddMilliseconds(random.Next(1, 7_200_000)), _ => start.AddMilliseconds(random.NextInt64((long)(due - start).TotalMilliseconds + 1)) };
            // Nobody answers in the future, and what is late was flagged, or will be in a moment.
            answered = answered > Now ? null : answered;
            DateTimeOffset? breached = random.Next(8) == 0 || (due < Now && !(answered <= due) && random.Next(3) > 0) ? due : null;
            return new Fact(
                random.Next(1, (count / 2) + 2) * 700L, number + 1, (Metric)random.Next(3), (Commitment)random.Next(2), (Channel)random.Next(4), (Severity)random.Next(2), random.Next(6), random.Next(-1, 4),
                new(start, gross, due, answered, breached));
        })]);
    }
}

using NodaTime;
using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Desk.Reports.Kept.RandomPromises;

namespace PremiumSupport.Tests.Desk.Reports.Kept;

/// <summary>The figures of periods against figures worked out plainly, promise by promise.</summary>
public sealed class PeriodTallyTests
{
    // Clocks went forward in the period, and two hours count only half as often; Kathmandu is no whole hour away.
    private static readonly string[] Zones = ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "UTC"];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public void Figures_of_random_desks_equal_those_worked_out_plainly(int days)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (desk, zone) = (RandomPromises.Of(seed, 400), DateTimeZoneProviders.Tzdb[Zones[seed % Zones.Length]]);
            var period = ReportPeriod.Of(new(days), Now, zone);
            var filter = Filter(seed);
            var figures = Tally(desk, period, filter, zone);
            var (now, before) = (Chosen(desk, filter, zone, period.From, period.To), Chosen(desk, filter, zone, period.BeforeFrom, period.BeforeTo));

            Assert.Equal(Plain(now), figures.Now);
            Assert.Equal(Plain(before), figures.Before);
            foreach (var metric in Enum.GetValues<Metric>())
            {
                Assert.Equal((Plain(now.Where(fact => fact.Metric == metric)), Plain(before.Where(fact => fact.Metric == metric))), figures.Times[(int)metric]);
            }

            Same(fact => (int)fact.Metric, figures.Metrics, now, before);
            Same(fact => (int)fact.Channel, figures.Channels, now, before);
            Same(fact => (int)fact.Severity, figures.Severities, now, before);
            Same(fact => fact.Account, figures.Accounts, now, before);
            Same(fact => fact.Specialist, figures.Specialists, now, before);
            var missed = now.Where(fact => !fact.Matured.IsMet).Select(fact => (fact.Commitment, Local: Instant.FromDateTimeOffset(fact.Matured.DueAt).InZone(zone))).ToList();
            for (var cell = 0; cell < 7 * 24; cell++)
            {
                var there = missed.Where(one => (int)one.Local.DayOfWeek - 1 == cell / 24 && one.Local.Hour == cell % 24).ToList();
                Assert.Equal((there.Count(one => one.Commitment == Commitment.Guaranteed), there.Count(one => one.Commitment == Commitment.Target)), figures.Missed[cell / 24, cell % 24]);
            }

            Assert.Equal(missed.Count, figures.MissedByHour.Sum(hour => hour.Guaranteed + hour.Target));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void First_responses_have_the_figures_of_the_day_of_their_deadline_where_the_viewer_is(int length)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (desk, zone, filter) = (RandomPromises.Of(seed, 400), DateTimeZoneProviders.Tzdb[Zones[seed % Zones.Length]], Filter(seed) with { Metric = Metric.FirstResponse });
            var period = ReportPeriod.Of(new(length), Now, zone);
            var wall = new WallTime(zone, period.From, period.To);
            var tally = new DaysTally(period, new(filter, 3, KeptPromise.Nobody, wall, Now.ToUnixTimeMilliseconds()), wall, Now);
            PromiseBook.Of([.. desk.Facts.Select(fact => fact.Kept)], [], Now.AddDays(-200)).Read(period.From, period.To, tally.Add);
            var chosen = Chosen(desk, filter, zone, period.From, period.To).ToLookup(fact => Instant.FromDateTimeOffset(fact.Matured.DueAt).InZone(zone).Date.ToDateOnly());
            var last = Instant.FromDateTimeOffset(Now).InZone(zone).Date;
            Assert.Equal(
                Enumerable.Range(0, length).Select(day => last.PlusDays(day + 1 - length).ToDateOnly()).Select(day => (day, Plain(chosen[day]))).Select(day => new ResponseDay(day.day, day.Item2.P50, day.Item2.P90, day.Item2.Matured)),
                tally.ToDays());
        }
    }

    [Fact]
    public void What_the_book_keeps_of_a_promise_says_what_the_promise_says()
    {
        foreach (var fact in RandomPromises.Of(4, 2_000).Facts)
        {
            var kept = fact.Kept;
            Assert.Equal((fact.Matured.IsMet, fact.Matured.IsMetGross, fact.Matured.IsMaturedAt(Now)), (kept.IsMet, kept.IsMetGross, kept.IsMaturedAt(Now.ToUnixTimeMilliseconds())));
            Assert.Equal(fact.Matured with { BreachedAt = fact.Matured.BreachedAt is null ? null : fact.Matured.DueAt }, kept.ToMatured());
            Assert.Equal((fact.Number, fact.Cycle, fact.Metric, fact.Commitment, fact.Channel, fact.Severity), (kept.Number, kept.Cycle, kept.Metric, kept.Commitment, kept.Channel, kept.Severity));
            Assert.Equal(fact.AgeAt(Now).TotalMilliseconds, kept.AgeAt(Now.ToUnixTimeMilliseconds()));
        }
    }

    [Fact]
    public void A_book_that_took_in_changes_ticket_by_ticket_reads_like_one_of_all()
    {
        var random = new Random(11);
        var (desk, zone) = (RandomPromises.Of(5, 900), DateTimeZone.Utc);
        var period = ReportPeriod.Of(new(30), Now, zone);
        var book = PromiseBook.Of([], [], Now.AddDays(-200));
        // Each ticket comes as something else first, and in an order of its own.
        foreach (var ticket in desk.Facts.GroupBy(fact => fact.Number).OrderBy(_ => random.Next()))
        {
            book = book.With(new HashSet<long> { ticket.Key }, ticket.Take(1).Select(fact => fact.Kept), []).With(new HashSet<long> { ticket.Key }, ticket.Select(fact => fact.Kept), []);
        }

        var read = new List<KeptPromise>();
        book.Read(period.From, period.To, (in promise) => read.Add(promise));
        Assert.Equal(desk.Facts.Count, book.Count);
        Assert.Equal(
            desk.Facts.Where(fact => fact.Matured.DueAt >= period.From && fact.Matured.DueAt < period.To).Select(fact => (fact.Number, fact.Metric, (short)fact.Cycle)).Order(),
            read.Select(promise => (promise.Number, promise.Metric, promise.Cycle)).Order());
        Assert.Equal(0, book.With(desk.Facts.Select(fact => fact.Number).ToHashSet(), [], []).Count);
    }

    [Fact]
    public void The_wall_tells_weekday_hour_and_day_as_the_zone_does()
    {
        var random = new Random(12);
        foreach (var zone in Zones.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            var (from, to) = (new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero));
            var wall = new WallTime(zone, from, to);
            for (var i = 0; i < 5_000; i++)
            {
                var at = from.AddMilliseconds(random.NextInt64((long)(to - from).TotalMilliseconds));
                var (local, told) = (Instant.FromDateTimeOffset(at).InZone(zone), at.ToUnixTimeMilliseconds());
                Assert.Equal(
                    ((int)local.DayOfWeek - 1, local.Hour, (long)NodaTime.Period.DaysBetween(new(1970, 1, 1), local.Date)), (wall.WeekdayOf(told), wall.HourOf(told), wall.DayOf(told)));
            }
        }
    }

    private static PromiseFilter Filter(int seed) => (seed % 8) switch
    {
        1 => new() { Metric = Metric.FirstResponse },
        2 => new() { Channel = Channel.Chat, Severity = Severity.Standard },
        3 => new() { Account = "three" },
        4 => new() { Specialist = "" },
        5 => new() { Outcome = (PromiseOutcome)(seed / 8 % 4) },
        6 => new() { Hour = 10, Weekday = 2 },
        7 => new() { Took = (600, seed % 2 == 0 ? null : 36_000) },
        _ => PromiseFilter.None,
    };

    private static PeriodFigures Tally(RandomPromises desk, ReportPeriod period, PromiseFilter filter, DateTimeZone zone)
    {
        var wall = new WallTime(zone, period.BeforeFrom, period.To);
        var tally = new PeriodTally(period, new(filter, 3, KeptPromise.Nobody, wall, Now.ToUnixTimeMilliseconds()), wall, Now);
        PromiseBook.Of([.. desk.Facts.Select(fact => fact.Kept)], [], Now.AddDays(-200)).Read(period.BeforeFrom, period.To, tally.Add);
        return tally.ToFigures();
    }

    private static List<Fact> Chosen(RandomPromises desk, PromiseFilter filter, DateTimeZone zone, DateTimeOffset from, DateTimeOffset to) => [.. desk.Facts
        .Where(fact => fact.Matured.DueAt >= from && fact.Matured.DueAt < to && fact.Matured.IsMaturedAt(Now))
        .Where(fact => filter.Metric is null || fact.Metric == filter.Metric)
        .Where(fact => filter.Channel is null || fact.Channel == filter.Channel)
        .Where(fact => filter.Severity is null || fact.Severity == filter.Severity)
        .Where(fact => filter.Account is null || fact.Account == 3)
        .Where(fact => filter.Specialist is null || fact.Specialist == -1)
        .Where(fact => filter.Outcome switch
        {
            PromiseOutcome.Met => fact.Matured.IsMet, PromiseOutcome.Missed => !fact.Matured.IsMet, PromiseOutcome.Owed => fact.Matured.AnsweredAt is null, PromiseOutcome.Moved => fact.Matured.GrossDueAt != fact.Matured.DueAt, _ => true,
        })
        .Where(fact => filter.Hour is null || Instant.FromDateTimeOffset(fact.Matured.DueAt).InZone(zone).Hour == filter.Hour)
        .Where(fact => filter.Weekday is null || (int)Instant.FromDateTimeOffset(fact.Matured.DueAt).InZone(zone).DayOfWeek - 1 == filter.Weekday)
        .Where(fact => filter.Took is not { } took || (fact.AgeAt(Now).TotalSeconds > took.Over && !(fact.AgeAt(Now).TotalSeconds > took.UpTo)))];

    private static AttainmentFigures Plain(IEnumerable<Fact> facts) => Attainment.Of(facts.Select(fact => fact.Matured), Now);

    private static void Same(Func<Fact, int> key, IReadOnlyDictionary<int, KeptPair> groups, List<Fact> now, List<Fact> before)
    {
        Assert.Equal(now.Concat(before).Select(key).Distinct().Order(), groups.Keys.Order());
        foreach (var (group, pair) in groups)
        {
            Equal(now.Where(fact => key(fact) == group), pair.Now);
            Equal(before.Where(fact => key(fact) == group), pair.Before);
        }

        static void Equal(IEnumerable<Fact> facts, KeptCount count)
        {
            var plain = Plain(facts);
            Assert.Equal((plain.Matured, plain.Met, plain.MetGross, plain.Net, plain.Gross), (count.Matured, count.Met, count.MetGross, count.Net, count.Gross));
        }
    }
}

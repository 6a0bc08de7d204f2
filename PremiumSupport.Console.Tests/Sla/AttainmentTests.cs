using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Rules 13 and 14: figures over matured promises.</summary>
public class AttainmentTests
{
    private static readonly DateTimeOffset Now = At("2026-01-13 12:00:00");

    [Fact]
    public void Rule_13_attainment_is_met_of_met_and_breached()
    {
        var figures = Attainment.Of([Kept(10), Kept(20), Kept(60), Late(61)], Now);

        Assert.Equal((3, 1, 4, 75.0), (figures.Met, figures.Breached, figures.Matured, figures.Net));
    }

    [Fact]
    public void Rule_13_what_is_not_yet_due_is_left_out_answered_or_not()
    {
        var soon = Plain(Now.AddMinutes(-10), Now.AddMinutes(50), null, null);
        var figures = Attainment.Of([Kept(10), soon, soon with { AnsweredAt = Now.AddMinutes(-5) }], Now);

        Assert.Equal((1, 0), (figures.Met, figures.Breached));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Rule_13_an_unanswered_promise_is_breached_the_moment_its_deadline_passes(int millisecondsPastDue, int breached)
    {
        var figures = Attainment.Of([Plain(Now.AddHours(-1), Now, null, null)], Now.AddMilliseconds(millisecondsPastDue));

        Assert.Equal((0, breached, breached), (figures.Met, figures.Breached, figures.StillOwed));
    }

    [Fact]
    public void Rule_13_a_promise_answered_at_its_deadline_matures_then_and_is_met() =>
        Assert.Equal(1, Attainment.Of([Plain(Now.AddHours(-1), Now, Now, null)], Now).Met);

    [Fact]
    public void Rule_4_a_recorded_breach_counts_whatever_the_deadline_says_today()
    {
        var moved = Plain(Now.AddHours(-1), Now.AddHours(1), Now.AddMinutes(-10), Now.AddMinutes(-30));

        Assert.Equal((0, 1), (Attainment.Of([moved], Now).Met, Attainment.Of([moved], Now).Breached));
    }

    [Fact]
    public void Rule_13_nothing_matured_is_no_percentage_rather_than_zero_or_a_hundred()
    {
        var figures = Attainment.Of([], Now);

        Assert.Equal((0, null, null, null, null), (figures.Matured, figures.Net, figures.P50, figures.P90, figures.P95));
    }

    [Fact]
    public void Rule_14_an_unanswered_breached_promise_counts_at_its_age_so_far_and_is_marked()
    {
        var figures = Attainment.Of([Kept(10), Plain(Now.AddHours(-5), Now.AddHours(-4), null, Now.AddHours(-4))], Now);

        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromHours(5), 1), (figures.P50, figures.P95, figures.StillOwed));
    }

    [Fact]
    public void Rule_14_percentiles_are_taken_over_all_responses_in_whatever_order_they_come()
    {
        var figures = Attainment.Of(Enumerable.Range(1, 20).OrderBy(n => n * 7 % 20).Select(n => Kept(n)), Now);

        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(18), TimeSpan.FromMinutes(19)), (figures.P50, figures.P90, figures.P95));
    }

    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(1, 95, 1)]
    [InlineData(2, 50, 1)]
    [InlineData(3, 50, 2)]
    [InlineData(4, 50, 2)]
    [InlineData(5, 90, 5)]
    [InlineData(10, 90, 9)]
    [InlineData(10, 95, 10)]
    [InlineData(11, 90, 10)]
    [InlineData(20, 95, 19)]
    [InlineData(21, 95, 20)]
    [InlineData(100, 95, 95)]
    [InlineData(100, 1, 1)]
    [InlineData(100, 100, 100)]
    public void Rule_14_the_nearest_rank_is_the_smallest_value_that_covers_the_share(int count, int percent, int rank) =>
        Assert.Equal(TimeSpan.FromMinutes(rank), Attainment.Percentile([.. Enumerable.Range(1, count).Select(n => TimeSpan.FromMinutes(n))], percent));

    [Fact]
    public void Rule_13_gross_judges_by_the_first_deadline_net_by_the_moved_one_and_what_an_exception_touched_is_counted()
    {
        // Due after an hour, moved by half an hour: answered before both, between the two, at the moved one exactly, and after both.
        var (due, moved) = (Now.AddHours(-2), Now.AddHours(-1.5));
        MaturedPromise Excepted(DateTimeOffset answered) => new(Now.AddHours(-3), due, moved, answered, answered > moved ? moved : null);
        var figures = Attainment.Of([Excepted(due), Excepted(due.AddMinutes(1)), Excepted(moved), Excepted(moved.AddMilliseconds(1)), Kept(10)], Now);

        Assert.Equal((5, 4, 1, 2, 4), (figures.Matured, figures.Met, figures.Breached, figures.MetGross, figures.Excluded));
        Assert.Equal((80.0, 40.0), (figures.Net, figures.Gross));
    }

    [Fact]
    public void Rule_13_without_exceptions_gross_and_net_are_the_same()
    {
        var figures = Attainment.Of([Kept(10), Late(61), Kept(3)], Now);

        Assert.Equal((figures.Net, 0), (figures.Gross, figures.Excluded));
    }

    [Fact]
    public void Rule_14_an_age_is_counted_in_whole_milliseconds() =>
        Assert.Equal(TimeSpan.FromHours(1), Attainment.Of([Plain(Now.AddHours(-1), Now.AddMinutes(-30), null, null)], Now.AddTicks(9_999)).P50);

    private static MaturedPromise Plain(DateTimeOffset start, DateTimeOffset due, DateTimeOffset? answered, DateTimeOffset? breached) => new(start, due, due, answered, breached);

    private static MaturedPromise Kept(int minutes) => Plain(Now.AddHours(-3), Now.AddHours(-2), Now.AddHours(-3).AddMinutes(minutes), null);

    private static MaturedPromise Late(int minutes) => Kept(minutes) with { BreachedAt = Now.AddHours(-2) };
}

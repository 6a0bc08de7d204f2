using PremiumSupport.Desk.Tickets;
using PremiumSupport.Screens.Dashboards;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>The figures of the dashboard.</summary>
public sealed class DashboardFiguresTests
{
    [Fact]
    public void One_walk_over_open_tickets_counts_what_a_walk_for_each_figure_would()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(1, random.Next(30)).Select(number => Row(number, random.Next(5) == 0 ? null : random.Next(-90, 120), random.Next(3) == 0 ? null : random.Next(2) == 0 ? "Mara" : "Jon") with
            {
                CreatedAt = Now.AddMinutes(-random.Next(120)),
            }).Order(QueueRow.SoonestDue).ToList();
            var figures = OpenFigures.Of(rows, Now);
            bool Due(QueueRow row, int from, int to) => row.NextDueAt is { } due && due >= Now.AddMinutes(from) && due <= Now.AddMinutes(to);
            Assert.Equal(
                (rows.Count(row => Due(row, 0, 30)), rows.Count(row => Due(row, 0, 60)), rows.Count(row => Due(row, 0, 60) && row.AssigneeId is null), rows.Count(row => row.CreatedAt > Now.AddHours(-1))),
                (figures.DueSoon, figures.DueInHour, figures.AloneInHour, figures.ArrivedLately));
            Assert.Equal(rows.Where(row => row.Badge is { AnsweredAt: null }).MinBy(row => row.Badge!.StartedAt)?.Number, figures.Longest?.Number);
            Assert.Equal(rows.Find(row => row.AssigneeId is null)?.Number, figures.NextUnassigned?.Number);
            Assert.Equal(rows.Where(row => Due(row, -1_000, 60)), figures.Pressing);
            Assert.Equal(DashboardFigures.Loads(rows, Now), figures.Loads);
        }
    }

    [Fact]
    public void Load_is_told_by_state_and_without_what_nobody_has()
    {
        var loads = DashboardFigures.Loads([Row(1, -5, "Mara"), Row(2, 5, "Mara"), Row(3, 60, "Mara"), Row(4, null, "Mara"), Row(5, 60)], Now);
        Assert.Equal([new Load(People["Mara"], "Mara", 1, 1, 1, 1)], loads);
    }

    [Theory]
    [InlineData(45, "45s")]
    [InlineData(680, "11m 20s")]
    [InlineData(3960, "1h 06m")]
    [InlineData(187200, "2d 4h")]
    public void Durations_have_two_units_at_most(int seconds, string text) => Assert.Equal(text, Durations.Brief(TimeSpan.FromSeconds(seconds)));
}

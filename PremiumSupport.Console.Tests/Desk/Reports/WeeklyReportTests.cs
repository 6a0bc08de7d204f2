using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Reports;

public sealed class SqliteWeeklyReportTests() : WeeklyReportTests(DatabaseProvider.Sqlite);

public sealed class PostgresWeeklyReportTests() : WeeklyReportTests(DatabaseProvider.PostgreSql);

/// <summary>The report of a week goes to each lead once, on Monday morning at the office, and says what the dashboard would.</summary>
public abstract class WeeklyReportTests(DatabaseProvider provider)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-03-09 05:59:59", "2026-02-23")]
    [InlineData("2026-03-09 06:00:00", "2026-03-02")]
    [InlineData("2026-03-15 23:59:59", "2026-03-02")]
    [InlineData("2026-03-30 04:59:59", "2026-03-16")]
    [InlineData("2026-03-30 05:00:00", "2026-03-23")]
    public void The_last_week_is_the_one_before_the_last_Monday_that_has_turned_seven(string now, string monday) =>
        Assert.Equal(monday, WeeklyReportCommands.LastWeek(Given.At(now), "Europe/Berlin").ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void The_week_in_which_the_clocks_change_is_an_hour_shorter()
    {
        var (from, to) = WeeklyReportCommands.Span(new(2026, 3, 23), "Europe/Berlin");
        Assert.Equal(TimeSpan.FromDays(7) - TimeSpan.FromHours(1), to - from);
    }

    [Fact]
    public async Task Each_lead_gets_each_week_once_and_the_same_figures_as_everywhere()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new StandingClock(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
        await using var host = new SupportHost(
            new Dictionary<string, string?> { ["Email:From"] = "support@desk.example", ["Email:Smtp:Host"] = "127.0.0.1", ["Email:Smtp:Port"] = "1", ["Email:Smtp:Security"] = "None" },
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && (QuietHost.IsAlarm(service) || service.ImplementationType?.Name == "MailSender")).ToList())
                {
                    services.Remove(job);
                }
            },
            database);
        _ = host.Address;
        var report = host.Services.GetRequiredService<WeeklyReportCommands>();
        Assert.Equal(0, await report.WriteAsync(Cancel));
        var api = new ApiCaller(host.Api());
        var number = await api.OpenAsync(ApiCaller.Plain());
        await api.SayAsync(number, "Like this.");
        await api.OpenAsync(ApiCaller.Plain());
        clock.SetUtcNow(new(2026, 3, 9, 5, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, await report.WriteAsync(Cancel));
        clock.SetUtcNow(new(2026, 3, 9, 6, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await report.WriteAsync(Cancel));
        Assert.Equal(0, await report.WriteAsync(Cancel));

        var mail = Assert.Single(await host.Services.GetRequiredService<OutboxQueries>().ListAsync(MailState.Waiting, 100, Cancel), one => one.Kind == MailKind.WeeklyReport);
        Assert.Equal("lead@demo.example", mail.To);
        var (from, to) = WeeklyReportCommands.Span(new(2026, 3, 2), "Europe/Berlin");
        var figures = await host.Services.GetRequiredService<SlaReports>().FiguresAsync(new(from, to), new StaffCaller(Guid.NewGuid(), "Ana", "lead@demo.example", IsLead: true), Cancel);
        Assert.Equal((1, 1), (figures.Met, figures.Breached));
        var said = (await host.Services.GetRequiredService<MailContent>().ReadAsync(mail, Cancel))!.Values;
        Assert.Equal(["2026-03-02", "2026-03-08", "2", "1", "1", "50.0"], new[] { "from", "to", "matured", "met", "missed", "kept" }.Select(name => (string)said[name]));

        clock.SetUtcNow(new(2026, 3, 16, 6, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await report.WriteAsync(Cancel));
    }
}

using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>A lead looks at the figures, and an admin tries a policy on them.</summary>
[Trait("Category", "Journey")]
public sealed class DashboardJourneyTests(Browser browser)
{
    private static readonly StaffCaller Specialist = new(Guid.NewGuid(), "Mara", "specialist@demo.example");

    [Fact]
    public async Task Dashboard_API_and_CSV_say_the_same_figures_to_the_last_digit_and_a_policy_can_be_tried_on_them()
    {
        await using var host = new SupportHost();
        _ = host.Address;
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var start = ObligationClock.Whole(clock.GetUtcNow()).AddHours(-3);
        foreach (var minutes in new[] { 7.0, 23.4567, 58, 66.6 })
        {
            await AnsweredAsync(host, start, start.AddMinutes(minutes));
        }

        await using var admin = await browser.VisitAsync(host.Address);
        await admin.SignInAsync("admin@demo.example", "/dashboard?days=7");
        var api = new ApiCaller(host.Api());
        var window = $"from={ObligationClock.Text(start)}";
        var total = (await api.GetAsync($"/api/v1/reports/sla?{window}")).Is(HttpStatusCode.OK)["total"];
        var cells = (await api.GetAsync($"/api/v1/reports/sla.csv?{window}")).Is(HttpStatusCode.OK).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        foreach (var (tile, name) in new[] { ("kpi-attainment", "attainmentNet"), ("kpi-attainment-gross", "attainmentGross"), ("kpi-frt-p50", "p50Seconds"), ("kpi-frt-p90", "p90Seconds") })
        {
            var value = total.GetProperty(name).GetRawText();
            Assert.Equal(value, cells[^1].Split(',')[Array.IndexOf(cells[0].Split(','), name)]);
            await Expect(admin.Find(tile)).ToHaveAttributeAsync("data-value", value);
        }

        await Expect(admin.Find("forecast-record")).ToContainTextAsync("No record yet");
        Assert.Single(host.Services.GetRequiredService<StaffPresence>().Here);

        await admin.OpenAsync("/admin/policies/simulate");
        await admin.Find("try-amount-1").FillAsync("50");
        await admin.Page.Locator("tr", new() { Has = admin.Find("try-amount-1") }).Locator("select").SelectOptionAsync("Minutes");
        await admin.Find("try-run").ClickAsync();
        await Expect(admin.Find("simulation-sentence")).ToContainTextAsync("1 more breach, 2 instead of 1");
        await Expect(admin.Find("simulation")).ToHaveAttributeAsync("data-more", "1");
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task Beside_the_target_of_callbacks_stands_how_many_were_spoken_to_and_behind_it_who_was_not()
    {
        await using var host = new SupportHost();
        _ = host.Address;
        var asked = ObligationClock.Whole(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).AddHours(-1);
        await CalledAsync(host, asked, CallOutcome.Reached);
        var missed = await CalledAsync(host, asked, CallOutcome.NoAnswer);

        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard?days=7");
        await Expect(lead.Find("kpi-reached")).ToHaveAttributeAsync("data-value", "50");
        await Expect(lead.Find("kpi-reached")).ToContainTextAsync("1 of 2");
        await lead.Find("kpi-reached").ClickAsync();
        await Expect(lead.Find("callback-list")).ToContainTextAsync("1 of 2 callbacks were spoken to");
        await Expect(lead.Find("callback-line")).ToHaveCountAsync(2);
        await Expect(lead.Find("callback-line").First).ToContainTextAsync($"{missed}");
        await Expect(lead.Find("callback-line").First).ToHaveAttributeAsync("data-reached", "false");
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task What_stands_open_follows_the_filter_and_every_live_figure_opens_its_list()
    {
        await using var host = new SupportHost();
        var critical = await host.OpenTicketAsync("Nobody can sign in", isCritical: true);
        await host.OpenTicketAsync("A question");
        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard");
        await Expect(lead.Find("kpi-open")).ToHaveAttributeAsync("data-value", "2");
        await Expect(lead.Find("narrowed-note")).ToHaveCountAsync(0);

        await lead.OpenAsync("/dashboard?severity=businessCritical&metric=firstResponse");
        await Expect(lead.Find("kpi-open")).ToHaveAttributeAsync("data-value", "1");
        await Expect(lead.Find("narrowed-note")).ToContainTextAsync("but not by “First response”");
        await lead.Find("kpi-open").ClickAsync();
        await lead.Page.WaitForURLAsync("**/queue/all?severity=critical");
        await Expect(lead.Find("queue-row")).ToHaveCountAsync(1);
        await Expect(lead.Find("queue-row")).ToHaveAttributeAsync("data-ticket", $"{critical}");

        // Nobody who answers is here, so both are expected to be missed.
        await lead.OpenAsync("/dashboard");
        await Expect(lead.Find("forecast-expected")).ToHaveAttributeAsync("data-value", new System.Text.RegularExpressions.Regex("^[1-9]"));
        await lead.Find("forecast-expected").ClickAsync();
        await Expect(lead.Find("forecast-miss").First).ToHaveAttributeAsync("data-ticket", $"{critical}");
        await Expect(lead.Find("forecast-judged")).ToContainTextAsync("No forecast has been judged yet");
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task Flags_are_listed_behind_the_figures_of_how_late_they_were()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Sla:Defaults:StandardGuarantee"] = "00:00:02" });
        var number = await host.OpenTicketAsync("Missed at once");
        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", $"/tickets/{number}");
        await Expect(lead.Page.Locator("[data-testid='timeline-item'][data-kind='event']").Last).ToContainTextAsync("The promise was missed");
        await lead.OpenAsync("/dashboard");
        await lead.Find("flag-lateness-max").ClickAsync();
        await Expect(lead.Find("flag-line").Filter(new() { HasText = "First response missed" })).ToContainTextAsync("Missed at once");
        Assert.Empty(lead.Errors);
    }

    private static async Task<long> CalledAsync(SupportHost host, DateTimeOffset asked, CallOutcome outcome)
    {
        var sofia = await Measured.CustomerAsync(host, "sofia@acme.example");
        var ticket = await Measured.CommandsAt(host, new StandingClock(asked)).OpenAsync(
            new() { Channel = Channel.Phone, Subject = "Please call", Body = "About the export.", PhoneNumber = ApiCaller.NewNumber(), ClientMessageId = Guid.NewGuid().ToString("N") }, sofia, TestContext.Current.CancellationToken);
        var number = ticket.Value!.Number;
        var called = await Measured.CommandsAt(host, new StandingClock(asked.AddMinutes(2))).LogCallAsync(number, outcome, Specialist, TestContext.Current.CancellationToken);
        Assert.True(called.IsDone, called.Refusal?.Message);
        return number;
    }

    private static async Task AnsweredAsync(SupportHost host, DateTimeOffset opened, DateTimeOffset answered)
    {
        var sofia = await Measured.CustomerAsync(host, "sofia@acme.example");
        var ticket = await Measured.CommandsAt(host, new StandingClock(opened)).OpenAsync(
            new() { Channel = Channel.Email, Subject = "A question", Body = "How?", ClientMessageId = Guid.NewGuid().ToString("N") }, sofia, TestContext.Current.CancellationToken);
        var reply = await Measured.CommandsAt(host, new StandingClock(answered)).ReplyAsync(
            ticket.Value!.Number, "Like this.", Guid.NewGuid().ToString("N"), false, Specialist, TestContext.Current.CancellationToken);
        Assert.True(reply.IsDone, reply.Refusal?.Message);
    }
}

using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>A lead chooses days, sees where promises are kept, opens the list behind a figure and takes it along as a file; by the keyboard alone.</summary>
[Trait("Category", "Journey")]
public sealed class PeriodJourneyTests(Browser browser)
{
    private const string Formula = "=HYPERLINK(\"http://evil.example\")";
    private static readonly StaffCaller Specialist = new(Guid.NewGuid(), "Mara", "specialist@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Days_are_chosen_a_figure_opens_its_list_and_the_list_leaves_as_CSV_and_XLSX_with_the_same_filter()
    {
        await using var host = new SupportHost();
        _ = host.Address;
        var start = ObligationClock.Whole(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).AddHours(-3);
        foreach (var minutes in new[] { 7.0, 23, 58 })
        {
            await AnsweredAsync(host, start, start.AddMinutes(minutes), "A question");
        }

        var late = await AnsweredAsync(host, start, start.AddMinutes(66), Formula);
        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard");

        await PressAsync(lead.Find("period-7"));
        await lead.Page.WaitForURLAsync("**/dashboard?days=7");
        await Expect(lead.Find("compared-with")).ToHaveTextAsync("against the 7 days before, until this time of day");
        var form = lead.Find("by-channel").Locator("tbody tr", new() { HasText = "Email form" });
        await Expect(form).ToHaveAttributeAsync("data-matured", "4");
        await Expect(form).ToHaveAttributeAsync("data-met", "3");
        await Expect(form).ToContainTextAsync("nothing to compare with");

        await PressAsync(form.GetByRole(AriaRole.Link, new() { Name = "1 missed, Email form" }));
        await lead.Page.WaitForURLAsync("**/dashboard/promises?days=7&channel=email&outcome=missed");
        await Expect(lead.Find("promises-caption")).ToContainTextAsync("1 missed promise in these 7 days");
        await Expect(lead.Find("promise-line")).ToHaveCountAsync(1);
        await Expect(lead.Find("promise-line")).ToHaveAttributeAsync("data-ticket", $"{late}");

        await using (var csv = await DownloadAsync(lead, "export-csv"))
        {
            using var reader = new CsvReader(new StreamReader(csv), CultureInfo.InvariantCulture);
            Assert.True(await reader.ReadAsync() && reader.ReadHeader() && await reader.ReadAsync());
            Assert.Equal((late, $"'{Formula}", "acme", "late"), (reader.GetField<long>("ticket"), reader.GetField("subject"), reader.GetField("accountKey"), reader.GetField("outcome")));
            Assert.Equal(66 * 60, reader.GetField<double>("tookSeconds"));
            Assert.False(await reader.ReadAsync());
        }

        await using (var xlsx = await DownloadAsync(lead, "export-xlsx"))
        {
            using var file = new MemoryStream();
            await xlsx.CopyToAsync(file, Cancel);
            var rows = await SheetWriterTests.XlsxAsync(file.ToArray());
            Assert.Equal(2, rows.Count);
            Assert.Equal((("number", $"{late}"), ("text", Formula)), (rows[1][0], rows[1][1]));
        }

        // The chip lets go of what it says.
        await PressAsync(lead.Find("chip-outcome"));
        await Expect(lead.Find("promise-line")).ToHaveCountAsync(4);
        Assert.Empty(lead.Errors);
        Assert.Empty(lead.Strangers);
    }

    [Fact]
    public async Task Every_chart_opens_its_lists_and_days_of_ones_own_stay_in_the_address()
    {
        await using var host = new SupportHost();
        _ = host.Address;
        var start = ObligationClock.Whole(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).AddHours(-3);
        await AnsweredAsync(host, start, start.AddMinutes(20), "In time");
        await AnsweredAsync(host, start, start.AddMinutes(80), "Too late");
        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard?days=7");

        foreach (var (card, list) in new[] { ("answer-times", "promises"), ("missed-by-hour", "promises"), ("heat", "tickets"), ("flow", "tickets") })
        {
            var figure = lead.Find(card).Locator("a[data-count], .heat a, a[data-arrived]:not([data-arrived='0'])").First;
            var counted = await figure.GetAttributeAsync("data-count") ?? await figure.GetAttributeAsync("data-arrived") ?? await figure.InnerTextAsync();
            await PressAsync(figure);
            await Expect(lead.Find(list)).ToHaveAttributeAsync("data-total", counted);
            await lead.OpenAsync("/dashboard?days=7");
        }

        // What a chart shows stands beside it in words and in a table.
        foreach (var card in new[] { "answer-times", "missed-by-hour", "flow" })
        {
            await Expect(lead.Find(card).Locator("figcaption")).Not.ToBeEmptyAsync();
            await lead.Find(card).Locator("summary").ClickAsync();
            await Expect(lead.Find(card).Locator("details table")).ToBeVisibleAsync();
        }

        await PressAsync(lead.Find("period-own"));
        var today = (await lead.Find("period-to").GetAttributeAsync("max"))!;
        await lead.Find("period-from").FillAsync(start.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await lead.Find("period-to").FillAsync(today);
        await lead.Find("period-show").PressAsync("Enter");
        await lead.Page.WaitForURLAsync($"**/dashboard?from=*&to={today}");
        await Expect(lead.Find("by-channel").Locator("tbody tr")).ToHaveAttributeAsync("data-matured", "2");

        await lead.OpenAsync("/dashboard?days=many");
        await Expect(lead.Find("period-problem")).ToContainTextAsync("1 to 366 days");
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task A_formula_shows_on_focus_is_read_out_and_goes_with_Escape()
    {
        await using var host = new SupportHost();
        await using var lead = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard");
        var tile = lead.Find("kpi-attainment");
        await Expect(tile).ToHaveAccessibleDescriptionAsync("met / (met + breached) among promises that matured in the period, by deadline; gross: by the deadlines without exceptions");
        await Expect(tile.Locator(".tip")).Not.ToBeVisibleAsync();
        // As the keyboard comes to it.
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Longest wait" }).FocusAsync();
        await lead.Page.Keyboard.PressAsync("Tab");
        await Expect(tile).ToBeFocusedAsync();
        await Expect(tile.Locator(".tip")).ToBeVisibleAsync();
        await lead.Page.Keyboard.PressAsync("Escape");
        await Expect(tile.Locator(".tip")).Not.ToBeVisibleAsync();
        await Expect(tile).ToBeFocusedAsync();
    }

    private static async Task PressAsync(ILocator place)
    {
        await place.FocusAsync();
        await place.PressAsync("Enter");
    }

    private static async Task<Stream> DownloadAsync(Visitor lead, string testId) =>
        await (await lead.Page.RunAndWaitForDownloadAsync(() => PressAsync(lead.Find(testId)))).CreateReadStreamAsync();

    private static async Task<long> AnsweredAsync(SupportHost host, DateTimeOffset opened, DateTimeOffset answered, string subject)
    {
        var sofia = await Measured.CustomerAsync(host, "sofia@acme.example");
        var ticket = await Measured.CommandsAt(host, new StandingClock(opened)).OpenAsync(
            new() { Channel = Channel.Email, Subject = subject, Body = "How?", ClientMessageId = Guid.NewGuid().ToString("N") }, sofia, Cancel);
        Assert.True((await Measured.CommandsAt(host, new StandingClock(answered)).ReplyAsync(ticket.Value!.Number, "Like this.", Guid.NewGuid().ToString("N"), false, Specialist, Cancel)).IsDone);
        return ticket.Value.Number;
    }
}

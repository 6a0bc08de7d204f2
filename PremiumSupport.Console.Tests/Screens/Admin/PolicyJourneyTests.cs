using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Rule 10 as an admin lives it: a draft that survives, is tried, is published, and promises from then on; and calendars with it.</summary>
[Trait("Category", "Browser")]
public sealed class PolicyJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Holidays = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        + "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christmas Day\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
        + "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Christmas Eve\r\nDTSTART:20201224T120000\r\nDTEND:20201224T180000\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
        + "BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:A Sunday\r\nDTSTART;VALUE=DATE:20280102\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Fact]
    public async Task An_admin_edits_a_draft_tries_it_and_publishes_it_and_only_later_tickets_are_promised_by_it()
    {
        var version = await VersionAsync();
        var before = await host.OpenTicketAsync("Promised before", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/policies");
        await Expect(visitor.Find("draft-head")).ToHaveAttributeAsync("data-draft", "none");

        // Edit, and find it again after a reload.
        await visitor.Find("rule-edit").First.ClickAsync();
        await visitor.Find("rule-duration").FillAsync("00:20:00");
        await visitor.Find("rule-keep").ClickAsync();
        await Expect(visitor.Find("rule").First).ToContainTextAsync("20 minutes");
        await visitor.GoAsync("/admin/policies");
        await Expect(visitor.Find("draft-head")).ToContainTextAsync("last changed by Elif Aydın");
        await Expect(visitor.Find("policy-change")).ToContainTextAsync("20 minutes instead of 30 minutes");

        // Wrong is said and kept, and keeps it from being published.
        await visitor.Find("rule-edit").First.ClickAsync();
        await visitor.Find("rule-duration").FillAsync("-00:20:00");
        await visitor.Find("rule-keep").ClickAsync();
        await Expect(visitor.Find("draft-problems")).ToContainTextAsync("longer than nothing");
        await Expect(visitor.Find("publish")).ToHaveCountAsync(0);
        await visitor.Find("rule-edit").First.ClickAsync();
        await visitor.Find("rule-duration").FillAsync("00:20:00");
        await visitor.Find("rule-keep").ClickAsync();
        await Expect(visitor.Find("draft-problems")).ToHaveCountAsync(0);

        // Try it.
        await visitor.Find("trial-at").FillAsync("2026-03-04T10:00");
        await visitor.Find("trial-at").PressAsync("Tab");
        await Expect(visitor.Find("trial-reply")).ToHaveAttributeAsync("data-due", "2026-03-04T09:20:00.000Z");
        await Expect(visitor.Find("trial-reply")).ToContainTextAsync("Rule 1 decides");
        await visitor.Find("trial-policy").SelectOptionAsync($"{version}");
        await Expect(visitor.Find("trial-reply")).ToHaveAttributeAsync("data-due", "2026-03-04T09:30:00.000Z");

        // Who is told after the leads is part of it.
        await visitor.Find("escalation-add").SelectOptionAsync(new SelectOptionValue { Label = "Tomás Oliveira" });
        await visitor.Find("escalation-add-do").ClickAsync();
        await Expect(visitor.Find("escalation-person")).ToContainTextAsync("Tomás Oliveira");
        await Expect(visitor.Find("policy-change").Filter(new() { HasText = "After the leads" })).ToContainTextAsync("second@demo.example is told instead of nobody");

        // Publish: a note is needed, and what would move is listed.
        await visitor.Find("publish").ClickAsync();
        await Expect(visitor.Find("publish-refusal")).ToContainTextAsync("why this version");
        await visitor.Find("applies-open").CheckAsync();
        await Expect(visitor.Find("policy-moves")).ToContainTextAsync($"{before}");
        await visitor.Find("applies-new").CheckAsync();
        await visitor.Find("publish-note").FillAsync("We answer faster now");
        await visitor.Find("publish").ClickAsync();
        await Expect(visitor.Find("published")).ToContainTextAsync($"Version {version + 1} is in force for new tickets");
        await Expect(visitor.Find("policy-version").First).ToContainTextAsync("We answer faster now");
        await Expect(visitor.Find("draft-head")).ToHaveAttributeAsync("data-draft", "none");

        var after = await host.OpenTicketAsync("Promised after", isCritical: true);
        Assert.Equal((version, 1800), await PromiseAsync(before));
        Assert.Equal((version + 1, 1200), await PromiseAsync(after));

        // Any two versions, side by side.
        await visitor.Find("version-show").First.ClickAsync();
        await visitor.Find("version-against").SelectOptionAsync($"{version}");
        await Expect(visitor.Find("version-shown")).ToContainTextAsync("20 minutes instead of 30 minutes");
        Assert.Empty(visitor.Errors);
        Assert.Empty(visitor.Strangers);
    }

    [Fact]
    public async Task A_calendar_takes_hours_days_and_the_ticked_lines_of_a_feed_into_the_draft()
    {
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/calendars");
        await visitor.Find("week-fri").FillAsync("9-12, 13:00-16:30");
        await visitor.Find("week-fri").PressAsync("Tab");
        await Expect(visitor.Find("week-fri")).ToHaveValueAsync("09:00-12:00, 13:00-16:30");
        await visitor.Find("calendar-zone").FillAsync("Europe/Atlantis");
        await visitor.Find("calendar-zone").PressAsync("Tab");
        await Expect(visitor.Find("draft-problems")).ToContainTextAsync("not a known IANA time zone");
        await visitor.Find("calendar-zone").FillAsync("Europe/Paris");
        await visitor.Find("calendar-zone").PressAsync("Tab");
        await Expect(visitor.Find("draft-problems")).ToHaveCountAsync(0);

        // A file that is none.
        await visitor.Find("feed-file").SetInputFilesAsync(new FilePayload { Name = "page.ics", MimeType = "text/calendar", Buffer = "<html></html>"u8.ToArray() });
        await Expect(visitor.Find("feed-refusal")).ToContainTextAsync("not an iCalendar file");

        await visitor.Find("feed-from").FillAsync("2027");
        await visitor.Find("feed-to").FillAsync("2028");
        await visitor.Find("feed-to").PressAsync("Tab");
        await visitor.Find("feed-file").SetInputFilesAsync(new FilePayload { Name = "holidays.ics", MimeType = "text/calendar", Buffer = System.Text.Encoding.UTF8.GetBytes(Holidays) });
        // 25 December is a Saturday in 2027 and a Monday in 2028; 24 December a Friday and a Sunday.
        await Expect(visitor.Find("feed-row")).ToHaveCountAsync(5);
        await Expect(State("2027-12-25")).ToHaveAttributeAsync("data-state", "shutAnyway");
        await Expect(State("2028-12-25")).ToHaveAttributeAsync("data-state", "new");
        await Expect(State("2027-12-24")).ToHaveAttributeAsync("data-state", "shortDay");
        await Expect(State("2027-12-24").GetByRole(AriaRole.Checkbox)).Not.ToBeCheckedAsync();
        await State("2027-12-24").GetByRole(AriaRole.Checkbox).CheckAsync();
        await visitor.Find("feed-take").ClickAsync();
        await Expect(visitor.Find("feed-done")).ToContainTextAsync("2 days are in the draft");
        await Expect(visitor.Page.Locator("[data-testid='special-day'][data-date='2027-12-24']")).ToContainTextAsync("09:00-12:00");
        await Expect(visitor.Page.Locator("[data-testid='special-day'][data-date='2028-12-25']")).ToContainTextAsync("shut");

        // It is the policy's draft, so it is thrown away as one.
        await visitor.GoAsync("/admin/policies");
        await Expect(visitor.Find("policy-change").Filter(new() { HasText = "Fridays 09:00 to 12:00 and 13:00 to 16:30" })).ToHaveCountAsync(1);
        await visitor.Find("draft-discard").ClickAsync();
        await Expect(visitor.Find("no-changes")).ToBeVisibleAsync();
        Assert.Empty(visitor.Errors);

        ILocator State(string date) => visitor.Page.Locator($"[data-testid='feed-row'][data-date='{date}']");
    }

    [Fact]
    public async Task What_a_colleague_changes_in_the_draft_shows_and_is_not_written_over()
    {
        await using var one = await browser.EnterAsync(host, "admin", "/admin/policies");
        await using var two = await browser.EnterAsync(host, "admin", "/admin/policies");
        var rules = await one.Find("rule").CountAsync();
        await one.Find("rule-duplicate").Last.ClickAsync();
        await Expect(two.Find("rule")).ToHaveCountAsync(rules + 1);
        await Expect(two.Find("draft-hints")).ToContainTextAsync("never decides");
        await two.Find("rule-delete").Last.ClickAsync();
        await Expect(one.Find("rule")).ToHaveCountAsync(rules);
        await two.Find("draft-discard").ClickAsync();
        await Expect(one.Find("draft-head")).ToHaveAttributeAsync("data-draft", "none");
    }

    [Theory]
    [InlineData("/admin/policies")]
    [InlineData("/admin/calendars")]
    public async Task The_pages_have_no_violation_a_machine_can_find_and_fit_a_phone(string path)
    {
        await using var visitor = await browser.EnterAsync(host, "admin", path, new() { Width = 390, Height = 844 });
        if (path == "/admin/policies")
        {
            await visitor.Find("rule-edit").First.ClickAsync();
            await visitor.Find("version-show").First.ClickAsync();
            await Expect(visitor.Find("version-shown")).ToBeVisibleAsync();
        }

        var found = await visitor.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        Assert.Equal(390, await visitor.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth)"));
    }

    [Theory]
    [InlineData("/admin/policies")]
    [InlineData("/admin/calendars")]
    public async Task Nobody_but_an_admin_sees_them(string path)
    {
        await using var visitor = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await visitor.Page.GotoAsync(path))!.Status);
    }

    private async Task<int> VersionAsync() => (await new ApiCaller(host.Api()).GetAsync("/api/v1/sla/policy"))["version"].GetInt32();

    private async Task<(int Version, double Seconds)> PromiseAsync(long number)
    {
        var promise = (await new ApiCaller(host.Api()).TicketAsync(number)).GetProperty("obligations").EnumerateArray().First();
        return (promise.GetProperty("policyVersion").GetInt32(), promise.GetProperty("targetSeconds").GetDouble());
    }
}

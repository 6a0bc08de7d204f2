using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>The live queue as a specialist uses it, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed class QueueJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_new_ticket_appears_by_itself_with_its_deadline()
    {
        await using var visitor = await browser.EnterAsync(host, "specialist");
        var number = await host.OpenTicketAsync("Appears by itself");
        var row = visitor.Row(number);
        await Expect(row).ToBeVisibleAsync();
        await Expect(row).ToHaveAttributeAsync("data-state", "on-track");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", await row.GetAttributeAsync("data-due") ?? "");
        await Expect(row.GetByTestId("sla-countdown")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^(59m|1h)$"));
        Assert.Empty(visitor.Errors);
        Assert.Empty(visitor.Strangers);
    }

    [Fact]
    public async Task Rows_hold_still_under_a_pointer_and_say_what_waits()
    {
        await host.OpenTicketAsync("Something to point at");
        await using var visitor = await browser.EnterAsync(host, "specialist");
        await Expect(visitor.Find("queue-row").First).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Find("queue-row").First.HoverAsync();
        await visitor.Page.Mouse.MoveAsync(700, 190);
        var number = await host.OpenTicketAsync("Arrives under a pointer");
        var pill = visitor.Page.Locator(".pill");
        await Expect(pill).ToContainTextAsync("1 update");
        await Expect(visitor.Row(number)).ToHaveCountAsync(0);
        await visitor.Page.Keyboard.PressAsync("u");
        await Expect(visitor.Row(number)).ToBeVisibleAsync();
        await Expect(pill).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_move_the_selection_and_open_it()
    {
        await host.OpenTicketAsync("First of two");
        await host.OpenTicketAsync("Second of two");
        await using var visitor = await browser.EnterAsync(host, "second");
        var rows = visitor.Find("queue-row");
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.Keyboard.PressAsync("k");
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        var number = await rows.First.GetAttributeAsync("data-ticket");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync($"**/tickets/{number}");
        await Expect(visitor.Find("ticket-status")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.WaitForURLAsync("**/queue");
    }

    [Fact]
    public async Task Next_gives_two_specialists_two_tickets()
    {
        await host.OpenTicketAsync("One for each");
        await host.OpenTicketAsync("And one for the other");
        await using var one = await browser.EnterAsync(host, "specialist");
        await using var two = await browser.EnterAsync(host, "second");
        await Task.WhenAll(one.Find("next-ticket").ClickAsync(), two.Find("next-ticket").ClickAsync());
        await Task.WhenAll(one.Page.WaitForURLAsync("**/tickets/*"), two.Page.WaitForURLAsync("**/tickets/*"));
        Assert.NotEqual(one.Page.Url, two.Page.Url);
        await Task.WhenAll(Expect(one.Find("ticket-status")).ToBeVisibleAsync(), Expect(two.Find("ticket-status")).ToBeVisibleAsync());
        await Expect(one.Find("assignee")).ToContainTextAsync("Mara Lindqvist");
        await Expect(two.Find("assignee")).ToContainTextAsync("Tomás Oliveira");
    }

    [Fact]
    public async Task Skipping_by_the_keyboard_offers_another_and_tells_the_lead_why()
    {
        await host.OpenTicketAsync("Skipped by Tomás");
        await host.OpenTicketAsync("Offered instead");
        await using var visitor = await browser.EnterAsync(host, "second");
        var skip = visitor.Find("skip-ticket");
        var offered = System.Text.RegularExpressions.Regex.Match(await skip.GetAttributeAsync("aria-label") ?? "", @"\d+").Value;
        await visitor.Page.Keyboard.PressAsync("Shift+N");
        var sheet = visitor.Find("skip-sheet");
        await Expect(sheet.GetByRole(Microsoft.Playwright.AriaRole.Heading)).ToHaveTextAsync($"Skip {offered}?");
        await sheet.GetByLabel("A colleague should take it").CheckAsync();
        await visitor.Find("skip-note").FillAsync("Ana knows their setup");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Find("next-said")).ToContainTextAsync($"{offered} skipped");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(skip).Not.ToHaveAttributeAsync("aria-label", $"Skip {offered} with a reason");

        await using var lead = await browser.EnterAsync(host, "lead", "/team");
        var row = lead.Find("skip-row").Filter(new() { HasText = offered }).First;
        await Expect(row).ToContainTextAsync("A colleague should take it: Ana knows their setup");
        await lead.GoAsync($"/tickets/{offered}");
        await Expect(lead.Page.Locator("[data-testid='timeline-item'][data-kind='event']").Last).ToContainTextAsync("skipped it");
    }

    [Fact]
    public async Task A_limit_that_a_lead_sets_shows_in_the_rail_and_stops_Next_in_words()
    {
        await host.OpenTicketAsync("Too much for one");
        await using var lead = await browser.EnterAsync(host, "lead", "/team");
        var mine = lead.Page.Locator("[data-testid='team-row'][data-staff='admin@demo.example']");
        await mine.GetByTestId("team-limit").FillAsync("many");
        await mine.GetByTestId("team-limit-save").ClickAsync();
        await Expect(mine.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("Enter 1 to 500");
        await mine.GetByTestId("team-limit").FillAsync("1");
        await mine.GetByTestId("team-limit-save").ClickAsync();
        await Expect(mine.GetByTestId("team-load")).ToHaveTextAsync("0 of 1");

        await using var admin = await browser.EnterAsync(host, "admin");
        await Expect(admin.Page.Locator(".rail .me")).ToContainTextAsync("0 of 1 open");
        await admin.Page.Keyboard.PressAsync("n");
        await admin.Page.WaitForURLAsync("**/tickets/*");
        // The address is there before the page is, and what the queue's own button says goes with the queue.
        await Expect(admin.Find("ticket-status")).ToBeVisibleAsync();
        await Expect(admin.Page.Locator(".rail .me")).ToContainTextAsync("1 of 1 open");
        await host.OpenTicketAsync("One more");
        await admin.Page.Keyboard.PressAsync("n");
        await Expect(admin.Find("next-said")).ToContainTextAsync("You have 1 of 1 open.");
    }

    [Fact]
    public async Task Who_is_at_a_ticket_stands_on_its_row_and_in_its_head_and_Next_passes_it_over()
    {
        await using var one = await browser.EnterAsync(host, "specialist");
        var number = await host.OpenTicketAsync("Looked at by two", isCritical: true);
        await one.GoAsync($"/tickets/{number}");
        await host.OpenTicketAsync("Free for Next");
        await using var two = await browser.EnterAsync(host, "second");
        await Expect(two.Row(number).GetByTestId("onlookers")).ToHaveAttributeAsync("aria-label", "Mara Lindqvist is looking at it");
        await two.GoAsync($"/tickets/{number}");
        await Expect(two.Find("here")).ToContainTextAsync("Mara is here");
        await Expect(one.Find("here")).ToContainTextAsync("Tomás is here");
        await one.Find("reply-body").PressSequentiallyAsync("We are looking");
        await Expect(two.Find("here")).ToContainTextAsync("Mara is replying…");

        await two.Page.Keyboard.PressAsync("Escape");
        await two.Page.WaitForURLAsync("**/queue");
        await Expect(one.Find("here")).Not.ToContainTextAsync("Tomás");
        await two.Page.Keyboard.PressAsync("n");
        await Expect(two.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/queue$"));
        Assert.DoesNotContain($"/tickets/{number}", two.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/queue/nonsense", 404)]
    [InlineData("/tickets/999999", 404)]
    [InlineData("/dashboard", 403)]
    [InlineData("/team", 403)]
    [InlineData("/admin", 403)]
    public async Task What_is_not_there_or_not_theirs_says_so(string path, int status)
    {
        await using var visitor = await browser.EnterAsync(host, "specialist");
        var answer = await visitor.Page.GotoAsync(path);
        Assert.Equal(status, answer!.Status);
        await Expect(visitor.Page.Locator("h1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_phone_shows_cards_and_never_scrolls_sideways()
    {
        await host.OpenTicketAsync("A subject that is much longer than any phone is wide, and goes on after that for a good while");
        await using var visitor = await browser.EnterAsync(host, "lead", viewport: new() { Width = 390, Height = 844 });
        await Expect(visitor.Find("queue-row").First).ToBeVisibleAsync();
        foreach (var path in new[] { "/queue", "/queue/mine", "/dashboard" })
        {
            await visitor.GoAsync(path);
            Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        }
    }
}

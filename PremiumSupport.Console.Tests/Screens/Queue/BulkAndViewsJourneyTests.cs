using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>Many tickets at once, filters in the address and views that are kept, in a real browser and mostly by the keyboard.</summary>
[Trait("Category", "Browser")]
public sealed class BulkAndViewsJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task Selected_by_the_keyboard_solved_at_once_and_undone()
    {
        var numbers = new[] { await host.OpenTicketAsync("Bulk one", requester: "greta@globex.example"), await host.OpenTicketAsync("Bulk two", requester: "greta@globex.example"), await host.OpenTicketAsync("Bulk three", requester: "greta@globex.example") };
        await using var visitor = await browser.EnterAsync(host, "specialist", "/queue/all?account=globex");
        var rows = visitor.Find("queue-row");
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.Keyboard.PressAsync("x");
        await Expect(visitor.Find("bulk-count")).ToHaveTextAsync("1 selected");
        await visitor.Page.Keyboard.PressAsync("j");
        await visitor.Page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(2)).ToHaveAttributeAsync("aria-selected", "true");
        await visitor.Page.Keyboard.PressAsync("Shift+X");
        await Expect(visitor.Find("bulk-count")).ToHaveTextAsync("3 selected");
        await visitor.Page.Keyboard.PressAsync("e");
        await Expect(visitor.Find("bulk-done")).ToContainTextAsync("3 tickets: solved.");
        await visitor.Page.Keyboard.PressAsync("z");
        await Expect(visitor.Find("bulk-done")).ToContainTextAsync("3 tickets are as before.");
        foreach (var number in numbers)
        {
            await Expect(visitor.Row(number)).ToBeVisibleAsync();
        }

        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_quick_hand_need_not_wait_for_the_bar()
    {
        var number = await host.OpenTicketAsync("Solved in a breath", requester: "greta@globex.example");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/queue/all?account=globex&q={number}");
        await Expect(visitor.Find("queue-row")).ToHaveAttributeAsync("aria-selected", "true");
        // Both in one turn of the browser: the bar cannot be there yet.
        await visitor.Page.EvaluateAsync("() => { for (const key of ['x', 'e']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); }");
        await Expect(visitor.Find("bulk-done")).ToContainTextAsync("1 ticket: solved.");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_range_by_shift_and_click_is_given_to_somebody_and_cleared_by_Escape()
    {
        await host.OpenTicketAsync("Range one");
        await host.OpenTicketAsync("Range two");
        await using var visitor = await browser.EnterAsync(host, "second", "/queue/all?account=acme");
        var rows = visitor.Find("queue-row");
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await rows.First.HoverAsync();
        await rows.First.GetByTestId("pick").CheckAsync();
        await rows.Nth(1).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift], Position = new() { X = 400, Y = 20 } });
        await Expect(visitor.Find("bulk-count")).ToHaveTextAsync("2 selected");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Find("bulk-bar")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".ticket-row.picked")).ToHaveCountAsync(0);
        await visitor.Page.Keyboard.PressAsync("x");
        await Expect(visitor.Find("bulk-count")).ToHaveTextAsync("1 selected");
        await visitor.Page.Keyboard.PressAsync("a");
        await visitor.Page.Locator(".mud-menu-item", new() { HasText = "Mara Lindqvist" }).ClickAsync();
        await Expect(visitor.Find("bulk-done")).ToContainTextAsync("1 ticket given to Mara Lindqvist.");
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_becomes_a_view_that_counts_and_can_be_deleted_and_brought_back()
    {
        await host.OpenTicketAsync("Critical for the view", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "specialist");
        await visitor.Page.Keyboard.PressAsync("f");
        await visitor.Find("filter-severity").SelectOptionAsync("BusinessCritical");
        await visitor.Page.WaitForURLAsync("**/queue/all?severity=critical");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Find("filter-chip")).ToHaveTextAsync("Critical");

        await visitor.Find("view-open").ClickAsync();
        await visitor.Find("view-name").FillAsync("Burning");
        await visitor.Find("view-team").CheckAsync();
        await visitor.Find("view-save").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/queue/burning");
        var link = visitor.Find("saved-view").Filter(new() { HasText = "Burning" });
        var shown = await visitor.Find("queue-row").CountAsync();
        await Expect(link.Locator(".count")).ToHaveTextAsync(shown.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await host.OpenTicketAsync("One more for the view", isCritical: true);
        await Expect(link.Locator(".count")).ToHaveTextAsync((shown + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));

        // The team sees it, by its word.
        await using var other = await browser.EnterAsync(host, "second", "/queue/burning");
        await Expect(other.Page.Locator("h1")).ToHaveTextAsync("Burning");
        await Expect(other.Find("queue-row")).ToHaveCountAsync(shown + 1);

        await visitor.Find("view-open").ClickAsync();
        await visitor.Find("view-delete").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/queue/all");
        await Expect(link).ToHaveCountAsync(0);
        Assert.Equal(404, (await other.Page.GotoAsync("/queue/burning"))!.Status);
        await visitor.Page.Keyboard.PressAsync("z");
        await visitor.Page.WaitForURLAsync("**/queue/burning");
        await Expect(link).ToHaveCountAsync(1);
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_phone_selects_by_tapping()
    {
        var number = await host.OpenTicketAsync("Tapped on a phone", requester: "greta@globex.example");
        await host.OpenTicketAsync("And another", requester: "greta@globex.example");
        await using var visitor = await browser.EnterAsync(host, "lead", "/queue/all?account=globex", new() { Width = 390, Height = 844 });
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        await visitor.Find("choose").ClickAsync();
        await visitor.Row(number).Locator(".subject a").ClickAsync();
        await Expect(visitor.Find("bulk-count")).ToHaveTextAsync("1 selected");
        await visitor.Find("bulk-all").ClickAsync();
        await Expect(visitor.Find("bulk-count")).Not.ToHaveTextAsync("1 selected");
        await visitor.Row(number).Locator(".subject a").ClickAsync();
        await Expect(visitor.Row(number)).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("picked"));
        await visitor.Find("bulk-mine").ClickAsync();
        await Expect(visitor.Find("bulk-done")).ToContainTextAsync("given to Ana Ruiz");
        Assert.EndsWith("/queue/all?account=globex", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Theory]
    [InlineData("/queue/all?severity=huge")]
    [InlineData("/queue/mine?due=soon")]
    [InlineData("/queue/not-a-view?q=x")]
    public async Task An_address_that_says_nothing_there_is_answers_404(string path)
    {
        await using var visitor = await browser.EnterAsync(host, "specialist");
        Assert.Equal(404, (await visitor.Page.GotoAsync(path))!.Status);
    }
}

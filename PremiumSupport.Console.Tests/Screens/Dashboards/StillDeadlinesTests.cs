using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>A lead reaches for a row of the dashboard's deadlines: it stays where it is, whatever happens meanwhile.</summary>
[Trait("Category", "Browser")]
public sealed class StillDeadlinesTests(Browser browser)
{
    [Fact]
    public async Task Rows_hold_still_under_pointer_focus_and_what_was_opened_from_them()
    {
        await using var host = new SupportHost();
        var first = await host.OpenTicketAsync("The first");
        await using var lead = await browser.EnterAsync(host, "lead", "/dashboard");
        var rows = lead.Find("risk-row");
        var change = lead.Find("held-apply");
        await Expect(rows).ToHaveCountAsync(1);

        // What does not listen yet holds nothing.
        await Expect(lead.Find("held-rows")).ToHaveAttributeAsync("data-held", "false");

        // Under the pointer: one more urgent waits, and comes when the pointer goes.
        await rows.First.HoverAsync();
        await Expect(lead.Find("held-rows")).ToHaveAttributeAsync("data-held", "true");
        var second = await host.OpenTicketAsync("The second, more urgent", isCritical: true);
        await Expect(change).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await lead.Page.Locator(".top-title").HoverAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.First).ToHaveAttributeAsync("data-ticket", $"{second}");
        await Expect(change).ToHaveCountAsync(0);

        // With a menu open: it stands beside the list, and its row must not go.
        await rows.First.GetByRole(AriaRole.Button, new() { Name = $"Reassign {second}" }).ClickAsync();
        await Expect(lead.Page.Locator(".mud-popover-open .mud-menu-item").First).ToBeVisibleAsync();
        await lead.Page.Locator(".mud-popover-open .mud-menu-item").First.HoverAsync();
        await SolveAsync(host, second);
        await Expect(change).ToBeVisibleAsync();
        await Expect(rows.First).ToHaveAttributeAsync("data-ticket", $"{second}");
        await lead.Page.Keyboard.PressAsync("Escape");
        await lead.Page.Locator(".top-title").HoverAsync();
        await Expect(rows).ToHaveCountAsync(1);

        // By the keyboard: what is half written keeps its row, u lets the list move, and no key is needed to leave it.
        await lead.TabToAsync(rows.First.GetByTestId("nudge"));
        await lead.Page.Keyboard.PressAsync("Enter");
        await Expect(lead.Find("nudge-note")).ToBeFocusedAsync();
        await lead.Page.Keyboard.TypeAsync("They rang");
        var third = await host.OpenTicketAsync("The third, more urgent", isCritical: true);
        await Expect(change).ToBeVisibleAsync();
        await Expect(rows.First).ToHaveAttributeAsync("data-ticket", $"{first}");
        await lead.Page.Keyboard.PressAsync("Escape");
        await Expect(lead.Find("nudge-note")).ToHaveCountAsync(0);
        await Expect(rows.First.GetByTestId("nudge")).ToBeFocusedAsync();
        await Expect(rows.First).ToHaveAttributeAsync("data-ticket", $"{first}");
        await lead.Page.Keyboard.PressAsync("u");
        await Expect(rows.First).ToHaveAttributeAsync("data-ticket", $"{third}");
        Assert.EndsWith("/dashboard", lead.Page.Url, StringComparison.Ordinal);
        Assert.Empty(lead.Errors);
    }

    private static async Task SolveAsync(SupportHost host, long number)
    {
        using var client = host.Api();
        (await new ApiCaller(client).PatchAsync(number, new { status = "solved" })).Is(System.Net.HttpStatusCode.OK);
    }
}

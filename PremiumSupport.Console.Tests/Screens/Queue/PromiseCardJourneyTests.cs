using PremiumSupport.Screens.Shell;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>What stands behind a badge, by pointer and by key.</summary>
[Trait("Category", "Browser")]
public sealed class PromiseCardJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_pointer_that_rests_on_a_badge_opens_its_reasons_and_Escape_closes_them()
    {
        var number = await host.OpenTicketAsync("Why then?", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "specialist");
        var card = visitor.Find("promise-card");
        await Expect(card).ToBeHiddenAsync();
        Assert.DoesNotContain("Policy version", await card.TextContentAsync() ?? "", StringComparison.Ordinal);

        await visitor.Row(number).GetByTestId("sla-countdown").HoverAsync();
        await Expect(card).ToBeVisibleAsync();
        await Expect(card.GetByTestId("why-deadline")).ToContainTextAsync("Policy version 1");
        await Expect(card).ToContainTextAsync("Obligations");
        await Expect(card.GetByTestId("promise-times")).ToContainTextAsync("Berlin");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(card).ToBeHiddenAsync();
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_key_w_opens_it_for_the_selected_ticket_takes_the_focus_there_and_back()
    {
        await host.OpenTicketAsync("By the keyboard");
        await using var visitor = await browser.EnterAsync(host, "second");
        var selected = visitor.Page.Locator(".ticket-row[aria-selected='true']");
        await Expect(selected).ToHaveCountAsync(1);
        var number = await selected.GetAttributeAsync("data-ticket");
        await visitor.Page.Keyboard.PressAsync("w");
        var card = visitor.Find("promise-card");
        await Expect(card).ToBeFocusedAsync();
        await Expect(card).ToHaveAttributeAsync("aria-label", $"Why this deadline: ticket {number}");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(card).ToBeHiddenAsync();
        await Expect(selected).ToHaveAttributeAsync("data-ticket", number!);
    }

    [Theory]
    [InlineData("2026-11-25T10:10:00Z", "Europe/Berlin", "America/New_York", "Wed 25 Nov, 11:10:00 Berlin · 05:10:00 New York")]
    [InlineData("2026-11-25T02:10:00Z", "Europe/Berlin", "America/New_York", "Wed 25 Nov, 03:10:00 Berlin · Tue 21:10:00 New York")]
    [InlineData("2026-11-25T10:10:00Z", "Europe/Berlin", "Europe/Rome", "Wed 25 Nov, 11:10:00 Berlin")]
    [InlineData("2026-11-25T10:10:00Z", "nowhere", "UTC", "Wed 25 Nov, 10:10:00 UTC")]
    public void An_instant_on_two_walls(string at, string viewer, string customer, string said) =>
        Assert.Equal(said, ZoneWords.Pair(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), viewer, customer));
}

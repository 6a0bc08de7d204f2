using System.Net.Http.Json;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>A ticket is put away by the keyboard and comes back by itself; two tickets are linked and say so on both sides.</summary>
[Trait("Category", "Browser")]
public sealed class SnoozeAndLinksJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_away_by_a_key_it_leaves_the_lists_is_undone_by_another_and_back_when_the_customer_writes()
    {
        using var sofia = await host.CustomerAsync("sofia@acme.example");
        var number = (await sofia.AskAsync("Nothing to do until they answer")).GetProperty("number").GetInt64();
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await mara.Find("claim-ticket").ClickAsync();
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("reply-body").FillAsync("Which browser is it?");
        await mara.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(mara.Page.Locator("[data-testid='timeline-item'][data-kind='public']")).ToHaveCountAsync(2);
        await mara.Page.Keyboard.PressAsync("Escape");

        await mara.Page.Keyboard.PressAsync("h");
        await Expect(mara.Find("snooze-sheet")).ToBeVisibleAsync();
        await mara.Find("snooze-choice").Filter(new() { HasText = "For 2 hours" }).FocusAsync();
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("snoozed")).ToContainTextAsync("Put away until");
        await mara.Page.Keyboard.PressAsync("z");
        await Expect(mara.Find("snoozed")).ToHaveCountAsync(0);

        await mara.Page.Keyboard.PressAsync("h");
        await mara.Find("snooze-choice").Filter(new() { HasText = "Until the customer answers" }).ClickAsync();
        await Expect(mara.Find("snoozed")).ToContainTextAsync("until the customer answers");
        await mara.GoAsync("/queue/mine");
        await Expect(mara.Page.Locator(".rail a[href='/queue/snoozed'] .count")).ToHaveTextAsync("1");
        await Expect(mara.Row(number)).ToHaveCountAsync(0);
        await mara.GoAsync("/queue/snoozed");
        await Expect(mara.Row(number).GetByTestId("snoozed-until")).ToBeVisibleAsync();
        using var written = await sofia.PostAsJsonAsync($"/widget/v1/tickets/{number}/messages", new { body = "It is Firefox.", clientMessageId = "firefox" }, Cancel);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(Cancel));
        await Expect(mara.Page.Locator(".rail a[href='/queue/snoozed'] .count")).ToHaveTextAsync("0");
        await mara.GoAsync($"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-testid='timeline-item'][data-kind='event']").Last).ToContainTextAsync("The customer wrote: it is back.");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task What_would_hide_a_promise_cannot_be_chosen_and_a_time_of_ones_own_is_refused_in_words()
    {
        var number = await host.OpenTicketAsync("With a promise of an hour");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await mara.Find("snooze").ClickAsync();
        await Expect(mara.Find("snooze-choice").Filter(new() { HasText = "For 2 hours" })).ToBeDisabledAsync();
        await Expect(mara.Find("snooze-choice").Filter(new() { HasText = "Until just before its promise" })).ToBeEnabledAsync();
        await mara.Find("snooze-own").FillAsync("2035-01-01T09:00");
        await mara.Find("snooze-own-do").ClickAsync();
        await Expect(mara.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("within 30 days");
        await Expect(mara.Find("snoozed")).ToHaveCountAsync(0);
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task Two_tickets_are_linked_by_number_say_so_on_both_sides_and_are_parted()
    {
        var (one, other) = (await host.OpenTicketAsync("The same again"), await host.OpenTicketAsync("The first of the two"));
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{one}");
        await mara.Find("link-add").ClickAsync();
        await Expect(mara.Find("link-other")).ToBeFocusedAsync();
        await mara.Find("link-other").FillAsync($"{one}");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("links").GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("this ticket itself");
        await mara.Find("link-kind").SelectOptionAsync("duplicate of");
        await mara.Find("link-other").FillAsync($"#{other}");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("link")).ToContainTextAsync("duplicate of");
        await Expect(mara.Find("link")).ToContainTextAsync("The first of the two");

        await mara.Find("link").GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await mara.Page.WaitForURLAsync($"**/tickets/{other}");
        await Expect(mara.Find("link")).ToContainTextAsync("has the duplicate");
        await mara.Find("link").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await Expect(mara.Find("link")).ToHaveCountAsync(0);
        await mara.GoAsync($"/tickets/{one}");
        await Expect(mara.Find("links")).ToContainTextAsync("Linked to no other ticket.");
        await Expect(mara.Page.Locator("[data-testid='timeline-item'][data-kind='event']").Last).ToContainTextAsync("changes");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task What_is_half_written_is_marked_on_its_row()
    {
        var number = await host.OpenTicketAsync("Half answered");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("reply-body").FillAsync("Half an answer");
        await Expect(mara.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
        await mara.Page.Keyboard.PressAsync("Escape");
        await mara.Page.Keyboard.PressAsync("Escape");
        await mara.Page.WaitForURLAsync("**/queue");
        await Expect(mara.Row(number).GetByTestId("draft-mark")).ToBeVisibleAsync();
        await using var tomas = await browser.EnterAsync(host, "second");
        await Expect(tomas.Row(number)).ToBeVisibleAsync();
        await Expect(tomas.Row(number).GetByTestId("draft-mark")).ToHaveCountAsync(0);
    }
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>A ticket worked on without a pointer: the palette, single keys, tags, and what no key may do.</summary>
[Trait("Category", "Browser")]
public sealed class KeysJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task The_palette_opens_from_a_field_does_what_is_chosen_and_gives_the_focus_back()
    {
        var number = await host.OpenTicketAsync("Found by the palette");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        var input = visitor.Find("palette-input");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("reply-body").FillAsync("Half a sentence");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await Expect(input).ToBeFocusedAsync();
        await Expect(visitor.Find("palette-list")).ToContainTextAsync("Assign");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Find("reply-body")).ToBeFocusedAsync();
        await Expect(visitor.Find("reply-body")).ToHaveValueAsync("Half a sentence");

        await visitor.Page.Keyboard.PressAsync("Control+k");
        await input.FillAsync("take this");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Find("assignee")).ToContainTextAsync("Mara Lindqvist");

        var other = await host.OpenTicketAsync("Quokka in the server room");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await input.FillAsync("quokka");
        await Expect(visitor.Find("palette-list").GetByRole(AriaRole.Option).First).ToContainTextAsync($"{other} Quokka");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync($"**/tickets/{other}");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Keys_work_on_the_page_and_never_while_somebody_types()
    {
        var number = await host.OpenTicketAsync("Worked on by keys");
        await using var visitor = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Page.Keyboard.PressAsync("i");
        await Expect(visitor.Find("note-body")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("else a.?");
        await Expect(visitor.Find("note-body")).ToHaveValueAsync("else a.?");
        await Expect(visitor.Find("ticket-status")).ToContainTextAsync("New");
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Page.Keyboard.PressAsync("l");
        await Expect(visitor.Find("tag-input")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("Billing");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("[data-tag='billing']")).ToBeVisibleAsync();
        await visitor.Page.GetByText("Done", new() { Exact = true }).ClickAsync();
        await Expect(visitor.Find("add-tag")).ToBeFocusedAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Take the tag billing away" }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("[data-tag='billing']")).ToHaveCountAsync(0);
        await Expect(visitor.Find("add-tag")).ToBeFocusedAsync();

        await visitor.Page.Keyboard.PressAsync("?");
        var sheet = visitor.Page.Locator("#shortcuts");
        await Expect(sheet).ToContainTextAsync("Solve");
        await Expect(sheet.GetByText("Down the list")).ToBeHiddenAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("e");
        await Expect(visitor.Find("ticket-status")).ToContainTextAsync("Solved");
        await visitor.Page.Keyboard.PressAsync("g");
        await visitor.Page.Keyboard.PressAsync("m");
        await visitor.Page.WaitForURLAsync("**/queue/mine");
        Assert.Empty(visitor.Errors);
    }
}

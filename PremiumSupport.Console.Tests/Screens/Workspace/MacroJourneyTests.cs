using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>A macro from the admin's page into a reply: at the cursor, twice, with what it does, and asked about where something was not filled in.</summary>
[Trait("Category", "Browser")]
public sealed class MacroJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_macro_is_written_inserted_at_the_cursor_and_changes_its_ticket_with_the_answer()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/macros");
        await admin.Find("macro-name").FillAsync("Greet");
        await admin.Find("macro-text").FillAsync("Hello {{requester.firstname}}");
        await admin.Find("macro-save").ClickAsync();
        await Expect(admin.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("There is no variable “requester.firstname”");
        await admin.Find("macro-text").FillAsync("Hello {{requester.first_name}}, {{cursor}} {{missing");
        await admin.Page.Locator(".macro-form select").SelectOptionAsync("Waiting");
        await admin.Find("macro-save").ClickAsync();
        await Expect(admin.Find("macro")).ToContainTextAsync("Hello {{requester.first_name}}");

        var number = await host.OpenTicketAsync("With a macro");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Page.Keyboard.PressAsync("m");
        await Expect(mara.Find("palette-input")).ToHaveAttributeAsync("placeholder", "A macro");
        await mara.Find("palette-input").FillAsync("greet");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("Hello Sofia,  {{missing");
        await Expect(mara.Find("reply-body")).ToBeFocusedAsync();
        await mara.Page.Keyboard.TypeAsync("all is well {{ticket}}");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("Hello Sofia, all is well {{ticket}} {{missing");
        // What it does goes with the answer: it stands below it, there again after a reload, and nothing has happened yet.
        await Expect(mara.Find("deeds")).ToContainTextAsync("Status waiting");
        await Expect(mara.Find("ticket-status")).ToContainTextAsync("New");
        await Expect(mara.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
        await mara.GoAsync($"/tickets/{number}");
        await Expect(mara.Find("deeds")).ToContainTextAsync("Status waiting");
        await mara.Find("reply-body").FocusAsync();

        await mara.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(mara.Find("unresolved")).ToContainTextAsync("{{ticket}}");
        await Expect(mara.Page.Locator("[data-testid='timeline-item'][data-kind='public']")).ToHaveCountAsync(1);
        await mara.Page.GetByText("Send it as it is").ClickAsync();
        await Expect(mara.Page.Locator("[data-testid='timeline-item'][data-kind='public']")).ToHaveCountAsync(2);
        await Expect(mara.Find("ticket-status")).ToContainTextAsync("Waiting");
        await Expect(mara.Find("deeds")).ToBeHiddenAsync();

        // And can be left out.
        await mara.Page.Keyboard.PressAsync("Escape");
        await mara.Page.Keyboard.PressAsync("m");
        await mara.Find("palette-input").FillAsync("greet");
        await mara.Page.Keyboard.PressAsync("Enter");
        await mara.Find("deeds").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await Expect(mara.Find("deeds")).ToBeHiddenAsync();
        Assert.Empty(mara.Errors);
    }
}

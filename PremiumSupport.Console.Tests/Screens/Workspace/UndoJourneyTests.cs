using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>Send can be taken back for a moment: with the draft and its files, from the next ticket too, and across a killed server it goes once.</summary>
[Trait("Category", "Browser")]
public sealed class UndoJourneyTests(Browser browser)
{
    // Long enough that a loaded machine presses Undo in time.
    private static readonly Dictionary<string, string?> Patient = new() { ["Undo:Email"] = "00:01:00" };

    [Fact]
    public async Task Undo_gives_the_draft_back_with_its_file_also_from_the_next_ticket()
    {
        await using var host = new SupportHost(Patient);
        var number = await host.OpenTicketAsync("Sent too soon");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await using var tomas = await browser.EnterAsync(host, "second", $"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("attach-input").SetInputFilesAsync(new FilePayload { Name = "log.txt", MimeType = "text/plain", Buffer = "what it says"u8.ToArray() });
        await Expect(mara.Find("attachment")).ToHaveAttributeAsync("data-state", "there");
        await mara.Find("reply-body").FillAsync("Too soon");
        await mara.Find("reply-body").PressAsync("Control+Enter");
        await Expect(mara.Find("undo-send")).ToContainTextAsync("Sending to Sofia");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("");
        await Expect(tomas.Find("colleague-sending")).ToContainTextAsync("Mara is sending");
        await Expect(mara.Find("sla-countdown")).ToHaveAttributeAsync("data-state", "on-track");
        // The focus is still where was written: there the key that takes it back is the one of every text.
        await Expect(mara.Find("reply-body")).ToBeFocusedAsync();
        await mara.Page.Keyboard.PressAsync("Control+z");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("Too soon");
        await Expect(mara.Find("attachment")).ToContainTextAsync("log.txt");
        await Expect(mara.Find("undo-send")).ToHaveCountAsync(0);
        await Expect(tomas.Find("colleague-sending")).ToHaveCountAsync(0);

        // Send, solve, next: the next ticket opens, and z there brings the answer and its ticket back.
        var next = await host.OpenTicketAsync("The next one");
        await mara.Find("claim-ticket").ClickAsync();
        await Expect(mara.Find("claim-ticket")).ToHaveCountAsync(0);
        await mara.Find("reply-body").PressAsync("Control+Shift+Enter");
        await mara.Page.WaitForURLAsync($"**/tickets/{next}");
        await Expect(mara.Find("undo-send")).ToContainTextAsync("and solving");
        await mara.Page.Locator("#main").FocusAsync();
        await mara.Page.Keyboard.PressAsync("z");
        await mara.Page.WaitForURLAsync($"**/tickets/{number}");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("Too soon");
        await Expect(mara.Find("ticket-status")).ToContainTextAsync("Open");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task A_merge_keeps_back_what_was_on_its_way_and_nothing_offers_to_undo_it()
    {
        await using var host = new SupportHost(Patient);
        var (number, into) = (await host.OpenTicketAsync("Merged while an answer waits"), await host.OpenTicketAsync("Where it goes on"));
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await using var tomas = await browser.EnterAsync(host, "second", $"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("reply-body").FillAsync("On its way");
        await mara.Find("reply-body").PressAsync("Control+Enter");
        await Expect(mara.Find("undo-send")).ToBeVisibleAsync();
        await Expect(tomas.Find("colleague-sending")).ToContainTextAsync("Mara is sending");
        await tomas.Find("merge").ClickAsync();
        await tomas.Find("merge-into").FillAsync($"{into}");
        await tomas.Find("merge-into").PressAsync("Enter");
        await tomas.Find("merge-do").ClickAsync();
        await tomas.Page.WaitForURLAsync($"**/tickets/{into}");
        await Expect(mara.Find("undo-send")).ToHaveCountAsync(0);
        await mara.GoAsync($"/tickets/{into}");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("On its way");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task A_server_that_dies_within_the_window_sends_it_once_when_it_is_back()
    {
        await using var product = new SupportProcess(new Dictionary<string, string> { ["Undo:Email"] = "00:00:08" });
        await product.StartAsync();
        using var api = product.Api();
        var caller = new ApiCaller(api);
        var number = await caller.OpenAsync(ApiCaller.Plain("The server dies in between"));
        await using var visitor = await browser.VisitAsync(product.Address);
        await visitor.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("reply-body").FillAsync("Goes once");
        await visitor.Find("reply-send").ClickAsync();
        await Expect(visitor.Find("undo-send")).ToBeVisibleAsync();
        await product.KillAsync();
        await product.StartAsync();
        await visitor.OpenAsync($"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-testid='timeline-item'][data-kind='public']")).ToHaveCountAsync(2);
        await Expect(visitor.Find("sla-countdown")).ToHaveAttributeAsync("data-state", "met");
        await Expect(visitor.Find("reply-body")).ToHaveValueAsync("");
        var said = (await caller.GetAsync($"/api/v1/tickets/{number}/messages")).Json.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("body").GetString());
        Assert.Equal(["How?", "Goes once"], said);
    }
}

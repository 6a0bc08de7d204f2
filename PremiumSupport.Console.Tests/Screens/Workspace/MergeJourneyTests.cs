using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>Merging and splitting are shown before they are done, and what somebody was writing goes along.</summary>
[Trait("Category", "Browser")]
public sealed class MergeJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_ticket_is_merged_after_a_look_and_the_draft_follows()
    {
        var (from, into, foreign) = (await host.OpenTicketAsync("The same again"), await host.OpenTicketAsync("The first of two"), await host.OpenTicketAsync("Of others", requester: "greta@globex.example"));
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{from}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("reply-body").FillAsync("Half an answer");
        await Expect(mara.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
        await mara.Find("merge").ClickAsync();
        await mara.Find("merge-into").FillAsync($"{foreign}");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("merge-form")).ToContainTextAsync("only tickets of one account");
        await mara.Find("merge-into").FillAsync($"#{into}");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(mara.Find("merge-preview")).ToContainTextAsync("The first of two");
        await mara.Find("merge-do").ClickAsync();
        await mara.Page.WaitForURLAsync($"**/tickets/{into}");
        await Expect(mara.Find("reply-body")).ToHaveValueAsync("Half an answer");
        await mara.GoAsync($"/tickets/{from}");
        await Expect(mara.Find("merged-into")).ToContainTextAsync($"#{into}");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task Part_of_a_conversation_becomes_a_ticket_of_its_own()
    {
        var number = await host.OpenTicketAsync("Two things at once");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await mara.Find("split").First.ClickAsync();
        await Expect(mara.Find("split-preview")).ToContainTextAsync("1 message of Sofia");
        await mara.Find("split-do").ClickAsync();
        await Expect(mara.Find("split-form")).ToContainTextAsync("A subject has");
        await mara.Find("split-subject").FillAsync("The second thing");
        await mara.Find("split-do").ClickAsync();
        await Expect(mara.Page.Locator(".ticket-head h1")).ToHaveTextAsync("The second thing");
        Assert.Empty(mara.Errors);
    }
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>What a specialist has begun to write is there again, wherever they look for it.</summary>
[Trait("Category", "Browser")]
public sealed class DraftJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task Both_drafts_and_a_file_are_there_in_a_browser_that_never_saw_them()
    {
        var number = await host.OpenTicketAsync("Written here, found there");
        await using (var here = await browser.EnterAsync(host, "specialist", $"/tickets/{number}"))
        {
            await LiveAsync(here);
            await here.Find("reply-body").FillAsync("Half a reply");
            await here.Find("attach-input").SetInputFilesAsync(new FilePayload { Name = "log.txt", MimeType = "text/plain", Buffer = "what it says"u8.ToArray() });
            await Expect(here.Find("attachment")).ToHaveAttributeAsync("data-state", "there");
            await SavedAsync(here);
            await here.Find("mode-note").ClickAsync();
            await here.Find("note-body").FillAsync("Half a note");
            await SavedAsync(here);
            Assert.Empty(here.Errors);
        }

        await using var there = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await LiveAsync(there, "true");
        await Expect(there.Find("reply-body")).ToHaveValueAsync("Half a reply");
        await Expect(there.Find("note-body")).ToHaveValueAsync("Half a note");
        await Expect(there.Find("attachment")).ToContainTextAsync("log.txt");
        await there.Find("reply-send").ClickAsync();
        await Expect(there.Page.Locator("[data-testid='timeline-item'][data-kind='public']").Last).ToContainTextAsync("log.txt");
        await Expect(there.Find("note-body")).ToHaveValueAsync("Half a note");

        // A colleague finds nothing of it.
        await using var colleague = await browser.EnterAsync(host, "second", $"/tickets/{number}");
        await LiveAsync(colleague);
        await Expect(colleague.Find("note-body")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_second_window_takes_over_the_newer_words_and_loses_none_that_stand_against_them()
    {
        var number = await host.OpenTicketAsync("Two windows");
        await using var one = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await using var two = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await LiveAsync(one);
        await LiveAsync(two);
        await one.Find("reply-body").FillAsync("From the first window");
        await SavedAsync(one);

        // It knew no words of its own, so it takes them when somebody looks at it.
        await two.Page.EvaluateAsync("() => window.dispatchEvent(new Event('focus'))");
        await Expect(two.Find("reply-body")).ToHaveValueAsync("From the first window");
        await two.Find("reply-body").FillAsync("From the second window");
        await SavedAsync(two);

        // The first writes on without having looked: told, and both texts are there.
        await one.Find("reply-body").FillAsync("From the first window, and more");
        var card = one.Page.Locator("[data-other-window='reply']");
        await Expect(card).ToContainTextAsync("From the second window");
        await Expect(one.Find("reply-body")).ToHaveValueAsync("From the first window, and more");
        await card.GetByText("Keep what stands here").ClickAsync();
        await Expect(card).ToBeHiddenAsync();
        await SavedAsync(one);
        await two.Page.EvaluateAsync("() => window.dispatchEvent(new Event('focus'))");
        await Expect(two.Find("reply-body")).ToHaveValueAsync("From the first window, and more");
        Assert.Empty(one.Errors);
        Assert.Empty(two.Errors);
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_a_killed_server()
    {
        await using var product = new SupportProcess(new Dictionary<string, string>());
        await product.StartAsync();
        using var api = product.Api();
        var number = await new ApiCaller(api).OpenAsync(ApiCaller.Plain("The server dies"));
        await using var visitor = await browser.VisitAsync(product.Address);
        await visitor.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await LiveAsync(visitor);
        await visitor.Find("reply-body").FillAsync("Words on the server");
        await SavedAsync(visitor);
        await product.KillAsync();
        await visitor.Find("reply-body").FillAsync("Words on the server and on this device");
        await Expect(visitor.Page.Locator("[data-kept]")).ToContainTextAsync("this device");
        await product.StartAsync();
        await visitor.OpenAsync($"/tickets/{number}");
        await Expect(visitor.Find("reply-body")).ToHaveValueAsync("Words on the server and on this device");
        await SavedAsync(visitor);

        // Another browser finds what this one had brought along.
        await using var other = await browser.VisitAsync(product.Address);
        await other.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await Expect(other.Find("reply-body")).ToHaveValueAsync("Words on the server and on this device");
    }

    private static Task LiveAsync(Visitor visitor, string hasDraft = "false") => Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", hasDraft);

    private static Task SavedAsync(Visitor visitor) => Expect(visitor.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
}

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Files;
using PremiumSupport.Tests.Screens;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Files from hand to screen in both directions, and a request to its end: closed, rated, opened again.</summary>
[Trait("Category", "Journey")]
public sealed class FilesJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private static FilePayload Picture => new() { Name = "screen shot.png", MimeType = "image/png", Buffer = TestPictures.Png(600, 300) };

    [Fact]
    public async Task Files_go_both_ways_and_those_of_a_note_stay_with_the_staff()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await using var specialist = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/help?lang=en");
        await customer.AskAsync("The export looks wrong");
        await customer.Find("channel-email").ClickAsync();
        await customer.Find("attach-input").SetInputFilesAsync([Picture, new() { Name = "setup.exe", MimeType = "image/png", Buffer = "MZ not a picture"u8.ToArray() }]);
        await Expect(Upload(customer, "there")).ToContainTextAsync("screen shot.png");
        await Expect(Upload(customer, "failed")).ToContainTextAsync("not accepted");
        await Upload(customer, "failed").GetByRole(AriaRole.Button, new() { Name = "Remove setup.exe" }).ClickAsync();
        await Expect(Upload(customer, "failed")).ToHaveCountAsync(0);

        // What was attached survives a reload with the text.
        await customer.Find("details").FillAsync("See the picture.");
        await customer.Page.ReloadAsync();
        await Expect(Upload(customer, "there")).ToContainTextAsync("screen shot.png");
        await customer.Find("subject").FillAsync("The export looks wrong");
        await customer.Find("submit-ticket").ClickAsync();
        await Expect(customer.Find("receipt")).ToBeVisibleAsync();
        await ShowsPictureAsync(customer.Find("request-message").Locator(".file-picture"));
        var number = (await customer.Find("receipt").GetAttributeAsync("data-ticket"))!;

        await specialist.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await ShowsPictureAsync(specialist.Find("timeline-file").Locator("img"));
        await Expect(specialist.Find("attach")).ToBeEnabledAsync();
        await specialist.Find("mode-note").ClickAsync();
        await GiveAsync(specialist.Find("note-body"), "paste", "canary-note.png");
        await Expect(Upload(specialist, "there")).ToContainTextAsync("canary-note.png");
        await specialist.Find("note-send").ClickAsync();
        await Expect(specialist.Page.Locator("[data-kind='internal']")).ToContainTextAsync("canary-note.png");
        await ShowsPictureAsync(specialist.Page.Locator("[data-kind='internal'] img"));

        await specialist.Find("mode-reply").ClickAsync();
        await GiveAsync(specialist.Find("reply-body"), "drop", "answer.png");
        await Expect(Upload(specialist, "there")).ToContainTextAsync("answer.png");
        await specialist.Find("reply-send").ClickAsync();
        await Expect(specialist.Page.Locator("[data-testid='sla-countdown'][data-state='met']").First).ToBeVisibleAsync();

        var answer = customer.Page.Locator("[data-testid='request-message'][data-from='staff']");
        await Expect(answer).ToContainTextAsync("answer.png");
        await ShowsPictureAsync(answer.Locator(".file-picture"));
        var download = await customer.Page.RunAndWaitForDownloadAsync(() => answer.GetByTestId("message-file").ClickAsync());
        Assert.Equal("answer.png", download.SuggestedFilename);
        Assert.DoesNotContain("canary-note", await customer.Page.ContentAsync(), StringComparison.Ordinal);
        await Expect(answer).ToHaveCountAsync(1);
        await NoViolationsAsync(customer);
        await NoViolationsAsync(specialist);
        Assert.Empty(customer.Strangers.Concat(specialist.Strangers));
        Assert.Empty(customer.Errors.Concat(specialist.Errors));
    }

    [Fact]
    public async Task An_upload_can_be_called_off_and_one_that_failed_be_tried_again()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("uwe@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await Expect(customer.Find("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        var held = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await customer.Page.RouteAsync("**/widget/v1/uploads/*-*", route => held.TrySetResult(route));
        await customer.Find("attach-input").SetInputFilesAsync(Picture);
        var route = await held.Task;
        await Expect(Upload(customer, "sending").GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await customer.Find("chat-send").ClickAsync();
        await Expect(customer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("still on its way");
        await Upload(customer, "sending").GetByRole(AriaRole.Button, new() { Name = "Cancel screen shot.png" }).ClickAsync();
        await Expect(customer.Find("attachment")).ToHaveCountAsync(0);
        await route.AbortAsync();
        await customer.Page.UnrouteAsync("**/widget/v1/uploads/*-*");

        await customer.Page.RouteAsync("**/widget/v1/uploads/*-*", broken => broken.AbortAsync());
        await customer.Find("attach-input").SetInputFilesAsync(Picture);
        await Expect(Upload(customer, "failed")).ToContainTextAsync("could not be reached");
        await customer.Page.UnrouteAsync("**/widget/v1/uploads/*-*");
        await Upload(customer, "failed").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Upload(customer, "there")).ToBeVisibleAsync();
        await customer.Find("chat-send").ClickAsync();
        await Expect(customer.Find("chat-message")).ToHaveAttributeAsync("data-seq", "1");
        await ShowsPictureAsync(customer.Find("chat-message").Locator(".file-picture"));
        await customer.Page.ReloadAsync();
        await ShowsPictureAsync(customer.Find("chat-message").Locator(".file-picture"));
        Assert.Empty(customer.Errors);
    }

    [Theory]
    [InlineData("en", "I need no more help", "Good", "I need more help")]
    [InlineData("de", "Ich brauche keine Hilfe mehr", "Gut", "Ich brauche weitere Hilfe")]
    public async Task A_request_is_closed_rated_and_opened_again_by_its_customer(string language, string close, string good, string reopen)
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await using var specialist = await browser.VisitAsync(host.Address);
        var number = await host.OpenTicketAsync($"To be rated ({language})", requester: "sofia@acme.example");
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync($"/help?lang={language}#request/{number}");
        await Expect(customer.Find("request-close")).ToHaveTextAsync(close);
        await customer.Find("request-close").ClickAsync();
        await customer.Find("rate-send").ClickAsync();
        await Expect(customer.Page.Locator("#score-error")).ToBeVisibleAsync();
        await customer.Page.GetByLabel(good, new() { Exact = true }).CheckAsync(new() { Force = true });
        await customer.Find("rate-comment").FillAsync("Quick and clear.");
        await NoViolationsAsync(customer);
        await customer.Find("rate-send").ClickAsync();
        await Expect(customer.Find("rated")).ToContainTextAsync(good);

        await specialist.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await Expect(specialist.Find("rating-card")).ToContainTextAsync("Quick and clear.");
        await Expect(specialist.Find("ticket-status")).ToContainTextAsync("Solved");
        await Expect(specialist.Find("sla-countdown").First).ToHaveAttributeAsync("data-state", "on-track");
        await Expect(specialist.Find("reply-send")).ToBeEnabledAsync();
        await NoViolationsAsync(specialist);

        await Expect(customer.Find("request-reopen")).ToHaveTextAsync(reopen);
        await customer.Find("request-reopen").ClickAsync();
        await Expect(customer.Find("request-close")).ToBeVisibleAsync();
        await Expect(specialist.Find("ticket-status")).ToContainTextAsync("Open");
        Assert.Empty(customer.Errors.Concat(specialist.Errors));
    }

    private static ILocator Upload(Visitor visitor, string state) => visitor.Page.Locator($"[data-testid='attachment'][data-state='{state}']");

    private static async Task ShowsPictureAsync(ILocator image)
    {
        await Expect(image).ToHaveCountAsync(1);
        await Expect(image).ToHaveJSPropertyAsync("complete", true);
        await image.EvaluateAsync("image => image.decode()");
        Assert.True(await image.EvaluateAsync<int>("image => image.naturalWidth") > 0);
    }

    /// <summary>Pastes into an element or drops on it what the system would hand over.</summary>
    private static async Task GiveAsync(ILocator target, string how, string name) => await target.EvaluateAsync(
        """
        (element, { how, name, bytes }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name, { type: 'image/png' }));
          element.dispatchEvent(how === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """,
        new { how, name, bytes = Convert.ToBase64String(TestPictures.Png(200, 100)) });

    private static async Task NoViolationsAsync(Visitor visitor)
    {
        // Colours on their way from one to another are nobody's.
        await visitor.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished)).then(() => null)");
        var found = await visitor.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
    }
}

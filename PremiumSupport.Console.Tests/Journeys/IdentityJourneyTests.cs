using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Tests.Channels.Help;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Who somebody is, as a vendor's page and the people in front of it meet it: reloads, log-outs, and the next person at the same computer.</summary>
[Trait("Category", "Journey")]
public sealed class IdentityJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Private = "The merger with Initech is not public yet";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_renders_the_same_token_again_goes_on_and_another_browser_cannot_use_it()
    {
        var token = Token("sofia@acme.example", once: true);
        await using var sofia = await browser.VisitAsync(host.Address);
        await ShowAsync(sofia.Page, token);
        await IsHelpedAsync(sofia.Page);
        var sessions = await SessionsAsync();

        await sofia.Page.ReloadAsync();
        await OpenAsync(sofia.Page);
        await IsHelpedAsync(sofia.Page);
        var second = await sofia.Page.Context.NewPageAsync();
        await ShowAsync(second, token);
        await IsHelpedAsync(second);
        // What the frame was given is lost, and the browser's own key is not: an answer that got lost on its way looks like this.
        await sofia.Page.EvaluateAsync("() => { localStorage.removeItem('premium-support.session'); sessionStorage.clear(); }");
        await sofia.Page.ReloadAsync();
        await OpenAsync(sofia.Page);
        await IsHelpedAsync(sofia.Page);
        Assert.Equal(sessions, await SessionsAsync());

        await using var thief = await browser.VisitAsync(host.Address);
        await ShowAsync(thief.Page, token);
        await IsNobodyAsync(thief.Page);
        Assert.Equal(sessions, await SessionsAsync());
        Assert.Empty(sofia.Errors);
    }

    [Fact]
    public async Task A_log_out_on_the_vendors_page_is_one_in_every_tab_and_leaves_nothing_behind()
    {
        await using var sofia = await browser.VisitAsync(host.Address);
        var token = Token("sofia@acme.example", once: true);
        await ShowAsync(sofia.Page, token);
        await IsHelpedAsync(sofia.Page);
        var chat = await sofia.Page.Context.NewPageAsync();
        await chat.GotoAsync("/chat");
        await Expect(chat.GetByTestId("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        await chat.GetByTestId("chat-input").FillAsync(Private);

        await sofia.Page.EvaluateAsync("() => PremiumSupport('shutdown')");

        await Expect(chat.GetByTestId("not-available")).ToBeVisibleAsync();
        await Expect(sofia.Page.GetByTestId("help-icon")).ToHaveCountAsync(0);
        await Expect(chat.Locator("body")).Not.ToContainTextAsync(Private);
        // The farewell is forgotten as soon as the server has heard it.
        await chat.WaitForFunctionAsync("() => !Object.keys(localStorage).some(key => key.startsWith('premium-support.'))");
        Assert.Equal("[]", await chat.EvaluateAsync<string>("() => JSON.stringify(Object.keys(sessionStorage).filter(key => key.startsWith('premium-support.')))"));

        // And the token that the page still renders opens nothing any more.
        await sofia.Page.ReloadAsync();
        await OpenAsync(sofia.Page);
        await IsNobodyAsync(sofia.Page);
    }

    [Fact]
    public async Task Who_comes_next_never_sees_a_word_of_who_was_there_before()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await ShowAsync(visitor.Page, Token("sofia@acme.example"));
        var frame = visitor.Page.FrameLocator("iframe");
        await frame.GetByTestId("ask-input").FillAsync(Private);
        await frame.GetByTestId("contact-us").ClickAsync();
        await frame.GetByTestId("channel-email").ClickAsync();
        await frame.GetByTestId("submit-ticket").ClickAsync();
        await Expect(frame.GetByTestId("receipt")).ToBeVisibleAsync();
        await frame.GetByTestId("request-reply").FillAsync(Private + ", and so on");

        // The server takes its time to say who is next; until then it is nobody.
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visitor.Page.Context.RouteAsync("**/widget/v1/session", async route =>
        {
            asked.TrySetResult();
            await answered.Task;
            await route.ContinueAsync();
        });
        await visitor.Page.EvaluateAsync("token => PremiumSupport('update', { identityToken: token })", Token("uwe@acme.example"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await Expect(frame.Locator("body")).Not.ToContainTextAsync("Initech");
        Assert.DoesNotContain("Initech", await ValuesAsync(visitor.Page), StringComparison.Ordinal);
        answered.SetResult();

        await Expect(frame.Locator(".lead")).ToContainTextAsync("Uwe");
        Assert.DoesNotContain("Initech", await ValuesAsync(visitor.Page), StringComparison.Ordinal);
        await frame.GetByTestId("my-requests").ClickAsync();
        await Expect(frame.Locator("h1")).ToBeVisibleAsync();
        await Expect(frame.Locator("body")).Not.ToContainTextAsync("Initech");

        // Sofia's own words are still hers when she comes back.
        await visitor.Page.EvaluateAsync("token => PremiumSupport('update', { identityToken: token })", Token("sofia@acme.example"));
        await Expect(frame.Locator(".lead")).ToContainTextAsync("Sofia");
        await Expect(frame.Locator("body")).ToContainTextAsync("Initech");
        Assert.Empty(visitor.Errors);
    }

    /// <summary>Shows a vendor's page that renders the token into itself, as most do, and opens the dialog.</summary>
    private static async Task ShowAsync(IPage page, string token)
    {
        await page.RouteAsync("**/vendor", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = $$"""
                <!doctype html><html lang="en"><title>Vendor</title><h1>Vendor</h1>
                <script>window.PremiumSupport = window.PremiumSupport || function () { (PremiumSupport.q = PremiumSupport.q || []).push(arguments); };
                PremiumSupport('boot', { identityToken: {{JsonSerializer.Serialize(token)}}, locale: 'en' });</script><script async src="/widget.js"></script>
                """,
        }));
        await page.GotoAsync("/vendor");
        await OpenAsync(page);
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.GetByTestId("help-icon").ClickAsync();
        await Expect(page.FrameLocator("iframe").GetByTestId("ask-input")).ToBeVisibleAsync();
    }

    private static Task IsHelpedAsync(IPage page) => Expect(page.FrameLocator("iframe").Locator(".lead")).ToContainTextAsync("Sofia");

    private static async Task IsNobodyAsync(IPage page)
    {
        await page.FrameLocator("iframe").GetByTestId("contact-us").ClickAsync();
        await Expect(page.FrameLocator("iframe").GetByTestId("not-available")).ToBeVisibleAsync();
    }

    /// <summary>What stands in the frame, text and fields alike.</summary>
    private static async Task<string> ValuesAsync(IPage page) =>
        await page.FrameLocator("iframe").Locator("body").EvaluateAsync<string>("body => body.innerText + [...body.querySelectorAll('input, textarea')].map(field => field.value).join()");

    private async Task<int> SessionsAsync()
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return await db.Set<CustomerSession>().CountAsync(Cancel);
    }

    private string Token(string email, bool once = false)
    {
        _ = host.Address;
        var name = email == "sofia@acme.example" ? "Sofia Marchetti" : "Uwe Brandt";
        return new VendorToken(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).With("email", email).With("sub", email).With("name", name).With("jti", once ? Guid.NewGuid().ToString() : null)
            .With("role", email == "sofia@acme.example" ? "super_admin" : "user").Sign(SupportHost.WidgetSecret);
    }
}

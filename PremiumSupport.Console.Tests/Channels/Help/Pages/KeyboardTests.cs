using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>The customer pages without a mouse, and what a screen reader is told.</summary>
[Trait("Category", "Browser")]
public sealed class KeyboardTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task From_the_question_to_the_receipt_by_keyboard_alone()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.BecomeAsync("sofia@acme.example");
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);
        await page.GotoAsync("/help?lang=en");
        await visitor.TabToAsync("ask-input");
        await keys.TypeAsync("Nobody can sign in since we changed the certificate");
        await visitor.Find("article-suggestion").First.WaitForAsync();
        await visitor.TabToAsync("article-suggestion");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await visitor.TabToAsync("contact-us");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("channel-email")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await visitor.TabToAsync("channel-email");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("subject")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await visitor.TabToAsync("subject");
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("Sign-in");
        await visitor.TabToAsync("business-critical");
        await keys.PressAsync("Space");

        // Sent too early, the first field that is wrong has the focus and says why.
        await visitor.TabToAsync("submit-ticket");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[aria-invalid='true']").First).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await visitor.TabToAsync("impact");
        await keys.TypeAsync("All of us.");
        await visitor.TabToAsync("submit-ticket");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("receipt")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await visitor.TabToAsync("request-reply");
        await keys.TypeAsync("One more thing.");
        await keys.PressAsync("Control+Enter");
        await Expect(visitor.Find("request-message").Filter(new() { HasText = "One more thing." })).ToBeVisibleAsync();
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Messages_are_a_log_that_is_silent_about_what_one_wrote_oneself_and_reads_out_an_answer()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.BecomeAsync("sofia@acme.example");
        await visitor.Page.GotoAsync("/chat?lang=en");
        await Expect(visitor.Find("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        await visitor.Page.EvaluateAsync("""
            () => {
              window.spoken = [];
              for (const live of document.querySelectorAll('[aria-live=polite], [role=status]')) new MutationObserver(() => spoken.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
            }
            """);
        await visitor.Find("chat-input").FillAsync("Are you there?");
        await visitor.Page.Keyboard.PressAsync("Enter");
        var mine = visitor.Find("chat-message").Filter(new() { HasText = "Are you there?" });
        await Expect(mine).ToHaveAttributeAsync("data-seq", "1");
        Assert.Equal("log", await mine.EvaluateAsync<string>("message => message.closest('[role=log]').getAttribute('role')"));

        var api = new ApiCaller(host.Api());
        var number = (await api.GetAsync("/api/v1/queue?view=chat"))["items"][0].GetProperty("number").GetInt64();
        await api.SayAsync(number, "Yes, we are.");
        await visitor.Page.WaitForFunctionAsync("() => spoken.some(text => text.includes('Yes, we are.'))");
        Assert.DoesNotContain(await visitor.Page.EvaluateAsync<string[]>("spoken"), text => text.Contains("Are you there?", StringComparison.Ordinal));
    }
}

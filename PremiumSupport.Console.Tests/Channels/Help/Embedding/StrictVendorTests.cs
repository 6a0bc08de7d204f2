using Microsoft.Playwright;
using PremiumSupport.Channels.Help.Embedding;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

/// <summary>The vendor's page on another origin: what the guide says is enough, and an origin that is not allowed gets nothing.</summary>
[Trait("Category", "Browser")]
public sealed class StrictVendorTests(EmbeddedPages pages, Browser browser) : IClassFixture<EmbeddedPages>
{
    [Fact]
    public async Task The_documented_lines_are_enough_for_a_page_that_allows_nothing_else()
    {
        pages.Vendor.Html = await pages.PageAsync("sofia@acme.example");
        pages.Vendor.Policy = $"default-src 'none'; {pages.PolicyLines.ReplaceLineEndings(" ")}";
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor);
        await visitor.Find("help-icon").ClickAsync();
        var frame = visitor.Page.FrameLocator("#premium-support-dialog iframe");
        await Expect(frame.GetByTestId("ask-input")).ToBeVisibleAsync();
        Assert.Equal("fixed", await Styled(visitor));

        await frame.GetByTestId("contact-us").ClickAsync();
        await frame.GetByTestId("channel-chat").ClickAsync();
        await frame.GetByTestId("chat-input").FillAsync("From another origin");
        await frame.GetByTestId("chat-send").ClickAsync();
        await Expect(frame.GetByTestId("chat-message").Filter(new() { HasText = "From another origin" })).ToHaveAttributeAsync("data-seq", "1");
        Assert.Empty(visitor.Errors);
        Assert.All(visitor.Strangers, address => Assert.StartsWith(pages.Host.Address.Authority, address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"style-src 'nonce-{EmbeddedPages.Nonce}';", "fixed")]
    [InlineData("", "static")]
    public async Task A_browser_without_constructed_sheets_takes_the_style_by_the_nonce(string more, string expected)
    {
        pages.Vendor.Html = await pages.PageAsync("sofia@acme.example");
        pages.Vendor.Policy = $"default-src 'none'; {pages.PolicyLines.ReplaceLineEndings(" ")} {more}";
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor, script: "delete window.CSSStyleSheet;");
        Assert.Equal(expected, await Styled(visitor));
    }

    [Fact]
    public async Task A_page_of_another_origin_stays_empty_until_an_admin_allows_it()
    {
        pages.Stranger.Html = await pages.PageAsync("sofia@acme.example");
        await using (var visitor = await browser.VisitAsync(new Uri(pages.Stranger.Origin)))
        {
            var sessions = Sessions(visitor);
            await visitor.Page.RunAndWaitForConsoleMessageAsync(() => visitor.Page.GotoAsync("/"), new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
            await visitor.Find("help-icon").ClickAsync();
            await Expect(visitor.Page.Locator("#premium-support-dialog")).ToBeVisibleAsync();
            await visitor.Page.FrameLocator("#premium-support-dialog iframe").Locator("body").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.Equal(0, await visitor.Page.FrameLocator("#premium-support-dialog iframe").Locator("#panel").CountAsync());
            Assert.Empty(sessions);
        }

        var admin = new StaffCaller(Guid.NewGuid(), "Ada", "admin@demo.example", IsLead: true, IsAdmin: true);
        var commands = pages.Host.Services.GetRequiredService<OriginCommands>();
        Assert.Null((await commands.AddAsync(pages.Stranger.Origin, admin, TestContext.Current.CancellationToken)).Refusal);
        await using (var visitor = await EmbeddedPages.OpenAsync(browser, pages.Stranger))
        {
            await visitor.Find("help-icon").ClickAsync();
            await Expect(visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input")).ToBeVisibleAsync();
        }

        Assert.Null((await commands.RemoveAsync(pages.Stranger.Origin, admin, TestContext.Current.CancellationToken)).Refusal);
        await using var again = await browser.VisitAsync(new Uri(pages.Stranger.Origin));
        await again.Page.RunAndWaitForConsoleMessageAsync(() => again.Page.GotoAsync("/"), new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
    }

    private static List<string> Sessions(Visitor visitor)
    {
        var begun = new List<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/widget/v1/session", StringComparison.Ordinal))
            {
                begun.Add(request.Url);
            }
        };
        return begun;
    }

    private static Task<string> Styled(Visitor visitor) => visitor.Find("help-icon").EvaluateAsync<string>("icon => getComputedStyle(icon).position");
}

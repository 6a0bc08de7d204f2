using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

/// <summary>Icon and dialog by keyboard, on a small screen, and what they say to whom.</summary>
[Trait("Category", "Browser")]
public sealed class WidgetDialogTests(EmbeddedPages pages, Browser browser) : IClassFixture<EmbeddedPages>
{
    [Fact]
    public async Task By_keyboard_the_icon_opens_escape_closes_and_the_focus_comes_back()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example", "document.getElementById('own').onclick = () => PremiumSupport('show');");
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor);
        var (page, icon, dialog) = (visitor.Page, visitor.Find("help-icon"), visitor.Page.Locator("#premium-support-dialog"));
        Assert.Equal("BUTTON", await icon.EvaluateAsync<string>("icon => icon.tagName"));
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#own")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(icon).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Help" })).ToBeVisibleAsync();
        var question = page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input");
        await question.WaitForAsync();
        await question.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(icon).ToBeFocusedAsync();

        // Opened by a button of the page's own, the focus goes back there.
        await page.Locator("#own").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await question.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#own")).ToBeFocusedAsync();

        // With the focus on the page, escape closes too and leaves the focus where it is.
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Locator("#own").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.Locator("#own")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_small_screen_it_fills_it_and_the_page_behind_is_out_of_reach()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example");
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor, new() { Width = 639, Height = 700 });
        await visitor.Find("help-icon").ClickAsync();
        var dialog = visitor.Page.Locator("#premium-support-dialog");
        var box = await dialog.BoundingBoxAsync();
        Assert.Equal((0f, 0f, 639f, 700f), (box!.X, box.Y, box.Width, box.Height));
        Assert.True(await dialog.EvaluateAsync<bool>("dialog => dialog.matches(':modal')"));
        await visitor.Page.EvaluateAsync("document.getElementById('own').focus()");
        await Expect(visitor.Page.Locator("#own")).Not.ToBeFocusedAsync();
        await Expect(visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input")).ToBeVisibleAsync();

        // Turned to a wide one it stands beside the page, with what is in it as it was.
        await visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input").FillAsync("kept");
        await visitor.Page.SetViewportSizeAsync(900, 700);
        await Expect(dialog).ToHaveCSSAsync("width", "408px");
        Assert.False(await dialog.EvaluateAsync<bool>("dialog => dialog.matches(':modal')"));
        await Expect(visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input")).ToHaveValueAsync("kept");
    }

    [Fact]
    public async Task The_loader_hears_nobody_but_its_frame_and_nothing_but_what_it_knows()
    {
        pages.Stranger.Html = "<script>parent.postMessage({ premiumSupport: 1, type: 'unread', count: 7 }, '*'); parent.postMessage('sent', '*');</script>";
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example", """
            window.told = []; window.heard = [];
            PremiumSupport('onUnreadCountChange', n => told.push(n));
            addEventListener('message', event => heard.push(event.data));
            """);
        pages.Vendor.Policy = null;
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor);
        await visitor.Page.EvaluateAsync("""
            foreign => {
              postMessage({ premiumSupport: 1, type: 'unread', count: 8 }, '*');
              const other = document.createElement('iframe');
              other.src = foreign;
              document.body.append(other);
            }
            """, pages.Stranger.Origin);
        await visitor.Page.WaitForFunctionAsync("() => heard.includes('sent') && heard.some(data => data.count === 8)");

        // The frame itself, with shapes that are none.
        var frame = visitor.Page.Frames.Single(one => one.Url.Contains("/help?", StringComparison.Ordinal));
        await visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await frame.EvaluateAsync("""
            () => {
              for (const data of [null, 7, 'close', [], { type: 'unread', count: 9 }, { premiumSupport: 1, type: 'unread', count: 'ten' }, { premiumSupport: 1, type: 'unread', count: -1 },
                { premiumSupport: 1, type: 'unread', count: 1.5 }, { premiumSupport: 1, type: '__proto__' }, { premiumSupport: 1, type: 'unread', count: 3 }]) parent.postMessage(data, '*');
            }
            """);
        await visitor.Page.WaitForFunctionAsync("() => told.length > 0");
        Assert.Equal("3", await visitor.Page.EvaluateAsync<string>("told.join(' ')"));
    }

    [Fact]
    public async Task The_frame_hears_nobody_but_the_page_that_holds_it_and_nothing_but_what_it_knows()
    {
        pages.Vendor.Html = await pages.PageAsync("uwe@acme.example");
        pages.Vendor.Policy = null;
        await using var visitor = await EmbeddedPages.OpenAsync(browser, pages.Vendor);
        await visitor.Find("help-icon").ClickAsync();
        var question = visitor.Page.FrameLocator("#premium-support-dialog iframe").GetByTestId("ask-input");
        await Expect(question).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync("""
            () => {
              const frame = document.querySelector('#premium-support-dialog iframe').contentWindow;
              for (const data of [null, 7, 'compose', { type: 'compose', text: 'no mark' }, { premiumSupport: 2, type: 'compose', text: 'another mark' },
                { premiumSupport: 1, type: 'compose', text: 5 }, { premiumSupport: 1, type: 'compose', text: 'x'.repeat(10001) }, { premiumSupport: 1, type: ['compose'], text: 'y' }]) frame.postMessage(data, '*');
            }
            """);

        // From a window of the product's own origin that does not hold the frame.
        var own = visitor.Page.Frames.Single(one => one.Url.Contains("/help?", StringComparison.Ordinal));
        await own.EvaluateAsync("() => postMessage({ premiumSupport: 1, type: 'compose', text: 'from itself' }, '*')");
        await visitor.Page.EvaluateAsync("() => document.querySelector('#premium-support-dialog iframe').contentWindow.postMessage({ premiumSupport: 1, type: 'compose', text: 'heard' }, '*')");
        await Expect(question).ToHaveValueAsync("heard");
        Assert.Empty(visitor.Errors);
    }
}

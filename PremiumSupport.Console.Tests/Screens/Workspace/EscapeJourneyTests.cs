using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Workspace;

/// <summary>Escape closes the innermost thing and nothing else: a form that is open in a ticket before the ticket is left, with what was written in it kept.</summary>
[Trait("Category", "Browser")]
public sealed class EscapeJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    /// <summary>What opens a form of the ticket, its field, and the key that goes to what opened it.</summary>
    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "[data-testid='nudge']", "[data-testid='nudge-note']" },
        { "[data-testid='merge']", "[data-testid='merge-into']" },
        { "[data-testid='severity']", "#severity-reason" },
        { "[data-testid='add-tag']", "[data-testid='tag-input']" },
        { "[data-testid='link-add']", "[data-testid='link-other']" },
        { "[data-testid='split']", "[data-testid='split-subject']" },
        { "button[data-testid='decline-critical'][aria-expanded]", "[data-testid='decline-reason']" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_closes_the_form_keeps_its_words_and_gives_the_focus_back(string opener, string field)
    {
        var number = await host.OpenTicketAsync("Left by Escape", isCritical: opener.Contains("decline", StringComparison.Ordinal));
        await using var visitor = await browser.EnterAsync(host, "lead", $"/tickets/{number}");
        var (button, box) = (visitor.Page.Locator(opener), visitor.Page.Locator(field));
        await button.ClickAsync();
        await box.FillAsync("4711");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(box).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        Assert.EndsWith($"/tickets/{number}", visitor.Page.Url, StringComparison.Ordinal);

        await button.ClickAsync();
        await Expect(box).ToHaveValueAsync("4711");

        // From the button that opened it, too; and only then is the ticket left.
        await button.Or(box).First.EvaluateAsync("() => document.activeElement.blur()");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(box).ToHaveCountAsync(0);
        Assert.EndsWith($"/tickets/{number}", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.WaitForURLAsync("**/queue");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Who_writes_a_reply_leaves_the_reply_first_and_what_is_asked_before_sending_is_answered_with_keep_writing()
    {
        var number = await host.OpenTicketAsync("Two things open");
        await using var visitor = await browser.EnterAsync(host, "lead", $"/tickets/{number}");
        var (reply, note) = (visitor.Find("reply-body"), visitor.Find("nudge-note"));
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("nudge").ClickAsync();
        await Expect(note).ToBeFocusedAsync();
        await reply.FillAsync("Dear {{contact.first}}");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(reply).Not.ToBeFocusedAsync();
        await Expect(note).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(note).ToHaveCountAsync(0);

        await reply.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(visitor.Find("unresolved")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Find("unresolved")).ToBeHiddenAsync();
        await Expect(reply).ToBeFocusedAsync();
        await Expect(reply).ToHaveValueAsync("Dear {{contact.first}}");
        Assert.EndsWith($"/tickets/{number}", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visitor.Errors);
    }
}

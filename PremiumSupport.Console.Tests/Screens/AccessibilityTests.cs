using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>No page of the console has a violation that a machine can find.</summary>
[Trait("Category", "Browser")]
public sealed partial class AccessibilityTests(AdminVisit visit) : IClassFixture<AdminVisit>
{
    private const string Dark = "() => document.documentElement.dataset.theme === 'dark'";

    // What fades in, or from one scheme into the other, is judged when it has.
    private const string Settled = "() => Promise.all(document.getAnimations().filter(one => one.effect?.getComputedTiming().iterations !== Infinity).map(one => one.finished.catch(() => {})))";

    [Theory]
    [InlineData("/queue")]
    [InlineData("/queue/mine")]
    [InlineData("/queue/my-accounts")]
    [InlineData("/queue/snoozed")]
    [InlineData("/tickets")]
    [InlineData("/dashboard")]
    [InlineData("/dashboard?days=30&heat=missed&channel=email")]
    [InlineData("/dashboard/promises?days=7")]
    [InlineData("/dashboard/tickets?days=7")]
    [InlineData("/dashboard/by/account?days=7")]
    [InlineData("/dashboard/callbacks?days=7")]
    [InlineData("/dashboard/claims?days=7")]
    [InlineData("/dashboard/forecast")]
    [InlineData("/dashboard/flags")]
    [InlineData("/wallboard")]
    [InlineData("/team")]
    [InlineData("/admin")]
    [InlineData("/admin/exceptions")]
    [InlineData("/admin/intake")]
    [InlineData("/search?q=machine")]
    [InlineData("/admin/people")]
    [InlineData("/admin/accounts")]
    [InlineData("/admin/accounts/acme")]
    [InlineData("/admin/import")]
    [InlineData("/admin/files")]
    [InlineData("/admin/webhooks")]
    [InlineData("/admin/teams")]
    [InlineData("/handover")]
    [InlineData("/preferences")]
    [InlineData("/admin/api-keys")]
    [InlineData("/admin/audit")]
    public async Task A_page_has_no_violations(string path)
    {
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync(path == "/tickets" ? $"/tickets/{visit.Ticket}" : path);
        await visitor.Page.WaitForFunctionAsync("() => customElements.get('sla-badge') !== undefined");
        await visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visitor.Page));
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await visitor.Page.WaitForFunctionAsync(Dark);
        await visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visitor.Page, Axe.Colours));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_over_the_queue_has_none_either(ColorScheme scheme)
    {
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync("/queue/all?severity=critical");
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        foreach (var (key, opens) in new[] { ("w", "promise-card"), ("Shift+N", "skip-sheet"), ("f", "filter-account"), ("x", "bulk-bar") })
        {
            await visitor.Page.Keyboard.PressAsync(key);
            await Expect(visitor.Find(opens)).ToBeVisibleAsync();
            await visitor.Page.EvaluateAsync(Settled);
            Assert.Empty(await Axe.FoundAsync(visitor.Page));
            await visitor.Page.Keyboard.PressAsync("Escape");
            await Expect(visitor.Find(opens)).Not.ToBeVisibleAsync();
        }

        await visitor.Find("view-open").ClickAsync();
        await Expect(visitor.Find("view-name")).ToBeVisibleAsync();
        Assert.Empty(await Axe.FoundAsync(visitor.Page));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_over_a_ticket_has_none_either(ColorScheme scheme)
    {
        var (number, other) = (await visit.Host.OpenTicketAsync("Put away by a machine"), await visit.Host.OpenTicketAsync("And linked"));
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync($"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("link-add").ClickAsync();
        await visitor.Find("link-other").FillAsync($"{other}");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Find("link")).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visitor.Page));
        await visitor.Find("snooze").ClickAsync();
        await Expect(visitor.Find("snooze-sheet")).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visitor.Page));
        await visitor.Find("snooze-choice").First.ClickAsync();
        await Expect(visitor.Find("snoozed")).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visitor.Page));
    }
}

/// <summary>An admin who has signed in once, and a critical ticket to look at.</summary>
public sealed class AdminVisit(Browser browser) : IAsyncLifetime
{
    private readonly SupportHost _host = new();

    public SupportHost Host => _host;

    public Visitor Visitor { get; private set; } = default!;

    public long Ticket { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Ticket = await _host.OpenTicketAsync("Looked at by a machine", isCritical: true);
        Visitor = await browser.EnterAsync(_host, "admin");
    }

    public async ValueTask DisposeAsync()
    {
        await Visitor.DisposeAsync();
        await _host.DisposeAsync();
    }
}

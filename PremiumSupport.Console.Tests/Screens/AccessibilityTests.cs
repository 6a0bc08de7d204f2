using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>No page of the console has a violation that a machine can find.</summary>
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
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
        var number = await host.OpenTicketAsync("Looked at by a machine", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "admin");
        await visitor.GoAsync(path == "/tickets" ? $"/tickets/{number}" : path);
        await visitor.Page.WaitForFunctionAsync("customElements.get('sla-badge') !== undefined");
        Assert.Empty(await FoundAsync(visitor));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_over_the_queue_has_none_either(ColorScheme scheme)
    {
        await host.OpenTicketAsync("Under what opens", isCritical: true);
        await using var visitor = await browser.VisitAsync(host.Address, scheme: scheme);
        await visitor.SignInAsync("admin@demo.example", "/queue/all?severity=critical");
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        foreach (var (key, opens) in new[] { ("w", "promise-card"), ("Shift+N", "skip-sheet"), ("f", "filter-account"), ("x", "bulk-bar") })
        {
            await visitor.Page.Keyboard.PressAsync(key);
            await Expect(visitor.Find(opens)).ToBeVisibleAsync();
            // What fades in is judged when it has.
            await visitor.Page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(one => one.effect?.getComputedTiming().iterations !== Infinity).map(one => one.finished.catch(() => {})))");
            Assert.Empty(await FoundAsync(visitor));
            await visitor.Page.Keyboard.PressAsync("Escape");
            await Expect(visitor.Find(opens)).Not.ToBeVisibleAsync();
        }

        await visitor.Find("view-open").ClickAsync();
        await Expect(visitor.Find("view-name")).ToBeVisibleAsync();
        Assert.Empty(await FoundAsync(visitor));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_over_a_ticket_has_none_either(ColorScheme scheme)
    {
        var (number, other) = (await host.OpenTicketAsync("Put away by a machine"), await host.OpenTicketAsync("And linked"));
        await using var visitor = await browser.VisitAsync(host.Address, scheme: scheme);
        await visitor.SignInAsync("admin@demo.example", $"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Find("link-add").ClickAsync();
        await visitor.Find("link-other").FillAsync($"{other}");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Find("link")).ToBeVisibleAsync();
        Assert.Empty(await FoundAsync(visitor));
        await visitor.Find("snooze").ClickAsync();
        await Expect(visitor.Find("snooze-sheet")).ToBeVisibleAsync();
        Assert.Empty(await FoundAsync(visitor));
        await visitor.Find("snooze-choice").First.ClickAsync();
        await Expect(visitor.Find("snoozed")).ToBeVisibleAsync();
        Assert.Empty(await FoundAsync(visitor));
    }

    private static async Task<IEnumerable<string>> FoundAsync(Visitor visitor) =>
        (await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}");
}

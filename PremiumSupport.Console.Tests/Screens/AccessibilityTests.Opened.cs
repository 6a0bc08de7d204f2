using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Macros;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

// What opens over a page, and pages that are read at four times their size.
public sealed partial class AccessibilityTests
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_over_the_dashboard_has_none_either(ColorScheme scheme)
    {
        var number = await visit.Host.OpenTicketAsync("A lead asks about it");
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync($"/tickets/{number}");
        await visitor.Find("claim-ticket").ClickAsync();
        await Expect(visitor.Find("claim-ticket")).ToHaveCountAsync(0);
        await visit.Host.Services.GetRequiredService<TicketCommands>().NudgeAsync(number, "Do they still wait?", new HashSet<Guid>(), StaffFakes.Lead, TestContext.Current.CancellationToken);
        await visitor.GoAsync("/dashboard?days=7");
        await visitor.Find("period-own").ClickAsync();
        await ShownAsync(visitor.Find("period-from"));
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Find("bell").ClickAsync();
        await ShownAsync(visitor.Page.Locator("#bell-list").GetByTestId("open-it").First);
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await ShownAsync(visitor.Find("palette-list").GetByRole(AriaRole.Option).First);
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("?");
        await ShownAsync(visitor.Page.Locator("#shortcuts"));
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Locator(".formula-mark").First.FocusAsync();
        await ShownAsync(visitor.Page.Locator(".formula .tip").First);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_while_one_works_on_a_ticket_has_none_either(ColorScheme scheme)
    {
        await visit.Host.Services.GetRequiredService<MacroCommands>().SaveAsync(null, new($"Greet in {scheme}", "Hello {{requester.first_name}}", TicketStatus.Waiting, ["greeted"], false), StaffFakes.Admin, TestContext.Current.CancellationToken);
        var number = await visit.Host.OpenTicketAsync("Everything on it is opened");
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync($"/tickets/{number}");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await visitor.Page.Keyboard.PressAsync("s");
        // The library hangs its menus beside the page, not into it.
        await ShownAsync(visitor.Page.Locator(".mud-popover-open .mud-menu-item").First, Axe.Colours);
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        await visitor.Page.Keyboard.PressAsync("m");
        await ShownAsync(visitor.Find("palette-list").GetByRole(AriaRole.Option).First);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await ShownAsync(visitor.Find("deeds"));
        await visitor.Page.Keyboard.PressAsync("Escape");

        // These stay open beside each other.
        await visitor.Find("add-tag").ClickAsync();
        await Expect(visitor.Find("tag-input")).ToBeVisibleAsync();
        await visitor.Find("severity").ClickAsync();
        await visitor.Find("merge").ClickAsync();
        await Expect(visitor.Find("merge-form")).ToBeVisibleAsync();
        await visitor.Find("nudge").ClickAsync();
        await ShownAsync(visitor.Find("nudge-note"));
        await visitor.Find("mode-note").ClickAsync();
        await visitor.Page.Keyboard.TypeAsync("@a");
        await ShownAsync(visitor.Find("mentions"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Preferences_have_none_while_they_are_changed(ColorScheme scheme)
    {
        var visitor = visit.Visitor;
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await visitor.GoAsync("/preferences");
        await visitor.Find("quiet-on").CheckAsync();
        await Expect(visitor.Find("quiet-from")).ToBeVisibleAsync();
        await visitor.Page.Locator("[data-command-key='e']").GetByText("Change", new() { Exact = true }).ClickAsync();
        await Expect(visitor.Find("key-waiting")).ToContainTextAsync("Press the new key");
        await ShownAsync(visitor.Find("quiet-from"));
        await visitor.Page.Keyboard.PressAsync("s");
        await ShownAsync(visitor.Find("key-no"));
        await visitor.Page.Keyboard.PressAsync("Escape");
    }

    [Fact]
    public async Task At_four_times_the_size_nothing_has_to_be_pushed_sideways()
    {
        var visitor = visit.Visitor;
        await visitor.Page.SetViewportSizeAsync(320, 640);
        try
        {
            string[] paths = ["/queue", $"/tickets/{visit.Ticket}", "/dashboard?days=7", "/dashboard/promises?days=7", "/dashboard/claims?days=7", "/preferences", "/handover", "/team", "/admin", "/admin/accounts/acme", "/admin/audit", "/admin/people", "/admin/policies"];
            var wide = new List<string>();
            foreach (var path in paths)
            {
                await visitor.GoAsync(path);
                wide.AddRange(await visitor.Page.EvaluateAsync<string[]>("""
                    path => [document.documentElement, document.querySelector('main')].filter(one => one.scrollWidth > one.clientWidth).map(one => {
                      const out = [...one.querySelectorAll('*')].filter(inner => inner.getBoundingClientRect().right > innerWidth + 1 && !inner.closest('.scroll-x, .mud-drawer, .tools, .timeline-tools')).slice(-1)[0];
                      return `${path}: ${one.tagName} ${one.scrollWidth} > ${one.clientWidth} by ${out?.outerHTML.slice(0, 120)}`;
                    })
                    """, path));
            }

            Assert.Empty(wide);
        }
        finally
        {
            await visitor.Page.SetViewportSizeAsync(1440, 900);
        }
    }

    private async Task ShownAsync(ILocator what, params string[] rules)
    {
        await Expect(what).ToBeVisibleAsync();
        await visit.Visitor.Page.EvaluateAsync(Settled);
        Assert.Empty(await Axe.FoundAsync(visit.Visitor.Page, rules));
    }
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Shell;

/// <summary>The server dies under an open queue and comes back, or its reader does, from a ticket: view, filter, selection and scroll are as they were, and nobody pressed reload (experience item 24).</summary>
[Trait("Category", "Journey")]
public sealed class ComingBackJourneyTests(Browser browser)
{
    private const int Tickets = 70;

    [Fact]
    public async Task View_selection_and_scroll_survive_a_killed_server_and_the_bar_keeps_still_for_two_seconds()
    {
        await using var product = new SupportProcess(new Dictionary<string, string>());
        await product.StartAsync();
        using (var api = product.Api())
        {
            var caller = new ApiCaller(api);
            for (var number = 0; number < Tickets; number++)
            {
                await caller.OpenAsync(ApiCaller.Plain($"Ticket {number} of a long list"));
            }
        }

        await using var visitor = await browser.VisitAsync(product.Address);
        await visitor.SignInAsync("specialist@demo.example", "/queue/email");
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        for (var press = 0; press < 45; press++)
        {
            await visitor.Page.Keyboard.PressAsync("j");
        }

        var selected = await visitor.Page.Locator(".ticket-row[aria-selected='true']").GetAttributeAsync("data-ticket");
        await visitor.Page.WaitForFunctionAsync($"() => Number(sessionStorage.getItem(Object.keys(sessionStorage).find(key => key.startsWith('ps-scrolled')))) > 400");
        var top = await ScrolledAsync(visitor);

        // When the bar comes, and when it can be seen.
        await visitor.Page.EvaluateAsync("""
            () => {
              const bar = document.getElementById('components-reconnect-modal');
              const began = { at: 0 };
              new MutationObserver(() => {
                if (began.at || !/-(show|retrying)/.test(bar.className)) return;
                began.at = performance.now();
                sessionStorage.setItem('bar-first', getComputedStyle(bar).visibility);
              }).observe(bar, { attributes: true, attributeFilter: ['class'] });
              bar.addEventListener('animationend', () => sessionStorage.setItem('bar-after', `${Math.round(performance.now() - began.at)} ${getComputedStyle(bar).visibility}`));
            }
            """);
        await product.KillAsync();
        await visitor.Page.WaitForFunctionAsync("() => sessionStorage.getItem('bar-after') !== null");
        Assert.Equal("hidden", await visitor.Page.EvaluateAsync<string>("sessionStorage.getItem('bar-first')"));
        var after = (await visitor.Page.EvaluateAsync<string>("sessionStorage.getItem('bar-after')")).Split(' ');
        Assert.Equal("visible", after[1]);
        Assert.True(int.Parse(after[0], System.Globalization.CultureInfo.InvariantCulture) >= 1_900, after[0]);

        await product.StartAsync();
        await Expect(visitor.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(visitor.Page.Locator("[data-interactive='true']")).ToBeAttachedAsync();
        Assert.EndsWith("/queue/email", visitor.Page.Url, StringComparison.Ordinal);
        await Expect(visitor.Page.Locator($".ticket-row[data-ticket='{selected}'][aria-selected='true']")).ToBeVisibleAsync();
        Assert.InRange(await ScrolledAsync(visitor), top - 2, top + 2);
    }

    [Fact]
    public async Task The_way_back_leads_to_the_view_and_the_place_that_one_came_from()
    {
        await using var host = new SupportHost();
        foreach (var turn in Enumerable.Range(1, 40))
        {
            await host.OpenTicketAsync($"Number {turn} of a long list");
        }

        await using var visitor = await browser.EnterAsync(host, "second", "/queue/email?role=super-admin");
        var rows = visitor.Page.Locator(".rows[data-name]");
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        for (var press = 0; press < 30; press++)
        {
            await visitor.Page.Keyboard.PressAsync("j");
        }

        await visitor.Page.WaitForFunctionAsync("() => Number(sessionStorage.getItem('ps-scrolled-email')) > 400");
        var top = await rows.EvaluateAsync<int>("list => Math.round(list.scrollTop)");
        var selected = await visitor.Page.Locator(".ticket-row[aria-selected='true']").GetAttributeAsync("data-ticket");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync($"**/tickets/{selected}");
        await Expect(visitor.Find("ticket-status")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.WaitForURLAsync("**/queue/email?role=super-admin");
        await Expect(visitor.Page.Locator($".ticket-row[data-ticket='{selected}'][aria-selected='true']")).ToBeInViewportAsync();
        Assert.InRange(await rows.EvaluateAsync<int>("list => Math.round(list.scrollTop)"), top - 2, top + 2);
    }

    [Fact]
    public async Task A_page_whose_line_breaks_before_its_circuit_began_opens_itself_again()
    {
        await using var host = new SupportHost();
        await using var visitor = await browser.VisitAsync(host.Address);
        var lines = 0;
        await visitor.Page.RouteWebSocketAsync("**/_blazor*", line =>
        {
            if (Interlocked.Increment(ref lines) == 1)
            {
                // The server is gone before it has shaken hands: Blazor throws, and says it to nobody but the console.
                line.OnMessage(_ => line.CloseAsync(new() { Code = 1001 }));
                return;
            }

            line.ConnectToServer();
        });

        await visitor.SignInAsync("specialist@demo.example");
        Assert.Equal(2, lines);
    }

    private static Task<int> ScrolledAsync(Visitor visitor) => visitor.Page.EvaluateAsync<int>("Math.round(document.querySelector('.rows[data-name]').scrollTop)");
}

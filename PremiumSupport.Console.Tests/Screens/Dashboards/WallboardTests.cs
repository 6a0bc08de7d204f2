using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Dashboards;

/// <summary>The screen on the wall: large, dark, honest about how old it is, and the same after a long time.</summary>
[Trait("Category", "Journey")]
public sealed partial class WallboardTests(Browser browser)
{
    [Fact]
    public async Task It_is_dark_and_large_says_as_of_when_and_flashes_on_the_first_breach()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Sla:Defaults:StandardGuarantee"] = "00:00:06" });
        // Full HD, as televisions are; 1.5 % of its height is what one reads at four metres on a screen of a metre and more.
        await using var lead = await browser.VisitAsync(host.Address, viewport: new() { Width = 1920, Height = 1080 });
        await lead.SignInAsync("lead@demo.example", "/wallboard");
        await Expect(lead.Find("wall-breached")).ToHaveAttributeAsync("data-value", "0");
        await Expect(lead.Find("wall-as-of")).ToHaveTextAsync(AsOf());
        var read = await lead.Find("wall-as-of").InnerTextAsync();
        await lead.Page.EvaluateAsync("""
            () => {
              window.flashed = new Set();
              document.addEventListener('animationstart', event => { if (event.animationName === 'breach-flash') window.flashed.add(event.target.closest('[data-testid]').dataset.testid); });
            }
            """);

        await host.OpenTicketAsync("The first to be missed");
        await Expect(lead.Find("wall-row")).ToHaveCountAsync(1);
        await Expect(lead.Find("wall-breached")).ToHaveAttributeAsync("data-value", "1");
        await lead.Page.WaitForFunctionAsync("() => window.flashed.has('wall-row') && window.flashed.has('wall-breached')");
        await Expect(lead.Find("wall-as-of")).Not.ToHaveTextAsync(read);

        var (size, ground) = (await StyleAsync(lead, ".wall-list li", "fontSize"), await StyleAsync(lead, ".wall", "backgroundColor"));
        Assert.True(double.Parse(size[..^2], System.Globalization.CultureInfo.InvariantCulture) >= 1080 * .015, size);
        Assert.True(Numbers().Matches(ground).Take(3).All(part => int.Parse(part.Value, System.Globalization.CultureInfo.InvariantCulture) < 64), ground);
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task However_often_it_changes_its_page_does_not_grow()
    {
        await using var host = new SupportHost();
        await using var lead = await browser.VisitAsync(host.Address, viewport: new() { Width = 1920, Height = 1080 });
        await lead.SignInAsync("lead@demo.example", "/wallboard");
        var devtools = await lead.Page.Context.NewCDPSessionAsync(lead.Page);
        await devtools.SendAsync("Performance.enable");

        // A wall of some tickets, of which one goes from hand to hand: what is open stays as much, and so must the page.
        for (var i = 0; i < 3; i++)
        {
            await host.OpenTicketAsync($"On the wall {i}");
        }

        var number = await host.OpenTicketAsync("From hand to hand");
        var row = lead.Find("wall-row").Filter(new() { HasText = "From hand to hand" });
        var hand = row.Locator("span").Last;
        await Expect(lead.Find("wall-row")).ToHaveCountAsync(4);
        using var client = host.Api();
        var api = new ApiCaller(client);
        await ChangeAsync(10);
        var before = await CountsAsync();
        await ChangeAsync(40);
        var after = await CountsAsync();
        Assert.True(after.Nodes <= before.Nodes + 5, $"{before} before, {after} after");
        Assert.True(after.Listeners <= before.Listeners, $"{before} before, {after} after");

        async Task ChangeAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var name = await hand.InnerTextAsync();
                (await api.PatchAsync(number, new { assignee = i % 2 == 0 ? "lead@demo.example" : "specialist@demo.example" })).Is(System.Net.HttpStatusCode.OK);
                await Expect(hand).Not.ToHaveTextAsync(name);
            }
        }

        async Task<(double Nodes, double Listeners)> CountsAsync()
        {
            await devtools.SendAsync("HeapProfiler.collectGarbage");
            var metrics = (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
            return (metrics["Nodes"], metrics["JSEventListeners"]);
        }
    }

    private static Task<string> StyleAsync(Visitor visitor, string selector, string property) =>
        visitor.Page.Locator(selector).First.EvaluateAsync<string>("(element, property) => getComputedStyle(element)[property]", property);

    [GeneratedRegex(@"as of \d\d:\d\d:\d\d")]
    private static partial Regex AsOf();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}

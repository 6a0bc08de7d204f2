using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Preferences;

/// <summary>What somebody sets for themselves is kept on the server and holds in every browser (experience items 22 and 23).</summary>
[Trait("Category", "Journey")]
public sealed class PreferencesJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_key_is_changed_by_pressing_it_and_holds_in_another_browser()
    {
        var number = await host.OpenTicketAsync("Solved by another key");
        await using var visitor = await browser.EnterAsync(host, "specialist", "/preferences");
        await using var elsewhere = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        var solve = visitor.Page.Locator("[data-command-key='e']");
        await solve.GetByText("Change", new() { Exact = true }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Find("key-waiting")).ToContainTextAsync("Press the new key");
        await visitor.Page.Keyboard.PressAsync("s");
        await Expect(visitor.Find("key-no")).ToContainTextAsync("S is already for “Change the status”");
        await Expect(solve.Locator("kbd")).ToHaveTextAsync("E");

        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("y");
        await Expect(solve.Locator("kbd")).ToHaveTextAsync("Y");
        await Expect(visitor.Find("key-said")).ToHaveTextAsync("“Solve” now has Y.");
        await Expect(visitor.Find("key-no")).ToHaveCountAsync(0);

        // The other browser is open all the while.
        await Expect(elsewhere.Page.Locator("[data-own-keys]")).ToHaveAttributeAsync("data-own-keys", """{"e":"y"}""");
        await Expect(elsewhere.Find("solve")).ToHaveAttributeAsync("title", "Solve (Y)");
        await elsewhere.Page.Keyboard.PressAsync("Control+k");
        await elsewhere.Find("palette-input").FillAsync("solve");
        await Expect(elsewhere.Find("palette-list").GetByRole(AriaRole.Option).First.Locator("kbd")).ToHaveTextAsync("Y");
        await elsewhere.Page.Keyboard.PressAsync("Escape");
        await elsewhere.Page.Keyboard.PressAsync("?");
        await Expect(elsewhere.Page.Locator("#shortcuts dt[data-keys='e']")).ToHaveTextAsync("Y");
        await elsewhere.Page.Keyboard.PressAsync("Escape");
        await elsewhere.Page.Keyboard.PressAsync("e");
        await elsewhere.Page.Keyboard.PressAsync("i");
        await Expect(elsewhere.Find("note-body")).ToBeFocusedAsync();
        await elsewhere.Page.Keyboard.PressAsync("Escape");
        await Expect(elsewhere.Find("ticket-status")).ToContainTextAsync("New");
        await elsewhere.Page.Keyboard.PressAsync("y");
        await Expect(elsewhere.Find("ticket-status")).ToContainTextAsync("Solved");

        // A colleague has the usual ones.
        await using var colleague = await browser.EnterAsync(host, "second", "/preferences");
        await Expect(colleague.Page.Locator("[data-command-key='e'] kbd")).ToHaveTextAsync("E");
        await visitor.Find("keys-reset").ClickAsync();
        await Expect(solve.Locator("kbd")).ToHaveTextAsync("E");
        Assert.Empty(visitor.Errors);
        Assert.Empty(elsewhere.Errors);
    }

    [Fact]
    public async Task A_pair_and_the_keys_of_a_list_can_be_changed_too()
    {
        await host.OpenTicketAsync("First of the list");
        await host.OpenTicketAsync("Second of the list");
        await using var visitor = await browser.EnterAsync(host, "lead", "/preferences");
        await PressAsync(visitor, "j", "d");
        await PressAsync(visitor, "g m", "g", "y");
        await Expect(visitor.Page.Locator("[data-command-key='g m'] kbd")).ToHaveTextAsync(["G", "Y"]);
        await visitor.GoAsync("/queue");
        await Expect(visitor.Page.Locator(".ticket-row[aria-selected='true']")).ToHaveCountAsync(1);
        var first = await visitor.Page.Locator(".ticket-row[aria-selected='true']").GetAttributeAsync("data-ticket");
        await visitor.Page.Keyboard.PressAsync("j");
        Assert.Equal(first, await visitor.Page.Locator(".ticket-row[aria-selected='true']").GetAttributeAsync("data-ticket"));
        await visitor.Page.Keyboard.PressAsync("d");
        Assert.NotEqual(first, await visitor.Page.Locator(".ticket-row[aria-selected='true']").GetAttributeAsync("data-ticket"));
        await visitor.Page.Keyboard.PressAsync("g");
        await visitor.Page.Keyboard.PressAsync("y");
        await visitor.Page.WaitForURLAsync("**/queue/mine");
    }

    [Fact]
    public async Task Switches_and_quiet_hours_are_there_after_a_reload_and_a_wrong_zone_is_told()
    {
        await using var visitor = await browser.EnterAsync(host, "second", "/preferences");
        var nudge = visitor.Page.Locator("[data-testid='alert-row'][data-event='nudge'] [data-means='sound']");
        await Expect(nudge).ToBeCheckedAsync();
        await nudge.UncheckAsync();
        await Expect(visitor.Find("alerts-said")).ToHaveTextAsync("Kept.");

        await visitor.Find("quiet-on").CheckAsync();
        await Expect(visitor.Find("quiet-zone")).ToHaveValueAsync("Europe/Berlin");
        await visitor.Find("quiet-zone").FillAsync("Berlin");
        await visitor.Page.Locator("[data-day='sunday']").UncheckAsync();
        await visitor.Find("quiet-from").FillAsync("21:30");
        await visitor.Find("quiet-save").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“Berlin” is not a time zone");
        await Expect(visitor.Find("quiet-from")).ToHaveValueAsync("21:30");
        await visitor.Find("quiet-zone").FillAsync("Europe/Madrid");
        await visitor.Find("quiet-save").ClickAsync();
        await Expect(visitor.Find("quiet-said")).ToHaveTextAsync("Kept.");

        await visitor.GoAsync("/preferences");
        await Expect(nudge).Not.ToBeCheckedAsync();
        await Expect(visitor.Find("quiet-zone")).ToHaveValueAsync("Europe/Madrid");
        await Expect(visitor.Find("quiet-from")).ToHaveValueAsync("21:30");
        await Expect(visitor.Page.Locator("[data-day='sunday']")).Not.ToBeCheckedAsync();
        await Expect(visitor.Page.Locator("[data-day='monday']")).ToBeCheckedAsync();
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_browser_is_asked_by_a_click_alone_and_both_can_be_tried()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.Context.AddInitScriptAsync("""
            window.asked = 0;
            window.sounded = 0;
            Notification.requestPermission = () => { window.asked++; return Promise.resolve('granted'); };
            document.addEventListener('ps-sounded', () => { window.sounded++; });
            """);
        await visitor.SignInAsync("specialist@demo.example", "/preferences");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("window.asked"));
        await visitor.Find("sound-test").ClickAsync();
        await visitor.Page.WaitForFunctionAsync("() => window.sounded === 1");
        await Expect(visitor.Find("sound-state")).ToContainTextAsync("works in this window");
        await visitor.Find("sound-switch").ClickAsync();
        await Expect(visitor.Find("sound-state")).ToContainTextAsync("off in this browser");
        await visitor.Find("sound-test").ClickAsync();
        await Expect(visitor.Page.Locator("[data-sound-said]")).ToContainTextAsync("Not heard");
        Assert.Equal(1, await visitor.Page.EvaluateAsync<int>("window.sounded"));
        await visitor.Find("desktop-ask").ClickAsync();
        await visitor.Page.WaitForFunctionAsync("() => window.asked === 1");
    }

    private static async Task PressAsync(Visitor visitor, string command, params string[] keys)
    {
        await visitor.Page.Locator($"[data-command-key='{command}']").GetByText("Change", new() { Exact = true }).ClickAsync();
        foreach (var key in keys)
        {
            await visitor.Page.Keyboard.PressAsync(key);
        }

        await Expect(visitor.Find("key-said")).ToContainTextAsync("now has");
        await Expect(visitor.Page.Locator($"[data-command-key='{command}'] kbd").Last).ToHaveTextAsync(keys[^1].ToUpperInvariant());
    }
}

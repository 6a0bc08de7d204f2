using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>The console without a pointer: a specialist's, a lead's and an admin's work, from the sign-in on.</summary>
[Trait("Category", "Browser")]
public sealed class KeyboardAloneTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_specialist_signs_in_takes_the_next_ticket_answers_it_notes_something_and_solves_it()
    {
        await host.OpenTicketAsync("Nothing but keys");
        await using var visitor = await browser.VisitAsync(host.Address);
        var keys = visitor.Page.Keyboard;
        await visitor.Page.GotoAsync("/account/login");
        await SignInAsync(visitor, "specialist@demo.example");

        await keys.PressAsync("n");
        await visitor.Page.WaitForURLAsync("**/tickets/*");
        await Expect(visitor.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await keys.PressAsync("r");
        await Expect(visitor.Find("reply-body")).ToBeFocusedAsync();
        await keys.TypeAsync("We are looking into it.");
        await keys.PressAsync("Control+Enter");
        await Expect(visitor.Find("timeline-item").Filter(new() { HasText = "We are looking into it." })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("i");
        await Expect(visitor.Find("note-body")).ToBeFocusedAsync();
        await keys.TypeAsync("Their certificate ended.");
        await keys.PressAsync("Control+Enter");
        await Expect(visitor.Find("timeline-item").Filter(new() { HasText = "Their certificate ended." })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");

        await keys.PressAsync("s");
        await Expect(visitor.Page.Locator(".mud-popover-open .mud-menu-item").First).ToBeVisibleAsync();
        await ArrowToAsync(visitor, "Solved");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("ticket-status")).ToHaveAttributeAsync("data-status", "solved");
        await keys.PressAsync("Escape");
        await visitor.Page.WaitForURLAsync("**/queue");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_lead_gives_a_ticket_away_on_the_dashboard_and_sets_a_limit()
    {
        var number = await host.OpenTicketAsync("Given away by keys", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "lead");
        var keys = visitor.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("d");
        await visitor.Page.WaitForURLAsync("**/dashboard");
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Button, new() { Name = $"Reassign {number}" }));
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".mud-popover-open .mud-menu-item").First).ToBeVisibleAsync();
        const string name = "Tomás Oliveira";
        await ArrowToAsync(visitor, name);
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".risk-list tr").Filter(new() { HasText = "Given away by keys" })).ToContainTextAsync(name);

        await visitor.GoAsync("/team");
        await visitor.TabToAsync("team-limit");
        await keys.PressAsync("Control+a");
        await keys.TypeAsync("7");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("team-limit-saved")).ToBeVisibleAsync();
        await visitor.GoAsync("/team");
        await Expect(visitor.Find("team-limit").First).ToHaveValueAsync("7");
        await keys.PressAsync("g");
        await keys.PressAsync("q");
        await visitor.Page.WaitForURLAsync("**/queue/all");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task An_admin_invites_somebody_makes_a_key_a_macro_and_a_webhook()
    {
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/people");
        var keys = visitor.Page.Keyboard;
        await visitor.TabToAsync("invite-name");
        await keys.TypeAsync("Noor Haddad");
        await visitor.TabToAsync("invite-email");
        await keys.TypeAsync("noor@keys.example");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("invite-link")).ToBeVisibleAsync();

        await visitor.GoAsync("/admin/api-keys");
        await visitor.TabToAsync("key-name");
        await keys.TypeAsync("Made by keys");
        await visitor.TabToAsync("key-person");
        await keys.PressAsync("ArrowDown");
        await visitor.TabToAsync("key-make");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("key-made")).ToBeVisibleAsync();

        await visitor.GoAsync("/admin/macros");
        await visitor.TabToAsync("macro-name");
        await keys.TypeAsync("Looking into it");
        await visitor.TabToAsync("macro-text");
        await keys.TypeAsync("Hello, we are looking into it.");
        await visitor.TabToAsync("macro-save");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("macro")).ToContainTextAsync("Looking into it");

        // Refused first: the sentence is there, and so is what was typed.
        await visitor.GoAsync("/admin/webhooks");
        await visitor.TabToAsync("webhook-name");
        await keys.TypeAsync("Ours");
        await visitor.TabToAsync("webhook-url");
        await keys.TypeAsync("nowhere");
        await keys.PressAsync("Enter");
        await Expect(visitor.Find("webhook-refused")).ToBeVisibleAsync();
        await Expect(visitor.Find("webhook-name")).ToHaveValueAsync("Ours");
        Assert.Empty(visitor.Errors);
    }

    // The focus in a menu moves by way of the server, so an arrow counts when it has arrived.
    private static async Task ArrowToAsync(Visitor visitor, string name)
    {
        var item = visitor.Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true });
        for (var press = 0; press < 10; press++)
        {
            await visitor.Page.Keyboard.PressAsync("ArrowDown");
            try
            {
                await Expect(item).ToBeFocusedAsync(new() { Timeout = 1_500 });
                return;
            }
            catch (PlaywrightException)
            {
                // Not there yet: one more.
            }
        }

        await Expect(item).ToBeFocusedAsync();
    }

    private static async Task SignInAsync(Visitor visitor, string email)
    {
        var keys = visitor.Page.Keyboard;
        var field = visitor.Page.Locator("[name='Input.Email']");
        if (!await field.EvaluateAsync<bool>("field => field === document.activeElement"))
        {
            await visitor.TabToAsync(field);
        }

        await keys.TypeAsync(email);
        await visitor.TabToAsync(visitor.Page.Locator("[name='Input.Password']"));
        await keys.TypeAsync(SupportHost.Password);
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/queue");
        await Expect(visitor.Page.Locator("[data-interactive='true']")).ToBeAttachedAsync();
    }
}

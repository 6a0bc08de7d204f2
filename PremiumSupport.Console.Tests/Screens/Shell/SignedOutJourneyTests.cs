using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Shell;

/// <summary>Access that ends while somebody types: their page says so, and nothing typed is lost.</summary>
[Trait("Category", "Journey")]
public sealed class SignedOutJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_switched_off_while_typing_is_led_to_the_sign_in_and_finds_every_letter_when_they_are_back()
    {
        var number = await host.OpenTicketAsync("Written while the door closed");
        await using var mara = await browser.EnterAsync(host, "specialist", $"/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await mara.Find("reply-body").FillAsync("Saved before. ");
        await Expect(mara.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
        await mara.Find("mode-note").ClickAsync();
        await mara.Find("note-body").FillAsync("A note as well");
        await mara.Find("mode-reply").ClickAsync();

        await using var scope = host.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffCommands>();
        var (id, admin) = ((await host.Services.GetRequiredService<StaffQueries>().FindAsync("specialist@demo.example", Cancel))!.Id, await AdminAsync());
        var off = staff.DisableAsync(id, admin, Cancel);
        await mara.Find("reply-body").PressSequentiallyAsync("Typed as it closed");
        await off;
        await LedOutAsync(mara);
        await Expect(mara.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("What you were writing is kept on this device");

        // Off is off.
        await SignInAsync(mara);
        await Expect(mara.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));

        await staff.EnableAsync(id, admin, Cancel);
        await SignInAsync(mara);
        await mara.Page.WaitForURLAsync($"**/tickets/{number}");
        await Expect(mara.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "true");
        var text = await mara.Find("reply-body").InputValueAsync();
        Assert.StartsWith("Saved before. ", text, StringComparison.Ordinal);
        // As many letters as the page took before it went.
        Assert.StartsWith(text["Saved before. ".Length..], "Typed as it closed", StringComparison.Ordinal);
        await Expect(mara.Find("note-body")).ToHaveValueAsync("A note as well");
        await Expect(mara.Page.Locator("[data-kept]")).ToHaveTextAsync("Draft saved");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task Another_role_ends_the_sign_in_in_every_window_and_the_page_that_was_open_is_opened_again()
    {
        var member = (await host.Services.GetRequiredService<StaffQueries>().FindAsync("second@demo.example", Cancel))!;
        await using var tomas = await browser.EnterAsync(host, "second", "/queue/critical");
        await using var elsewhere = await browser.EnterAsync(host, "second", "/articles");
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StaffCommands>().ChangeRoleAsync(member.Id, Roles.TeamLead, await AdminAsync(), Cancel);
        await LedOutAsync(tomas);
        await LedOutAsync(elsewhere);
        await SignInAsync(tomas, "second");
        await tomas.Page.WaitForURLAsync("**/queue/critical");
    }

    // Asked of the address: a page that leaves while its line is cut is not always said to have loaded.
    private static Task LedOutAsync(Visitor visitor) => Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login\\?ended=1"));

    private async Task<StaffCaller> AdminAsync()
    {
        var admin = (await host.Services.GetRequiredService<StaffQueries>().FindAsync("admin@demo.example", Cancel))!;
        return new(admin.Id, admin.Name, admin.Email, IsAdmin: true);
    }

    private static async Task SignInAsync(Visitor visitor, string who = "specialist")
    {
        await visitor.Page.Locator("[name='Input.Email']").FillAsync($"{who}@demo.example");
        await visitor.Page.Locator("[name='Input.Password']").FillAsync(SupportHost.Password);
        // The page that answers, not the one that asked, which has loaded long ago.
        await visitor.Page.EvaluateAsync("() => { window.asked = true; }");
        await visitor.Page.Locator("[name='Input.Password']").PressAsync("Enter");
        await visitor.Page.WaitForFunctionAsync("() => !window.asked && document.readyState === 'complete'");
    }
}

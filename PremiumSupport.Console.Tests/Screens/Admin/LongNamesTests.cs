using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Names without a place to break, as long as a form takes them, on a phone.</summary>
[Trait("Category", "Browser")]
public sealed class LongNamesTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task No_page_of_an_admin_scrolls_sideways_for_a_long_name()
    {
        var name = string.Concat(Enumerable.Repeat("Rindfleischetikettierung", 4));
        _ = host.Address;
        using (var scope = host.Services.CreateScope())
        {
            Assert.True((await scope.ServiceProvider.GetRequiredService<StaffCommands>().InviteAsync(name, $"{name[..60]}@{name[..50]}.example", Roles.TeamLead, StaffFakes.Admin, TestContext.Current.CancellationToken)).IsDone);
        }

        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people", new() { Width = 390, Height = 844 });
        foreach (var path in new[] { "/admin/people", "/admin/teams", "/admin/policies", "/admin/api-keys", "/team" })
        {
            await admin.GoAsync(path);
            await Expect(admin.Page.Locator("main")).ToContainTextAsync(name);
            Assert.Equal((path, 0), (path, await admin.Page.EvaluateAsync<int>("() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; }")));
        }

        Assert.Empty(admin.Errors);
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>An admin lets somebody in, makes more of them, and shows them out; and does the same to a program.</summary>
[Trait("Category", "Journey")]
public sealed partial class PeopleJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Password = "four words in a row";

    [Fact]
    public async Task Somebody_is_invited_comes_is_promoted_and_is_gone_at_once()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        await admin.Find("invite-name").FillAsync("Bea Beispiel");
        await admin.Find("invite-email").FillAsync("specialist@demo.example");
        await admin.Find("invite").ClickAsync();
        await Expect(admin.Find("invite-refused")).ToContainTextAsync("here already");
        await Expect(admin.Find("invite-name")).ToHaveValueAsync("Bea Beispiel");
        await admin.Find("invite-email").FillAsync("bea@demo.example");
        await admin.Find("invite").ClickAsync();
        var link = new Uri(await admin.Find("invite-link-text").InputValueAsync());
        await Expect(Person(admin)).ToContainTextAsync("invited");
        await admin.Find("invite-link-kept").ClickAsync();
        await Expect(admin.Page.Locator("main")).Not.ToContainTextAsync(link.Query);

        await using var bea = await browser.VisitAsync(host.Address);
        await bea.Page.GotoAsync(link.PathAndQuery);
        await bea.Page.Locator("[name='Input.Password']").FillAsync(Password);
        await bea.Page.Locator("[name='Input.Password']").PressAsync("Enter");
        await bea.Page.WaitForURLAsync("**/queue");
        await bea.GoAsync("/queue");

        await Person(admin).GetByTestId("person-role-choice").SelectOptionAsync("TeamLead");
        await Person(admin).GetByTestId("person-role-change").ClickAsync();
        await Expect(Person(admin).GetByTestId("person-role")).ToHaveTextAsync("Team lead");

        // Another role means signing in again, and then the dashboard is open.
        await Expect(bea.Page).ToHaveURLAsync(Ended());
        await bea.Page.GotoAsync("/account/login?returnUrl=/dashboard");
        await bea.Page.Locator("[name='Input.Email']").FillAsync("bea@demo.example");
        await bea.Page.Locator("[name='Input.Password']").FillAsync(Password);
        await bea.Page.Locator("[name='Input.Password']").PressAsync("Enter");
        await bea.Page.WaitForURLAsync("**/dashboard");
        await bea.GoAsync("/dashboard");

        await Person(admin).GetByTestId("person-disable").ClickAsync();
        await Person(admin).GetByTestId("person-disable-confirm").ClickAsync();
        await Expect(Person(admin)).ToHaveAttributeAsync("data-disabled", "true");
        // Her circuit is cut at once, and her page leads to the sign-in and says why.
        await Expect(bea.Page).ToHaveURLAsync(Ended());
        await Expect(bea.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Your sign-in has ended");
        Assert.DoesNotContain("/dashboard", (await bea.Page.GotoAsync("/dashboard"))!.Url.Split('?')[0], StringComparison.Ordinal);

        await admin.GoAsync("/admin/audit?subject=bea%40demo.example");
        await Expect(admin.Find("audit-entry")).ToHaveCountAsync(4);
        await Expect(admin.Find("audit-entry").First).ToContainTextAsync("disabled");
        await Expect(admin.Find("audit-entry").Nth(1)).ToContainTextAsync("Specialist → TeamLead");
        await admin.Find("audit-person").FillAsync("nobody of this name");
        await admin.Find("audit-search").ClickAsync();
        await Expect(admin.Find("audit-empty")).ToBeVisibleAsync();
        Assert.Contains("person=nobody", admin.Page.Url, StringComparison.Ordinal);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task The_last_admin_stays_one_and_is_told_why()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        var me = admin.Page.Locator("[data-email='admin@demo.example']");
        await Expect(me.GetByTestId("person-disable")).ToHaveCountAsync(0);
        await me.GetByTestId("person-role-choice").SelectOptionAsync("Specialist");
        await me.GetByTestId("person-role-change").ClickAsync();
        await Expect(me.GetByTestId("person-refused")).ToContainTextAsync("last admin");
    }

    [Fact]
    public async Task A_key_is_made_shown_once_replaced_and_ended()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/api-keys");
        await admin.Find("key-name").FillAsync("Nightly export");
        await admin.Find("key-make").ClickAsync();
        await Expect(admin.Find("key-refused")).ToContainTextAsync("for whom");
        await admin.Find("key-person").SelectOptionAsync(new SelectOptionValue { Label = "Elif Aydın" });
        await admin.Find("key-make").ClickAsync();
        var first = await admin.Find("key-made-text").InputValueAsync();
        await admin.Find("key-made-kept").ClickAsync();
        await Expect(admin.Page.Locator("main")).Not.ToContainTextAsync(first);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));

        var row = admin.Page.Locator("[data-testid='api-key'][data-name='Nightly export'][data-works='true']");
        await row.GetByTestId("key-rotate").ClickAsync();
        await row.GetByTestId("key-overlap").SelectOptionAsync("0");
        await row.GetByTestId("key-rotate-confirm").ClickAsync();
        var second = await admin.Find("key-rotated-text").InputValueAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(first), await StatusAsync(second)));
        await admin.Find("key-rotated-kept").ClickAsync();

        await row.GetByTestId("key-revoke").ClickAsync();
        await row.GetByTestId("key-revoke-confirm").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second));
        Assert.Empty(admin.Errors);
    }

    [Theory]
    [InlineData("/admin/people")]
    [InlineData("/admin/api-keys")]
    [InlineData("/admin/audit")]
    public async Task They_are_for_admins_alone(string path)
    {
        await using var lead = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await lead.Page.GotoAsync(path))!.Status);
    }

    private static ILocator Person(Visitor admin) => admin.Page.Locator("[data-email='bea@demo.example']");

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var api = host.Api(key);
        return (await api.GetAsync("/api/v1/queue", TestContext.Current.CancellationToken)).StatusCode;
    }

    // Where she is led; the way there may be begun twice, so what is awaited is the place and not one navigation.
    [GeneratedRegex(@"/account/login\?ended=1")]
    private static partial Regex Ended();
}

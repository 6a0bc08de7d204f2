using System.Net;
using System.Text;
using Microsoft.Playwright;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>An admin adds a customer by hand and many by a file, and connects a program.</summary>
[Trait("Category", "Journey")]
public sealed class AccountsJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task An_account_gets_what_it_bought_and_a_super_admin_and_its_own_file_limit()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/accounts");
        await admin.Find("account-key").FillAsync("acme");
        await admin.Find("account-name").FillAsync("Initech");
        await admin.Find("account-save").ClickAsync();
        await Expect(admin.Find("account-refused")).ToContainTextAsync("already");
        await Expect(admin.Find("account-name")).ToHaveValueAsync("Initech");
        await admin.Find("account-key").FillAsync("initech");
        await admin.Find("account-save").ClickAsync();
        await admin.Page.WaitForURLAsync("**/admin/accounts/initech");
        await Expect(admin.Find("entitlement")).ToContainTextAsync("Not entitled");

        await admin.Find("purchase-add").ClickAsync();
        await admin.Find("purchase-last").FillAsync("2020-01-01");
        await admin.Find("purchase-save").ClickAsync();
        await Expect(admin.Find("purchase-refused")).ToContainTextAsync("before the first");
        await admin.Find("purchase-last").FillAsync("2035-12-31");
        await admin.Find("purchase-save").ClickAsync();
        await Expect(admin.Find("purchase")).ToContainTextAsync("31 Dec 2035");
        await admin.Find("subscription-add").ClickAsync();
        await admin.Find("subscription-hub").FillAsync("Service Hub");
        await admin.Find("subscription-save").ClickAsync();
        await Expect(admin.Find("entitlement")).ToContainTextAsync("Entitled until");

        await admin.Find("contact-add").ClickAsync();
        await admin.Find("contact-email").FillAsync("ines@initech.example");
        await admin.Find("contact-name").FillAsync("Ines Initech");
        await admin.Find("contact-role").SelectOptionAsync("SuperAdmin");
        await admin.Find("contact-save").ClickAsync();
        var ines = admin.Page.Locator("[data-testid='contact'][data-email='ines@initech.example']");
        await Expect(ines).ToContainTextAsync("Super Admin");
        await ines.GetByTestId("contact-disable").ClickAsync();
        await Expect(ines).ToHaveAttributeAsync("data-disabled", "true");

        await admin.Find("limit-file").FillAsync("a lot");
        await admin.Find("limit-save").ClickAsync();
        await Expect(admin.Find("limit-refused")).ToContainTextAsync("whole numbers");
        await admin.Find("limit-file").FillAsync("5");
        await admin.Find("limit-save").ClickAsync();
        await Expect(admin.Find("limit-saved")).ToContainTextAsync("Saved");

        await admin.GoAsync("/admin/audit?subject=initech");
        await Expect(admin.Find("audit-entry").Filter(new() { HasText = "disabled a contact of" })).ToHaveCountAsync(1);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task A_file_is_previewed_written_and_its_refused_rows_come_back()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/import");
        await admin.Find("import-kind").SelectOptionAsync("Contacts");
        await admin.Find("import-file").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("account,email,name,role\nacme,file@acme.example,From a file,super_admin\nnowhere,b@nowhere.example,B,user\n"),
        });
        await Expect(admin.Find("import-expected")).ToContainTextAsync("1 new, 0 changed, 0 as they were, 1 refused");
        await Expect(admin.Find("import-row").Filter(new() { HasText = "There is no account nowhere" }).First).ToBeVisibleAsync();
        await admin.Find("import-start").ClickAsync();
        await Expect(admin.Find("import-run")).ToHaveAttributeAsync("data-state", "Done");
        await Expect(admin.Find("import-count")).ToContainTextAsync("1 new");
        var download = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Find("import-refused-file").ClickAsync());
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Contains("b@nowhere.example", text, StringComparison.Ordinal);
        Assert.Contains("There is no account nowhere.", text, StringComparison.Ordinal);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task A_program_is_connected_its_secret_shown_once_and_its_refusal_is_told()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/webhooks");
        await admin.Find("webhook-name").FillAsync("Billing");
        await admin.Find("webhook-url").FillAsync("http://127.0.0.1:9/hooks");
        await admin.Find("webhook-save").ClickAsync();
        await Expect(admin.Find("webhook-refused")).ToContainTextAsync("https alone");
        await admin.Find("webhook-url").FillAsync("https://127.0.0.1:9/hooks");
        await admin.Find("webhook-save").ClickAsync();
        var secret = await admin.Find("webhook-secret-text").InputValueAsync();
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        await admin.Find("webhook-secret-kept").ClickAsync();
        await admin.Find("webhook-test").ClickAsync();
        await Expect(admin.Find("delivery")).ToContainTextAsync("not a public address");
        await Expect(admin.Page.Locator("main")).Not.ToContainTextAsync(secret);
        await admin.Find("webhook-remove").ClickAsync();
        await admin.Find("webhook-remove-confirm").ClickAsync();
        await Expect(admin.Find("webhooks-empty")).ToBeVisibleAsync();
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task A_whole_account_is_let_in_no_more_after_a_question_and_again_by_a_press()
    {
        var number = await host.OpenTicketAsync("Open while its account is shut", requester: "greta@globex.example");
        using var greta = await host.CustomerAsync("greta@globex.example");
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/accounts/globex");
        var access = admin.Find("account-access");
        await admin.Find("account-disable").ClickAsync();
        await Expect(admin.Find("account-disable-ask")).ToContainTextAsync("signed out at once and cannot come back");
        await Expect(admin.Find("account-disable-ask")).ToContainTextAsync("in the queue, with every promise");
        await access.GetByText("Leave it as it is").ClickAsync();
        await Expect(access).ToHaveAttributeAsync("data-disabled", "false");
        Assert.Equal(HttpStatusCode.OK, (await greta.FetchAsync("/widget/v1/tickets")).StatusCode);

        await admin.Find("account-disable").ClickAsync();
        await admin.Find("account-disable-do").ClickAsync();
        await Expect(access).ToHaveAttributeAsync("data-disabled", "true");
        Assert.Equal(HttpStatusCode.Unauthorized, (await greta.FetchAsync("/widget/v1/tickets")).StatusCode);
        await admin.GoAsync("/admin/accounts?q=globex");
        await Expect(admin.Find("account")).ToContainTextAsync("disabled");

        // What is open stays work: it can still be answered.
        await admin.GoAsync($"/tickets/{number}");
        await Expect(admin.Page.Locator("[data-mode-tab='reply']")).ToHaveAttributeAsync("data-draft", "false");
        await admin.Find("reply-body").FillAsync("We go on with this.");
        await admin.Find("reply-send").ClickAsync();
        await Expect(admin.Find("timeline-item").Filter(new() { HasText = "We go on with this." })).ToBeVisibleAsync();

        await admin.GoAsync("/admin/accounts/globex");
        await admin.Find("account-enable").ClickAsync();
        await Expect(access).ToHaveAttributeAsync("data-disabled", "false");
        using var again = await host.CustomerAsync("greta@globex.example");
        Assert.Equal(HttpStatusCode.OK, (await again.FetchAsync("/widget/v1/tickets")).StatusCode);
        Assert.Empty(admin.Errors);
    }

    [Theory]
    [InlineData("/admin/accounts")]
    [InlineData("/admin/import")]
    [InlineData("/admin/webhooks")]
    [InlineData("/admin/teams")]
    [InlineData("/admin/files")]
    public async Task They_are_for_admins_alone(string path)
    {
        await using var lead = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await lead.Page.GotoAsync(path))!.Status);
    }
}

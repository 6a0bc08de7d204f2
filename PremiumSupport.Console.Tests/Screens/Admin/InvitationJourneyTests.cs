using Microsoft.Playwright;
using PremiumSupport.Tests.Channels.Email;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>An admin invites somebody by mail and sees what becomes of it; the invited come by the link in their mailbox.</summary>
[Trait("Category", "Journey")]
public sealed class InvitationJourneyTests(Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_invited_by_mail_finds_the_link_in_their_mailbox_and_comes()
    {
        var servers = MailServers.OrSkip();
        var address = servers.NewAddress("bea");
        await using var host = new SupportHost(new Dictionary<string, string?>(servers.Sending($"support@{servers.Domain}")) { ["PublicUrl"] = "https://support.example" });
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        await InviteAsync(admin, address, "German");
        await Expect(admin.Find("invite-said")).ToContainTextAsync($"A mail goes to {address}");
        await Expect(Person(admin, address).GetByTestId("link-mail")).ToHaveAttributeAsync("data-state", "sent");

        var mail = Assert.Single(await servers.WaitForAsync(address, 1, Cancel));
        Assert.StartsWith("Einladung zum Support-Team", mail.Subject, StringComparison.Ordinal);
        var link = new Uri("https://support.example/" + mail.TextBody!.Split("https://support.example/")[1].Split(['\r', '\n'])[0]);
        await using var bea = await browser.VisitAsync(host.Address);
        await bea.Page.GotoAsync(link.PathAndQuery);
        await bea.Page.Locator("[name='Input.Password']").FillAsync("four words in a row");
        await bea.Page.Locator("[name='Input.Password']").PressAsync("Enter");
        await bea.Page.WaitForURLAsync("**/queue");
        await Expect(Person(admin, address).GetByTestId("link-mail")).ToHaveCountAsync(0);
        // What was chosen is proposed the next time.
        await admin.GoAsync("/admin/people");
        await Expect(admin.Find("invite-language")).ToHaveValueAsync("de");
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task A_mail_that_comes_back_says_so_with_the_reason_and_offers_the_link()
    {
        var servers = MailServers.OrSkip();
        var (desk, gone) = (servers.NewAddress("desk"), servers.GoneAddress("bea"));
        await using var host = new SupportHost(new Dictionary<string, string?>(servers.Sending(desk))
        {
            ["PublicUrl"] = "https://support.example",
            ["Email:Imap:Host"] = servers.Host,
            ["Email:Imap:Port"] = $"{servers.Port("Imap")}",
            ["Email:Imap:Security"] = "None",
            ["Email:Imap:UserName"] = desk,
            ["Email:Imap:Password"] = servers.Password,
            ["Email:Imap:PollEvery"] = "00:00:01",
        });
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        await InviteAsync(admin, gone);
        var line = Person(admin, gone).GetByTestId("link-mail");
        await Expect(line).ToHaveAttributeAsync("data-state", "dead");
        await Expect(line).ToContainTextAsync("could not be delivered: 5.");
        await Person(admin, gone).GetByTestId("link-mail-copy").ClickAsync();
        var link = new Uri(await admin.Find("person-link-made-text").InputValueAsync());
        await Expect(line).ToHaveCountAsync(0);
        await using var bea = await browser.VisitAsync(host.Address);
        Assert.Equal(200, (await bea.Page.GotoAsync(link.PathAndQuery))!.Status);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_delivered_says_so_and_the_link_is_copied_instead()
    {
        await using var server = new FakeSmtpServer { Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "451 4.3.0 try again later" : null };
        await using var host = new SupportHost(new Dictionary<string, string?>(server.Settings) { ["PublicUrl"] = "https://support.example" });
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        await InviteAsync(admin, "bea@desk.example");
        var line = Person(admin, "bea@desk.example").GetByTestId("link-mail");
        await Expect(line).ToContainTextAsync("did not go yet: 451 4.3.0 try again later");

        server.Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user here" : null;
        await Person(admin, "bea@desk.example").GetByTestId("person-mail").ClickAsync();
        await Expect(line).ToContainTextAsync("could not be delivered: 550 5.1.1 no such user here");

        await Person(admin, "bea@desk.example").GetByTestId("person-link").ClickAsync();
        var link = new Uri(await admin.Find("person-link-made-text").InputValueAsync());
        await Expect(line).ToHaveCountAsync(0);
        await using var bea = await browser.VisitAsync(host.Address);
        Assert.Equal(200, (await bea.Page.GotoAsync(link.PathAndQuery))!.Status);
        Assert.Empty(server.Taken);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task Without_an_address_of_its_own_the_desk_says_why_no_link_is_mailed()
    {
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(server.Settings);
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/people");
        await Expect(admin.Page.Locator("main")).ToContainTextAsync("until PublicUrl");
        await InviteAsync(admin, "bea@desk.example");
        await Expect(admin.Find("invite-link")).ToBeVisibleAsync();
        await Expect(admin.Find("person-mail")).ToHaveCountAsync(0);
        Assert.Empty(server.Taken);
    }

    private static async Task InviteAsync(Visitor admin, string address, string? language = null)
    {
        await admin.Find("invite-name").FillAsync("Bea Beispiel");
        await admin.Find("invite-email").FillAsync(address);
        if (language is not null)
        {
            await admin.Find("invite-language").SelectOptionAsync(language);
        }

        await admin.Find("invite").ClickAsync();
    }

    private static ILocator Person(Visitor admin, string address) => admin.Page.Locator($"[data-email='{address}']");
}

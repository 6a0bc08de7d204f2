using Deque.AxeCore.Playwright;
using PremiumSupport.Tests.Channels.Email;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>The mail's admin page: whether it is sent, what could not be delivered, and what it says.</summary>
[Trait("Category", "Browser")]
public sealed class MailPageTests(Browser browser)
{
    [Fact]
    public async Task An_admin_sends_a_dead_mail_again_and_changes_what_mails_say()
    {
        await using var server = new FakeSmtpServer { Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user here" : null };
        await using var host = new SupportHost(server.Settings);
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/mail");
        await Expect(visitor.Find("mail-sending")).ToContainTextAsync("support@desk.example");
        await host.OpenTicketAsync("Exports stop");
        await Expect(visitor.Page.Locator("[data-testid='mail'][data-state='Dead']")).ToContainTextAsync("550 5.1.1 no such user here");

        server.Answer = _ => null;
        await visitor.Find("mail-again").ClickAsync();
        await Expect(visitor.Page.Locator("[data-testid='mail'][data-state='Sent']")).ToContainTextAsync("sofia@acme.example");
        await Expect(visitor.Find("outbox")).ToHaveAttributeAsync("data-dead", "0");

        await Expect(visitor.Find("mail-preview-text")).ToContainTextAsync("You get our first response by");
        await visitor.Find("mail-body").FillAsync("Dear {{ name }},\n\n{{ nobody }}");
        await Expect(visitor.Find("mail-wrong")).ToContainTextAsync("Line 3: there is nothing called “nobody”");
        // While there is no preview: what looks for barriers would wait in its frame, which runs no script, for ever.
        await Expect(visitor.Page.Locator("iframe")).ToHaveCountAsync(0);
        Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        await visitor.Find("mail-save").ClickAsync();
        await Expect(visitor.Find("mail-origin")).ToContainTextAsync("As it comes with the product");
        await visitor.Find("mail-body").FillAsync("Dear {{ name }},\n\nwe have it, and answer by {{ due }}.");
        await Expect(visitor.Find("mail-wrong")).ToHaveCountAsync(0);
        await Expect(visitor.Find("mail-preview-text")).ToContainTextAsync("Dear Sofia Lindqvist");
        await Expect(visitor.Page.FrameLocator("iframe").Locator("body")).ToContainTextAsync("we have it, and answer by");
        await visitor.Find("mail-save").ClickAsync();
        await Expect(visitor.Find("mail-origin")).ToContainTextAsync("Changed by");

        await host.OpenTicketAsync("Imports stop");
        await server.NextAsync(TestContext.Current.CancellationToken);
        await server.NextAsync(TestContext.Current.CancellationToken);
        Assert.Contains("we have it, and answer by", server.Taken[^1].TextBody, StringComparison.Ordinal);

        await visitor.Find("mail-reset").ClickAsync();
        await Expect(visitor.Find("mail-origin")).ToContainTextAsync("As it comes with the product");
        await Expect(visitor.Find("mail-preview-text")).ToContainTextAsync("You get our first response by");

        // Who did what, and back to it with one button.
        await visitor.Find("template-history").Locator("summary").ClickAsync();
        await Expect(visitor.Find("template-version")).ToHaveCountAsync(2);
        await Expect(visitor.Find("template-version").First).ToContainTextAsync("went back to the default");
        await Expect(visitor.Find("template-version").Last).ToContainTextAsync("changed the text");
        await visitor.Find("template-version").Last.GetByTestId("template-version-show").ClickAsync();
        await visitor.Find("template-again").ClickAsync();
        await Expect(visitor.Find("mail-preview-text")).ToContainTextAsync("we have it, and answer by");
        await Expect(visitor.Find("mail-origin")).ToContainTextAsync("Changed by");
        await Expect(visitor.Find("template-version")).ToHaveCountAsync(3);
        await Expect(visitor.Find("template-version").First).ToContainTextAsync("in force");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Nobody_but_an_admin_gets_at_it_and_without_a_server_it_says_how_to_name_one()
    {
        await using var host = new SupportHost();
        await using var lead = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await lead.Page.GotoAsync("/admin/mail"))!.Status);
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/mail");
        await Expect(admin.Find("mail-sending")).ToContainTextAsync("Email:Smtp:Host");
    }
}

using PremiumSupport.Tests.Channels.Email;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>A customer takes the conversation along: as a file, and by mail where mail is sent.</summary>
[Trait("Category", "Journey")]
public sealed class TranscriptJourneyTests(Browser browser)
{
    [Fact]
    public async Task The_conversation_goes_to_the_customers_own_address_and_into_a_file()
    {
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(server.Settings);
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=de");
        await Expect(customer.Find("chat.mail")).ToBeHiddenAsync();
        await customer.Find("chat-input").FillAsync("To be read again on the train.");
        await customer.Find("chat-send").ClickAsync();
        await Expect(customer.Find("chat-message").First).ToHaveAttributeAsync("data-seq", "1");

        await customer.Find("chat.mail").ClickAsync();
        await Expect(customer.Find("transcript-told")).ToHaveTextAsync("Das Gespräch ist unterwegs an sofia@acme.example.");
        do
        {
            await server.NextAsync(TestContext.Current.CancellationToken);
        }
        while (!server.Taken.Any(mail => mail.To.Mailboxes.Single().Address == "sofia@acme.example"));

        var mail = server.Taken.Single(mail => mail.To.Mailboxes.Single().Address == "sofia@acme.example");
        Assert.Contains("To be read again on the train.", mail.TextBody, StringComparison.Ordinal);

        var file = await customer.Page.RunAndWaitForDownloadAsync(() => customer.Find("chat.download").ClickAsync());
        Assert.Contains("To be read again on the train.", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(customer.Errors);
    }

    [Fact]
    public async Task Where_no_mail_is_sent_there_is_no_button_for_it()
    {
        await using var host = new SupportHost();
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await customer.Find("chat-input").FillAsync("Hello");
        await customer.Find("chat-send").ClickAsync();
        await Expect(customer.Find("chat.download")).ToBeVisibleAsync();
        await Expect(customer.Find("chat.mail")).ToHaveCountAsync(0);
    }
}

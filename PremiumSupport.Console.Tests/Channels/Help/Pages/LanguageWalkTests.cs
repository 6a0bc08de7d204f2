using System.Globalization;
using Microsoft.Playwright;
using PremiumSupport.Channels.Help;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>From the icon on the vendor's page to the receipt, in each language and in a zone where it is spoken.</summary>
[Trait("Category", "Journey")]
public sealed class LanguageWalkTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Theory]
    [InlineData("en", "en-IN", "Asia/Kolkata")]
    [InlineData("es", "es-MX", "America/Mexico_City")]
    [InlineData("it", "it-IT", "Europe/Rome")]
    [InlineData("fr", "fr-CA", "America/Toronto")]
    [InlineData("de", "de-DE", "Europe/Berlin")]
    [InlineData("nb", "nb-NO", "Europe/Oslo")]
    public async Task A_customer_walks_from_icon_to_receipt(string language, string locale, string zone)
    {
        var texts = CustomerTexts.Of(language);
        await using var visitor = await browser.VisitAsync(host.Address, locale, zone);
        await visitor.Page.GotoAsync("/demo");
        await visitor.Page.Locator("#language").SelectOptionAsync(language);
        await visitor.Page.Locator("[data-testid='demo-customer'][data-email='sofia@acme.example']").ClickAsync();
        await Expect(visitor.Find("help-icon")).ToHaveAccessibleNameAsync(texts["help"]);
        await visitor.Find("help-icon").ClickAsync();
        var frame = visitor.Page.FrameLocator("#premium-support-dialog iframe");
        await Expect(frame.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(texts["help"]);

        await frame.GetByTestId("ask-input").FillAsync("Nobody can sign in since we changed the certificate");
        await Expect(frame.GetByTestId("article-suggestion").First).ToBeVisibleAsync();
        await frame.GetByTestId("contact-us").ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(texts["contact.title"]);
        await Expect(frame.GetByText(texts[language == "en" ? "contact.english" : "contact.englishOnly"], new() { Exact = true })).ToBeVisibleAsync();
        await frame.GetByTestId("channel-email").ClickAsync();
        await Expect(frame.GetByText(texts["contact.englishOnly"], new() { Exact = true })).ToHaveCountAsync(language == "en" ? 0 : 1);
        await frame.GetByTestId("subject").FillAsync("Sign-in");
        await frame.GetByTestId("business-critical").CheckAsync();
        await frame.Locator("[data-testid='criterion'][value='signIn']").CheckAsync();
        await Expect(frame.GetByText(texts["criterion.signIn"], new() { Exact = true })).ToBeVisibleAsync();
        await frame.GetByTestId("impact").FillAsync("All of us.");
        await frame.GetByTestId("submit-ticket").ClickAsync();

        await Expect(frame.GetByTestId("receipt")).ToBeVisibleAsync();
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(texts["receipt.title"]);
        var due = TimeZoneInfo.ConvertTime(await frame.GetByTestId("receipt-due").DueAsync(), TimeZoneInfo.FindSystemTimeZoneById(zone));
        await Expect(frame.Locator(".absolute")).ToContainTextAsync(due.ToString("HH:mm", CultureInfo.InvariantCulture));
        await Expect(frame.GetByText(texts["receipt.guaranteed"], new() { Exact = true })).ToBeVisibleAsync();
        await Expect(frame.Locator(".why li")).Not.ToHaveCountAsync(0);
        if (language != "en")
        {
            var english = CustomerTexts.Of("en");
            await Expect(frame.Locator("body")).Not.ToContainTextAsync(english["receipt.title"]);
            await Expect(frame.Locator("body")).Not.ToContainTextAsync(english["why.role.superAdmin"]);
        }

        Assert.Empty(visitor.Strangers);
        Assert.Empty(visitor.Errors);
    }
}

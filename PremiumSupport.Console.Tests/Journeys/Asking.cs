using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>What a customer does, in the words of the journeys.</summary>
internal static class Asking
{
    /// <summary>Becomes one of the demo's customers by way of the vendor's page, so that identity comes from the loader as it does in life.</summary>
    public static async Task BecomeAsync(this Visitor visitor, string email)
    {
        await visitor.Page.GotoAsync("/demo");
        await visitor.Page.Locator($"[data-testid='demo-customer'][data-email='{email}']").ClickAsync();
        await visitor.Find("help-icon").ClickAsync();
        await Expect(visitor.Page.FrameLocator("iframe").GetByTestId("ask-input")).ToBeVisibleAsync();

        // Anybody may ask; only who is known may leave for another page and still be known there.
        await visitor.Page.WaitForFunctionAsync("email => Object.values(localStorage).some(kept => kept.includes(email))", email);
    }

    /// <summary>Asks, looks at what is suggested, and goes on to the channels.</summary>
    public static async Task AskAsync(this Visitor visitor, string question)
    {
        await visitor.Find("ask-input").FillAsync(question);
        await visitor.Find("ask-input").PressAsync("Control+Enter");
        await Expect(visitor.Find("article-suggestion").First).ToBeVisibleAsync();
        await visitor.Find("contact-us").ClickAsync();
    }

    /// <summary>The element's data-due.</summary>
    public static async Task<DateTimeOffset> DueAsync(this ILocator locator) =>
        DateTimeOffset.Parse((await locator.GetAttributeAsync("data-due"))!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The row of a ticket in the queue.</summary>
    public static ILocator Row(this Visitor visitor, string number) => visitor.Page.Locator($"[data-testid='queue-row'][data-ticket='{number}']");
}

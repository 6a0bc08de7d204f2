using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>Every page that a customer can come to, with something on it to look at.</summary>
internal static class CustomerPages
{
    private const string Sofia = "sofia@acme.example";

    /// <summary>Opens each page in a language and calls <paramref name="look"/> on it.</summary>
    public static async Task EachAsync(SupportHost host, Visitor visitor, string language, Func<string, Task> look)
    {
        var (number, chat) = await AskedAsync(host);
        var page = visitor.Page;
        await page.GotoAsync($"/help?lang={language}#contact");
        await SeeAsync("not-available", "not-available");

        await visitor.BecomeAsync(Sofia);
        await page.GotoAsync($"/help?lang={language}");
        await visitor.Find("ask-input").FillAsync("Nobody can sign in since we changed the certificate");
        await SeeAsync("help", "article-suggestion");
        await visitor.Find("article-suggestion").First.ClickAsync();
        await SeeAsync("article", "article-helpful");
        await OpenAsync("#contact", "contact", "channel-email");
        await OpenAsync("#write/email", "email form", "submit-ticket");
        await visitor.Find("business-critical").CheckAsync();
        await visitor.Find("subject").FillAsync("");
        await visitor.Find("submit-ticket").ClickAsync();
        await Expect(page.Locator("[aria-invalid='true']").First).ToBeVisibleAsync();
        await look("email form with errors");
        await OpenAsync("#write/phone", "phone form", "phone-input");
        await OpenAsync($"#receipt/{number}", "receipt", "receipt-due");
        await OpenAsync($"#request/{number}", "request", "request-message");
        await OpenAsync("#requests", "requests", "request-row");
        await OpenAsync("#request/999999", "a request that is not there", null);
        await page.GotoAsync($"/chat?lang={language}");
        await Expect(visitor.Find("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        await SeeAsync("chat", "chat-input");
        await page.GotoAsync($"/chat?lang={language}&number={chat}");
        await Expect(visitor.Find("connection-state")).ToHaveAttributeAsync("data-state", "connected");
        await SeeAsync("conversation", "chat-message");

        async Task OpenAsync(string hash, string name, string? testId)
        {
            await page.GotoAsync($"/help?lang={language}{hash}");
            await page.ReloadAsync();
            if (testId is null)
            {
                await page.Locator(".notice").First.WaitForAsync();
            }

            await SeeAsync(name, testId);
        }

        async Task SeeAsync(string name, string? testId)
        {
            if (testId is not null)
            {
                await visitor.Find(testId).First.WaitForAsync();
            }

            await look(name);
        }
    }

    // One request of the email form with an answer, and one chat.
    private static async Task<(long Number, long Chat)> AskedAsync(SupportHost host)
    {
        var api = new ApiCaller(host.Api());
        var number = await api.OpenAsync(ApiCaller.Critical());
        await api.SayAsync(number, "We are looking at https://status.example/incidents/1 now.");
        var chat = await api.OpenAsync(new { channel = "chat", requester = new { email = Sofia }, account = "acme", subject = "A chat", body = "Is anybody there?" });
        await api.SayAsync(chat, "Yes. What can I do for you?");
        await api.OpenAsync(new { channel = "phone", requester = new { email = Sofia }, account = "acme", subject = "A call", body = "Please ring.", phoneNumber = "+4930901820" });
        return (number, chat);
    }
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Journey 3: a chat that loses nothing, killed in the middle.</summary>
[Trait("Category", "Journey")]
public sealed class ChatJourneyTests(Browser browser)
{
    [Fact]
    public async Task A_killed_server_loses_no_acknowledged_message_doubles_none_and_sends_what_waited()
    {
        await using var support = new SupportProcess(new Dictionary<string, string>());
        await support.StartAsync();
        await using var customer = await browser.VisitAsync(support.Address);
        await using var specialist = await browser.VisitAsync(support.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await SayAsync(customer, "one");
        await Expect(Message(customer, "one")).ToHaveAttributeAsync("data-seq", "1");

        await specialist.SignInAsync("specialist@demo.example");
        await specialist.Find("queue-row").First.WaitForAsync();
        var number = (await specialist.Find("queue-row").First.GetAttributeAsync("data-ticket"))!;
        await specialist.OpenAsync($"/tickets/{number}");
        await Expect(Entry(specialist, "one")).ToBeVisibleAsync();

        // Typing both ways, then a message each way.
        await customer.Find("chat-input").PressSequentiallyAsync("tw");
        await Expect(specialist.Find("chat-typing")).ToContainTextAsync("Sofia");
        await customer.Find("chat-input").FillAsync("");
        await AnswerAsync(specialist, "two");
        await Expect(Message(customer, "two")).ToHaveAttributeAsync("data-from", "staff");
        await SayAsync(customer, "three");
        await Expect(Message(customer, "three")).ToHaveAttributeAsync("data-seq", "3");
        await Expect(Entry(specialist, "three")).ToBeVisibleAsync();

        await support.KillAsync();
        await SayAsync(customer, "four, written while nobody listened");
        await SayAsync(customer, "five");
        await Expect(Message(customer, "five")).ToHaveAttributeAsync("data-seq", "");

        await support.StartAsync();
        await Expect(Message(customer, "five")).ToHaveAttributeAsync("data-seq", "5", new() { Timeout = 60_000 });
        string[] expected = ["one", "two", "three", "four, written while nobody listened", "five"];
        Assert.Equal(["1", "2", "3", "4", "5"], await SequencesAsync(customer));

        // The console comes back by itself; its circuit is a new one, its page the same.
        await Expect(Entry(specialist, "five")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        foreach (var text in expected)
        {
            await Expect(Entry(specialist, text)).ToHaveCountAsync(1);
            await Expect(Message(customer, text)).ToHaveCountAsync(1);
        }

        await AnswerAsync(specialist, "six, after the restart");
        await Expect(Message(customer, "six, after the restart")).ToHaveAttributeAsync("data-seq", "6");
        Assert.Empty(customer.Strangers);
    }

    private static async Task SayAsync(Visitor customer, string text)
    {
        await customer.Find("chat-input").FillAsync(text);
        await customer.Find("chat-send").ClickAsync();
    }

    private static async Task AnswerAsync(Visitor specialist, string text)
    {
        await specialist.Find("reply-body").FillAsync(text);
        await specialist.Find("reply-send").ClickAsync();
    }

    private static ILocator Message(Visitor customer, string text) => customer.Find("chat-message").Filter(new() { HasText = text });

    private static ILocator Entry(Visitor specialist, string text) => specialist.Page.Locator("[data-testid='timeline-item'][data-kind='public']").Filter(new() { HasText = text });

    private static async Task<IEnumerable<string?>> SequencesAsync(Visitor customer) =>
        await Task.WhenAll((await customer.Find("chat-message").AllAsync()).Select(message => message.GetAttributeAsync("data-seq")));
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Both sides of a chat in real browsers: what each sees of the other, two pages of one customer, and what happens when nobody is there.</summary>
[Trait("Category", "Journey")]
public sealed class ChatSidesJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task Each_side_sees_how_far_the_other_has_read_also_after_a_reload_and_two_pages_show_the_same()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await using var specialist = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await SayAsync(customer, "Is anybody there?");
        await Expect(State(customer, "Is anybody there?")).ToHaveAttributeAsync("data-state", "sent");

        await specialist.SignInAsync("specialist@demo.example");
        var number = await NewestAsync(specialist);
        await specialist.OpenAsync($"/tickets/{number}");
        await Expect(State(customer, "Is anybody there?")).ToHaveAttributeAsync("data-state", "read");
        await Expect(customer.Find("staff-here")).ToHaveTextAsync("A specialist is here");
        await Expect(specialist.Find("customer-read")).ToHaveAttributeAsync("data-here", "true");
        await customer.Page.ReloadAsync();
        await Expect(State(customer, "Is anybody there?")).ToHaveAttributeAsync("data-state", "read");

        await specialist.Find("reply-body").FillAsync("Here I am");
        await specialist.Find("reply-send").ClickAsync();
        await Expect(specialist.Find("customer-read")).ToHaveAttributeAsync("data-state", "read");
        await specialist.Page.ReloadAsync();
        await Expect(specialist.Find("customer-read")).ToHaveAttributeAsync("data-state", "read");

        var second = await customer.Page.Context.NewPageAsync();
        await second.GotoAsync("/chat?lang=en");
        await SayAsync(customer, "From my first page");
        await Expect(second.GetByTestId("chat-message").Filter(new() { HasText = "From my first page" })).ToHaveAttributeAsync("data-seq", "3");
        await second.GetByTestId("chat-input").FillAsync("And from my second");
        await second.GetByTestId("chat-send").ClickAsync();
        await Expect(Message(customer, "And from my second")).ToHaveAttributeAsync("data-seq", "4");
        await Expect(Message(customer, "And from my second")).ToHaveCountAsync(1);
        Assert.Empty(customer.Errors);
        Assert.Empty(specialist.Errors);
    }

    [Fact]
    public async Task Where_nobody_is_there_the_words_go_along_to_the_form_and_its_promise_applies()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("uwe@acme.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await SayAsync(customer, "Since this morning the export stops.");
        await Expect(Message(customer, "Since this morning the export stops.")).ToHaveAttributeAsync("data-seq", "1");
        await customer.Find("chat-input").FillAsync("It says nothing more");
        await Expect(customer.Find("chat-wait")).ToContainTextAsync("No specialist is at the chat right now.");
        await customer.Find("chat-to-form").ClickAsync();

        await Expect(customer.Find("details")).ToHaveValueAsync("Since this morning the export stops.\n\nIt says nothing more");
        await customer.Page.ReloadAsync();
        await Expect(customer.Find("details")).ToHaveValueAsync("Since this morning the export stops.\n\nIt says nothing more");
        await customer.Find("submit-ticket").ClickAsync();
        await Expect(customer.Find("receipt-due")).ToBeVisibleAsync();
        await customer.Page.GotoAsync("/chat?lang=en");
        await Expect(customer.Page.GetByText("This conversation is closed.")).ToBeVisibleAsync();
        Assert.Empty(customer.Errors);
    }

    [Fact]
    public async Task A_colleagues_answer_is_shown_before_ones_own_goes_out_and_nothing_typed_is_lost()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await using var first = await browser.VisitAsync(host.Address);
        await using var second = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("greta@globex.example");
        await customer.Page.GotoAsync("/chat?lang=en");
        await SayAsync(customer, "Who answers me?");
        await Expect(Message(customer, "Who answers me?")).ToHaveAttributeAsync("data-seq", "1");
        await first.SignInAsync("specialist@demo.example");
        var number = await NewestAsync(first);
        await first.OpenAsync($"/tickets/{number}");
        await second.SignInAsync("second@demo.example", $"/tickets/{number}");

        // Keys are pressed whether or not anybody listens.
        await Expect(second.Find("reply-body")).ToBeEditableAsync();
        await second.Find("reply-body").PressSequentiallyAsync("Mine");
        await first.Find("reply-body").FillAsync("I do");
        await first.Find("reply-send").ClickAsync();
        await Expect(Message(customer, "I do")).ToBeVisibleAsync();
        await second.Find("reply-send").ClickAsync();
        await Expect(second.Find("answered-meanwhile")).ToContainTextAsync("I do");
        await Expect(second.Find("reply-body")).ToHaveValueAsync("Mine");
        await Expect(Message(customer, "Mine")).ToHaveCountAsync(0);

        await second.Find("send-anyway").ClickAsync();
        await Expect(Message(customer, "Mine")).ToHaveAttributeAsync("data-seq", "3");
        await Expect(second.Find("reply-body")).ToHaveValueAsync("");
        await Expect(second.Find("answered-meanwhile")).ToBeHiddenAsync();
        Assert.Empty(second.Errors);
    }

    private static async Task SayAsync(Visitor customer, string text)
    {
        await customer.Find("chat-input").FillAsync(text);
        await customer.Find("chat-send").ClickAsync();
    }

    private static async Task<string> NewestAsync(Visitor specialist)
    {
        await specialist.OpenAsync("/queue/chat");
        await specialist.Find("queue-row").First.WaitForAsync();
        var numbers = await Task.WhenAll((await specialist.Find("queue-row").AllAsync()).Select(row => row.GetAttributeAsync("data-ticket")));
        return numbers.MaxBy(number => long.Parse(number!, System.Globalization.CultureInfo.InvariantCulture))!;
    }

    private static ILocator Message(Visitor customer, string text) => customer.Find("chat-message").Filter(new() { HasText = text });

    private static ILocator State(Visitor customer, string text) => Message(customer, text).GetByTestId("message-state");
}

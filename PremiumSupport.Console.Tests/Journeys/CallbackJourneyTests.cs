using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>A call back in two browsers: the customer asks and watches, the specialist calls, and each sees what the other does without reloading.</summary>
[Trait("Category", "Journey")]
public sealed class CallbackJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_customer_asks_for_a_call_and_sees_it_ring_fail_and_be_planned_again_until_they_cancel_it()
    {
        await using var customer = await browser.VisitAsync(host.Address, zone: "America/New_York");
        await using var specialist = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("greta@globex.example");
        await customer.Page.GotoAsync("/help?lang=en#write/phone");
        await customer.Find("phone-input").FillAsync(ApiCaller.NewNumber());
        await customer.Find("request-call").ClickAsync();
        await Expect(customer.Find("receipt")).ToBeVisibleAsync();
        await Expect(customer.Find("call-standing")).ToContainTextAsync("You are next");
        var number = (await customer.Find("receipt").GetAttributeAsync("data-ticket"))!;

        await specialist.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await Expect(specialist.Find("call-now")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(@"^tel:\+1617"));
        // The key does what the button does; what a tel: link opens is the machine's business.
        await specialist.Page.Keyboard.PressAsync("c");
        await Expect(specialist.Find("running-call")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*0:\d\d"));
        await Expect(specialist.Page.Locator("[data-testid='sla-countdown'][data-state='met']").First).ToBeVisibleAsync();
        await Expect(customer.Find("call-standing")).ToHaveTextAsync("We are ringing you.");

        await specialist.Find("call-notes").FillAsync("Only the answering machine of the office.");
        await specialist.Find("log-call").Locator("[data-outcome='NoAnswer']").ClickAsync();
        await Expect(specialist.Find("call-row")).ToHaveAttributeAsync("data-outcome", "NoAnswer");
        await Expect(specialist.Find("next-call")).ToBeVisibleAsync();
        await Expect(specialist.Page.Locator("[data-testid='timeline-item'][data-kind='internal']")).ToContainTextAsync("answering machine");
        await Expect(customer.Find("call-standing")).ToContainTextAsync("We call today at");
        await Expect(customer.Page.GetByText("answering machine")).ToHaveCountAsync(0);

        await customer.Page.Locator("summary", new() { HasTextString = "Change the call" }).ClickAsync();
        await customer.Find("call-cancel").ClickAsync();
        await Expect(customer.Find("call-standing")).ToHaveTextAsync("No call is planned.");
        await Expect(specialist.Find("call-state")).ToHaveTextAsync("no call wanted");
    }

    [Fact]
    public async Task A_time_that_a_customer_names_is_on_their_wall_and_warns_who_would_call_before()
    {
        await using var customer = await browser.VisitAsync(host.Address, zone: "America/New_York");
        await using var specialist = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync("/help?lang=en#write/phone");
        await customer.Find("phone-input").FillAsync(ApiCaller.NewNumber());
        var day = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await customer.Find("call-from").FillAsync($"{day}T14:00");
        await customer.Find("call-to").FillAsync("13:00");
        await customer.Find("request-call").ClickAsync();
        await Expect(customer.Page.GetByText("the end after the beginning")).ToBeVisibleAsync();
        await customer.Find("call-to").FillAsync("16:00");
        await customer.Find("request-call").ClickAsync();
        await Expect(customer.Find("call-standing")).ToContainTextAsync("14:00");
        var number = (await customer.Find("receipt").GetAttributeAsync("data-ticket"))!;

        await specialist.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await Expect(specialist.Find("call-card")).ToContainTextAsync("14:00 to 16:00");
        await Expect(specialist.Find("call-hint")).ToContainTextAsync("They asked for a later time");
        await Expect(specialist.Find("call-now")).ToContainTextAsync("Call all the same");
    }

    [Fact]
    public async Task A_call_to_us_is_logged_with_one_key_for_whom_the_specialist_asked()
    {
        await using var specialist = await browser.VisitAsync(host.Address);
        await specialist.SignInAsync("specialist@demo.example");
        await specialist.Page.Keyboard.PressAsync("Shift+C");
        await Expect(specialist.Find("incoming-form")).ToBeVisibleAsync();
        await specialist.Find("incoming-number").FillAsync("+1 617 555 0143");
        await specialist.Find("incoming-who").PressSequentiallyAsync("haruka");
        await specialist.Find("caller-choice").First.ClickAsync();
        await specialist.Find("incoming-subject").FillAsync("Wants to know how to export");
        await specialist.Find("incoming-notes").FillAsync("Explained it.");
        await specialist.Find("incoming-log").ClickAsync();
        await Expect(specialist.Page.Locator("h1", new() { HasTextString = "Wants to know how to export" })).ToBeVisibleAsync();
        await Expect(specialist.Find("call-row")).ToContainTextAsync("They rang us");
    }
}

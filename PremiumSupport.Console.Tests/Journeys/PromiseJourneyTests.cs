using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Journey 1: a promise is made, shown, watched and kept.</summary>
[Trait("Category", "Journey")]
public sealed class PromiseJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_critical_request_in_German_is_promised_seen_confirmed_answered_and_met()
    {
        await using var customer = await browser.VisitAsync(host.Address, "de-DE", "America/New_York");
        await using var specialist = await browser.VisitAsync(host.Address);
        await specialist.SignInAsync("specialist@demo.example");
        await customer.BecomeAsync("sofia@acme.example");

        await customer.Page.GotoAsync("/help?lang=de");
        await Expect(customer.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await customer.AskAsync("Nobody can sign in since we changed the certificate");
        await customer.Find("channel-email").ClickAsync();
        await customer.Find("subject").FillAsync("Niemand kann sich anmelden");
        await customer.Find("details").FillAsync("Seit dem Wechsel des Zertifikats.");
        await customer.Find("business-critical").CheckAsync();
        await customer.Page.Locator("[data-testid='criterion'][value='signIn']").CheckAsync();
        await customer.Find("impact").FillAsync("Alle 412 Personen in Boston und Dublin.");
        await customer.Find("submit-ticket").ClickAsync();

        await Expect(customer.Find("receipt")).ToBeVisibleAsync();
        var number = (await customer.Find("receipt").GetAttributeAsync("data-ticket"))!;
        var promised = await customer.Find("receipt-due").DueAsync();
        var ticket = await TicketAsync(number);
        Assert.Equal(ticket.GetProperty("createdAt").GetDateTimeOffset().AddMinutes(30), promised);

        var row = specialist.Row(number);
        await Expect(row).ToBeVisibleAsync();
        Assert.Equal(promised, await row.DueAsync());
        Assert.Equal(number, await specialist.Find("queue-row").First.GetAttributeAsync("data-ticket"));

        await specialist.OpenAsync($"/tickets/{number}");
        await specialist.Find("claim-ticket").First.ClickAsync();
        await Expect(specialist.Find("assignee").First).ToContainTextAsync("Mara");
        await specialist.Find("confirm-critical").ClickAsync();
        await Expect(specialist.Find("confirm-critical")).ToBeHiddenAsync();
        await specialist.Find("reply-body").FillAsync("Your proxy still signs with the old key. Two steps bring everybody back in.");
        await specialist.Find("reply-send").ClickAsync();

        await Expect(specialist.Page.Locator("[data-testid='sla-countdown'][data-state='met']").First).ToBeVisibleAsync();
        await Expect(customer.Page.Locator("[data-testid='request-message'][data-from='staff']")).ToContainTextAsync("Two steps bring everybody back in.");
        ticket = await TicketAsync(number);
        Assert.Equal("confirmed", ticket.GetProperty("claim").GetProperty("state").GetString());
        Assert.Equal("met", ticket.GetProperty("obligations")[0].GetProperty("state").GetString());

        Assert.Empty(customer.Strangers.Concat(specialist.Strangers));
        Assert.Empty(customer.Errors.Concat(specialist.Errors));
    }

    [Fact]
    public async Task An_ordinary_user_sees_no_checkbox_and_gets_a_target_of_a_business_day()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("uwe@acme.example");
        await customer.Page.GotoAsync("/help?lang=en");
        await customer.AskAsync("Which roles may export contacts");
        await customer.Find("channel-email").ClickAsync();
        await Expect(customer.Find("details")).ToBeVisibleAsync();
        await Expect(customer.Find("business-critical")).ToHaveCountAsync(0);

        await customer.Find("subject").FillAsync("Export");
        await customer.Find("details").FillAsync("Who may export the contact list?");
        await customer.Find("submit-ticket").ClickAsync();
        await Expect(customer.Find("receipt")).ToBeVisibleAsync();
        var obligation = (await TicketAsync((await customer.Find("receipt").GetAttributeAsync("data-ticket"))!)).GetProperty("obligations")[0];
        Assert.Equal("target", obligation.GetProperty("commitment").GetString());
        Assert.Equal(obligation.GetProperty("dueAt").GetDateTimeOffset(), await customer.Find("receipt-due").DueAsync());
    }

    [Theory]
    [InlineData("ben@basic.example", "not-entitled")]
    [InlineData(null, "unidentified")]
    public async Task Who_may_not_ask_is_told_why_and_what_to_do_instead(string? email, string reason)
    {
        await using var customer = await browser.VisitAsync(host.Address);
        if (email is not null)
        {
            await customer.BecomeAsync(email);
        }

        await customer.Page.GotoAsync("/help?lang=en");
        await customer.AskAsync("Scheduled emails went out at the wrong time");
        await Expect(customer.Find("not-available")).ToHaveAttributeAsync("data-reason", reason);
    }

    [Fact]
    public async Task A_call_back_is_requested_seen_and_met_by_the_first_attempt()
    {
        await using var customer = await browser.VisitAsync(host.Address);
        await using var specialist = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("greta@globex.example");
        await customer.Page.GotoAsync("/help?lang=en");
        await customer.AskAsync("My workflow does not enrol anybody");
        await customer.Find("channel-phone").ClickAsync();
        await customer.Find("phone-input").FillAsync("12");
        await customer.Find("request-call").ClickAsync();
        await Expect(customer.Page.GetByText("country code", new() { Exact = false }).First).ToBeVisibleAsync();
        await customer.Find("phone-input").FillAsync("+47 22 34 50 00");
        await customer.Find("request-call").ClickAsync();
        await Expect(customer.Find("receipt")).ToBeVisibleAsync();
        var number = (await customer.Find("receipt").GetAttributeAsync("data-ticket"))!;

        await specialist.SignInAsync("specialist@demo.example", $"/tickets/{number}");
        await specialist.Find("log-call").Locator("[data-outcome='Reached']").ClickAsync();
        await Expect(specialist.Page.Locator("[data-testid='sla-countdown'][data-state='met']").First).ToBeVisibleAsync();
    }

    private async Task<JsonElement> TicketAsync(string number) =>
        await host.Api().GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}", TestContext.Current.CancellationToken);
}

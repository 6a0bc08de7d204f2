using System.Globalization;
using Microsoft.Playwright;
using NodaTime;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Response times stand still for a customer: a lead declares it, an admin approves it, and everybody whom it concerns reads why.</summary>
[Trait("Category", "Journey")]
public sealed class ExceptionJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Note = "We are moving to a new data centre.";

    [Fact]
    public async Task A_lead_declares_an_admin_approves_and_customer_and_specialist_see_it()
    {
        var number = await host.OpenTicketAsync("How do I rotate the certificate?");
        await using var lead = await browser.EnterAsync(host, "lead", "/exceptions");
        await lead.Find("exception-scope").SelectOptionAsync("Account");
        await lead.Find("exception-reason").SelectOptionAsync("Maintenance");
        await lead.Find("exception-note").FillAsync(Note);
        await Expect(lead.Find("exception-note-length")).ToContainTextAsync($"{Note.Length} of");
        await lead.Find("exception-declare").ClickAsync();
        await Expect(lead.Page.Locator("#exception-to-no")).ToContainTextAsync("when the exception ends");
        await Expect(lead.Page.Locator("[id='exception-scope.value-no']")).ToContainTextAsync("Name the account");
        await Expect(lead.Find("exception-note")).ToHaveValueAsync(Note);

        await lead.Find("exception-account").FillAsync("acme");
        await lead.Find("exception-to").FillAsync(InTwoHours());
        await lead.Find("exception-preview-draft").ClickAsync();
        await Expect(lead.Find("draft-preview")).ToHaveAttributeAsync("data-moves", "1");
        await lead.Find("exception-declare").ClickAsync();
        var proposal = lead.Page.Locator("[data-stage='proposed'] [data-testid='exception']");
        await Expect(proposal).ToContainTextAsync(Note);
        await proposal.GetByTestId("exception-review").ClickAsync();
        await Expect(proposal.GetByTestId("exception-preview")).ToBeVisibleAsync();
        await Expect(proposal.GetByTestId("exception-approve")).ToHaveCountAsync(0);

        await using var specialist = await browser.EnterAsync(host, "specialist");
        await Expect(specialist.Row(number)).ToHaveAttributeAsync("data-state", "on-track");
        var before = await specialist.Row(number).DueAsync();

        await using var customer = await browser.VisitAsync(host.Address, locale: "de-DE");
        await customer.BecomeAsync("sofia@acme.example");
        await customer.Page.GotoAsync($"/help?lang=de#request/{number}");
        await Expect(customer.Page.Locator(".clock")).ToHaveAttributeAsync("data-look", "on-track");

        await using var admin = await browser.EnterAsync(host, "admin", "/admin/exceptions");
        var waiting = admin.Page.Locator("[data-stage='proposed'] [data-testid='exception']");
        await waiting.GetByTestId("exception-review").ClickAsync();
        await Expect(waiting.Locator($"[data-testid='moved-deadline'][data-ticket='{number}']")).ToBeVisibleAsync();
        await waiting.GetByTestId("exception-approve").ClickAsync();
        await Expect(admin.Page.Locator("[data-stage='inforce'] [data-testid='exception']")).ToContainTextAsync("approved by Elif Aydın");
        await Expect(lead.Page.Locator("[data-stage='inforce'] [data-testid='exception']")).ToBeVisibleAsync();

        await Expect(specialist.Row(number)).ToHaveAttributeAsync("data-state", "paused");
        await Expect(specialist.Row(number).Locator("[data-below]")).ToContainTextAsync("until");
        Assert.True(await specialist.Row(number).DueAsync() > before.AddMinutes(100));
        await specialist.GoAsync($"/tickets/{number}");
        await Expect(specialist.Find("exception-stop")).ToContainTextAsync(Note);
        await Expect(specialist.Find("why-deadline")).ToContainTextAsync("Maintenance: the clock stands still");
        await Expect(specialist.Find("clock-stop")).ToBeVisibleAsync();

        // The page was open all the time.
        await Expect(customer.Find("exception-notice")).ToContainTextAsync("Wartung: Die Uhr steht still");
        await Expect(customer.Find("exception-notice").Locator("q[lang='en']")).ToHaveTextAsync(Note);
        await Expect(customer.Find("deadline-moved")).ToContainTextAsync("Deshalb hat sich die Frist");
        await Expect(customer.Page.Locator(".clock")).ToHaveAttributeAsync("data-look", "paused");
        await Expect(customer.Page.Locator(".clock-note")).ToContainTextAsync("Die Uhr steht still bis");
        await Expect(customer.Page.Locator(".why")).ToContainTextAsync("Wartung");
        await customer.Page.GotoAsync("/help?lang=de#requests");
        await Expect(customer.Find("request-row").First).ToContainTextAsync("ruht bis");
        await customer.Page.GotoAsync("/help?lang=de#contact");
        await Expect(customer.Find("exception-notice")).ToContainTextAsync("Die Antwortzeiten für Ihr Konto ruhen bis");
        Assert.Empty(customer.Errors);
        Assert.Empty(lead.Errors);
    }

    [Theory]
    [InlineData("en", "A specialist declined the claim")]
    [InlineData("es", "Un especialista ha rechazado")]
    [InlineData("it", "Uno specialista non ha confermato")]
    [InlineData("fr", "Un spécialiste n’a pas retenu")]
    [InlineData("de", "Ein Spezialist hat abgelehnt")]
    [InlineData("nb", "En spesialist har avslått")]
    public async Task A_declined_claim_reaches_the_customer_with_its_reason(string language, string sentence)
    {
        var number = await host.OpenTicketAsync("Nobody can sign in", isCritical: true, requester: "greta@globex.example");
        await using var customer = await browser.VisitAsync(host.Address);
        await customer.BecomeAsync("greta@globex.example");
        await customer.Page.GotoAsync($"/help?lang={language}#request/{number}");
        await Expect(customer.Page.Locator(".claim")).ToBeVisibleAsync();
        await new ApiCaller(host.Api()).PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = false, reason = "Two users are affected; all others sign in." });

        await Expect(customer.Page.Locator(".claim.declined")).ToContainTextAsync(sentence);
        await Expect(customer.Page.Locator(".claim.declined q[lang='en']")).ToHaveTextAsync("Two users are affected; all others sign in.");
    }

    /// <summary>As the field wants it, on the office's wall.</summary>
    private static string InTwoHours() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(2).AddMinutes(1)).InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"])
        .ToDateTimeUnspecified().ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}

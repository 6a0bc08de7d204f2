using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Who looks after whom, who is here, and what nobody here would answer: from the admin's page to the specialist's next ticket.</summary>
[Trait("Category", "Browser")]
public sealed class TeamsJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task A_team_is_made_and_dedicated_and_its_people_are_offered_its_accounts_first()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/teams");
        await Expect(admin.Find("teams-empty")).ToBeVisibleAsync();
        await admin.Find("team-save").ClickAsync();
        await Expect(admin.Find("team-refused")).ToContainTextAsync("A team has a name");
        await admin.Find("team-name").FillAsync("Nordics");
        await admin.Page.Locator("[data-testid='team-person'][data-email='specialist@demo.example']").CheckAsync();
        await admin.Find("team-save").ClickAsync();
        await Expect(admin.Find("team")).ToContainTextAsync("Mara Lindqvist");

        var sooner = await host.OpenTicketAsync("Anybody's, and sooner");
        var own = await host.OpenTicketAsync("Of an account of hers", requester: "greta@globex.example");
        await using var mara = await browser.EnterAsync(host, "specialist");
        var count = mara.Page.Locator(".rail a[href='/queue/my-accounts'] .count");
        await Expect(count).ToHaveTextAsync("0");
        await Expect(mara.Find("skip-ticket")).ToHaveAttributeAsync("aria-label", $"Skip {sooner} with a reason");
        await admin.GoAsync("/admin/accounts/globex");
        await admin.Find("care-team").SelectOptionAsync("Nordics");
        await admin.Find("care-save").ClickAsync();
        await Expect(admin.Find("care-saved")).ToHaveTextAsync("Saved.");

        // It reaches whoever it concerns without a reload.
        await Expect(count).ToHaveTextAsync("1");
        await Expect(mara.Find("skip-ticket")).ToHaveAttributeAsync("aria-label", $"Skip {own} with a reason");
        await mara.GoAsync("/queue/my-accounts");
        await Expect(mara.Row(own)).ToBeVisibleAsync();
        await Expect(mara.Row(sooner)).ToHaveCountAsync(0);
        await mara.Page.Keyboard.PressAsync("n");
        await mara.Page.WaitForURLAsync($"**/tickets/{own}");
        await Expect(mara.Find("care")).ToHaveTextAsync("Nordics");
        await mara.Find("assignee").ClickAsync();
        await Expect(mara.Page.GetByRole(Microsoft.Playwright.AriaRole.Menuitem).First).ToContainTextAsync("Mara Lindqvist (you)dedicated");
        await mara.Page.Keyboard.PressAsync("Escape");

        await using var lead = await browser.EnterAsync(host, "lead", "/team");
        await Expect(lead.Find("next-rule")).ToContainTextAsync("dedicated to comes first");
        Assert.Empty(mara.Errors);
    }

    [Fact]
    public async Task A_lead_hands_over_what_nobody_here_would_answer_and_who_is_away_is_given_nothing()
    {
        await using var tomas = await browser.EnterAsync(host, "second");
        await using var window = await browser.EnterAsync(host, "second");
        await Expect(tomas.Find("availability")).ToHaveValueAsync("Available");
        var number = await host.OpenTicketAsync("Due within the hour", isCritical: true);
        await using var lead = await browser.EnterAsync(host, "lead", "/handover");
        var row = lead.Page.Locator($"[data-testid='handover-row'][data-ticket='{number}']");
        await Expect(row).ToContainTextAsync("nobody");
        await Expect(row.GetByTestId("handover-give")).ToContainTextAsync("Tomás Oliveira");

        await tomas.Find("availability").SelectOptionAsync("away");
        await Expect(row.GetByTestId("handover-give")).Not.ToContainTextAsync("Tomás Oliveira");
        await Expect(window.Find("availability")).ToHaveValueAsync("Away");
        await tomas.Find("availability").SelectOptionAsync("busy");
        await Expect(row.GetByTestId("handover-give")).ToContainTextAsync("Tomás Oliveira");
        await tomas.GoAsync("/queue");
        await Expect(tomas.Find("availability")).ToHaveValueAsync("Busy");

        // A closed list changes with each arrow key, so that choosing alone gives nothing away.
        await row.GetByTestId("handover-give").SelectOptionAsync("Tomás Oliveira");
        await row.GetByTestId("handover-give-do").ClickAsync();
        await Expect(row).ToHaveClassAsync("gone");
        await Expect(tomas.Row(number).GetByTestId("assignee")).ToContainTextAsync("TO");
        // Whoever leaves what they have unanswered has it shown again.
        await tomas.Find("availability").SelectOptionAsync("away");
        await Expect(row).ToContainTextAsync("Tomás Oliveira, not here");
        Assert.Empty(lead.Errors);
    }

    [Fact]
    public async Task Whoever_ends_their_shift_sees_what_they_still_have_and_gives_it_away_or_lets_it_go()
    {
        // Of its own, because it leaves a ticket to whoever comes.
        await using var desk = new SupportHost();
        var (first, second) = (await desk.OpenTicketAsync("For a colleague"), await desk.OpenTicketAsync("For whoever comes"));
        await using var lead = await browser.EnterAsync(desk, "lead");
        await using var mara = await browser.EnterAsync(desk, "specialist", "/handover");
        await Expect(mara.Find("handover")).ToHaveCountAsync(0);
        foreach (var number in new[] { first, second })
        {
            await lead.GoAsync($"/tickets/{number}");
            await lead.Find("assignee").ClickAsync();
            await lead.Page.GetByRole(Microsoft.Playwright.AriaRole.Menuitem, new() { Name = "Mara Lindqvist" }).ClickAsync();
        }

        var one = mara.Page.Locator($"[data-testid='own-shift-row'][data-ticket='{first}']");
        var other = mara.Page.Locator($"[data-testid='own-shift-row'][data-ticket='{second}']");
        await Expect(other).ToBeVisibleAsync();
        await one.GetByTestId("handover-give").SelectOptionAsync("Ana Ruiz");
        await one.GetByTestId("handover-give-do").ClickAsync();
        await Expect(one).ToHaveClassAsync("gone");
        await other.GetByTestId("handover-give").SelectOptionAsync("Nobody, back to the queue");
        await other.GetByTestId("handover-give-do").ClickAsync();
        await Expect(other).ToHaveClassAsync("gone");
        await lead.GoAsync("/queue/all");
        await Expect(lead.Row(first).GetByTestId("assignee")).ToContainTextAsync("AR");
        await Expect(lead.Row(second).GetByTestId("claim-ticket")).ToHaveCountAsync(1);
        Assert.Empty(mara.Errors);
    }
}

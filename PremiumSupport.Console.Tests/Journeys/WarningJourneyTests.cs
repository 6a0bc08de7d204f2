using System.Net;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>A promise is at risk: whoever looks after the ticket hears of it while they look elsewhere, and a lead when they do not answer.</summary>
[Trait("Category", "Journey")]
public sealed class WarningJourneyTests(Browser browser)
{
    [Fact]
    public async Task The_assignees_bell_rings_live_and_what_is_acknowledged_is_not_escalated()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Sla:Defaults:StandardGuarantee"] = "00:00:12", ["Notifications:EscalateAfter"] = "00:10:00" });
        await using var specialist = await browser.EnterAsync(host, "specialist");
        await using var lead = await browser.EnterAsync(host, "lead", "/dashboard");
        await Expect(specialist.Find("bell")).ToHaveAttributeAsync("data-count", "0");
        var mine = await OpenAsync(host, "specialist@demo.example");
        var nobodys = await OpenAsync(host, null);

        var toast = Of(specialist, "toast", mine);
        await Expect(toast).ToContainTextAsync("First response at risk: 75 % used");
        // The other is that they were given it.
        await Expect(specialist.Find("bell")).ToHaveAttributeAsync("data-count", "2");
        await toast.GetByTestId("acknowledge").ClickAsync();

        // The breach is news again, to both; of the step that was acknowledged the lead never hears.
        await specialist.Find("bell").ClickAsync();
        await Expect(Of(specialist, "notification", mine)).ToHaveAttributeAsync("data-step", "breach");
        await lead.Find("bell").ClickAsync();
        await Expect(Of(lead, "notification", mine)).ToHaveAttributeAsync("data-step", "breach");
        await Expect(Of(lead, "notification", nobodys)).ToContainTextAsync("Nobody has it.");

        await Of(lead, "notification", nobodys).GetByTestId("take-it").ClickAsync();
        await lead.Page.WaitForURLAsync($"**/tickets/{nobodys}");
        await Expect(lead.Find("assignee").First).ToHaveAttributeAsync("data-assignee", "lead@demo.example");
        await Expect(lead.Find("bell")).ToHaveAttributeAsync("data-count", "1");

        // An answer settles it for everybody.
        (await new ApiCaller(host.Api()).SayAsync(mine, "Here we are.")).Is(HttpStatusCode.Created);
        await Expect(lead.Find("bell")).ToHaveAttributeAsync("data-count", "0");
        await Expect(specialist.Find("bell")).ToHaveAttributeAsync("data-count", "0");
        Assert.Empty(lead.Errors);
        Assert.Empty(specialist.Errors);
    }

    [Fact]
    public async Task What_nobody_acknowledges_reaches_the_lead()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Sla:Defaults:StandardGuarantee"] = "00:00:20", ["Notifications:EscalateAfter"] = "00:00:01" });
        await using var lead = await browser.EnterAsync(host, "lead");
        var number = await OpenAsync(host, "second@demo.example");
        await Expect(Of(lead, "notification", number)).ToBeAttachedAsync(new() { Timeout = 40_000 });

        // Whatever came of it meanwhile, the warning reached the lead and not only the breach.
        var told = (await new ApiCaller(host.Api(SupportHost.LeadApiKey)).GetAsync("/api/v1/notifications"))["items"].EnumerateArray();
        Assert.Contains(told, item => item.GetProperty("ticket").GetInt64() == number && item.GetProperty("step").GetString() == "75%" && item.GetProperty("audience").GetString() == "lead");
        await lead.Find("bell").ClickAsync();
        await lead.Find("acknowledge-all").ClickAsync();
        await Expect(lead.Page.Locator($"[data-testid='notification'][data-ticket='{number}'][data-step='75%']")).ToHaveCountAsync(0);
    }

    private static ILocator Of(Visitor visitor, string testId, long number) => visitor.Page.Locator($"[data-testid='{testId}'][data-ticket='{number}'][data-step]");

    private static async Task<long> OpenAsync(SupportHost host, string? assignee)
    {
        var api = new ApiCaller(host.Api());
        var number = await api.OpenAsync(ApiCaller.Plain("How do I rotate the certificate?"));
        if (assignee is not null)
        {
            (await api.PatchAsync(number, new { assignee })).Is(HttpStatusCode.OK);
        }

        return number;
    }
}

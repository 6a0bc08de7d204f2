using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Journeys;

/// <summary>Journey 2: nobody answers, and everybody sees it on the second, whatever happens to the process.</summary>
[Trait("Category", "Journey")]
public sealed class BreachJourneyTests(Browser browser)
{
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_row_turns_amber_then_red_on_its_second_without_a_reload_and_the_dashboard_counts_it()
    {
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Sla:Defaults:StandardGuarantee"] = Target.ToString() });
        await using var lead = await browser.VisitAsync(host.Address);
        await using var specialist = await browser.VisitAsync(host.Address);
        await lead.SignInAsync("lead@demo.example", "/dashboard");
        await specialist.SignInAsync("specialist@demo.example");
        await Expect(lead.Find("kpi-breached")).ToHaveAttributeAsync("data-value", "0");

        // The browser writes down when each state appeared, on its own clock, which is this machine's.
        await specialist.Page.EvaluateAsync("""
            () => {
              window.seen = {};
              new MutationObserver(() => document.querySelectorAll('[data-testid=queue-row]').forEach(row => { window.seen[row.dataset.state] ??= Date.now(); }))
                .observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
            }
            """);
        var ticket = await OpenAsync(host.Api());
        var number = ticket.GetProperty("number").ToString();
        var due = ticket.GetProperty("nextDueAt").GetDateTimeOffset();
        var risk = ticket.GetProperty("obligations")[0].GetProperty("atRiskAt").GetDateTimeOffset();

        await Expect(specialist.Row(number)).ToHaveAttributeAsync("data-state", "on-track");
        await Expect(specialist.Row(number)).ToHaveAttributeAsync("data-state", "at-risk", new() { Timeout = 20_000 });
        await Expect(specialist.Row(number)).ToHaveAttributeAsync("data-state", "breached", new() { Timeout = 20_000 });
        await Expect(lead.Find("kpi-breached")).ToHaveAttributeAsync("data-value", "1");

        // Never before its instant; a busy machine may paint later, but a wrong clock would show on the early side.
        Assert.True(await SeenAsync(specialist, "at-risk") >= risk.AddMilliseconds(-20));
        Assert.True(await SeenAsync(specialist, "breached") >= due.AddMilliseconds(-20));

        var obligation = (await host.Api().GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}", TestContext.Current.CancellationToken)).GetProperty("obligations")[0];
        Assert.Equal(due, obligation.GetProperty("breachedAt").GetDateTimeOffset());
        Assert.True(obligation.GetProperty("detectedAt").GetDateTimeOffset() > due);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_nobody_runs_is_breached_at_its_instant_after_the_start()
    {
        await using var support = new SupportProcess(new Dictionary<string, string> { ["Sla:Defaults:StandardGuarantee"] = "00:00:04" });
        await support.StartAsync();
        var ticket = await OpenAsync(support.Api());
        var due = ticket.GetProperty("nextDueAt").GetDateTimeOffset();
        await support.KillAsync();

        var left = due - TimeProvider.System.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await support.StartAsync();
        await using var specialist = await browser.VisitAsync(support.Address);
        await specialist.SignInAsync("specialist@demo.example");
        var row = specialist.Row(ticket.GetProperty("number").ToString());
        await Expect(row).ToHaveAttributeAsync("data-state", "breached");
        Assert.Equal(due, await row.DueAsync());

        var ledger = await support.Api().GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{ticket.GetProperty("number")}/ledger", TestContext.Current.CancellationToken);
        var breach = Assert.Single(ledger.GetProperty("items").EnumerateArray(), entry => entry.GetProperty("kind").GetString() == "breached");
        Assert.Equal(due, breach.GetProperty("at").GetDateTimeOffset());
    }

    private static async Task<JsonElement> OpenAsync(HttpClient api)
    {
        var response = await api.PostAsJsonAsync(
            "/api/v1/tickets",
            new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Is anybody there?", body = "Hello?" },
            TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<DateTimeOffset> SeenAsync(Visitor visitor, string state) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await visitor.Page.EvaluateAsync<long>("state => window.seen[state]", state));
}

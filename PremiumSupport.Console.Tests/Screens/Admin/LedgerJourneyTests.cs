using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>Rule 16 as an admin lives it: verify, export the heads, print a statement, and see what somebody did by hand.</summary>
[Trait("Category", "Browser")]
public sealed class LedgerJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task An_admin_verifies_exports_prints_and_finds_what_was_changed_by_hand()
    {
        var (answered, excused) = (await host.OpenTicketAsync("Answered"), await host.OpenTicketAsync("Excused"));
        var api = new ApiCaller(host.Api());
        await api.SayAsync(answered, "Here you are.");
        await ExcuseAsync();
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/ledger");
        await visitor.Find("verify-ledger").ClickAsync();
        await Expect(visitor.Find("ledger-result")).ToHaveAttributeAsync("data-clean", "true");
        await Expect(visitor.Find("ledger-result")).ToContainTextAsync("The ledger is whole");
        Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Find("export-heads").ClickAsync());
        Assert.StartsWith("ledger-heads-", download.SuggestedFilename, StringComparison.Ordinal);
        var sheet = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.True((await host.Services.GetRequiredService<LedgerHeads>().CheckAsync(sheet.RootElement.GetRawText(), TestContext.Current.CancellationToken)).Value!.IsOurKey);

        await visitor.Page.GotoAsync("/admin/ledger/statement/acme?to=9990-12-31");
        await Expect(visitor.Page.Locator($"[data-testid='statement-line'][data-ticket='{answered}'] .outcome")).ToHaveTextAsync("met");
        await Expect(visitor.Page.Locator($"[data-testid='statement-line'][data-ticket='{excused}']")).ToContainTextAsync("without the exception");
        Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        Assert.Equal(404, (await visitor.Page.GotoAsync("/admin/ledger/statement/nobody"))!.Status);

        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE \"Ledger\" SET \"Data\" = replace(\"Data\", '24x7', 'office') WHERE \"TicketNumber\" = {0} AND \"Kind\" = 'Promised'", [answered], TestContext.Current.CancellationToken);
        }

        await visitor.GoAsync("/admin/ledger");
        await visitor.Find("verify-ledger").ClickAsync();
        await Expect(visitor.Find("ledger-result")).ToHaveAttributeAsync("data-clean", "false");
        await Expect(visitor.Find("ledger-result")).ToContainTextAsync("This row was changed");
        await Expect(visitor.Find("ledger-result").Locator($"a[href='/tickets/{answered}']").First).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("/admin/ledger/statement/acme");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be relied on");
        Assert.Empty(visitor.Errors);
        Assert.Empty(visitor.Strangers);
    }

    [Fact]
    public async Task Nobody_but_an_admin_gets_at_it()
    {
        await using var visitor = await browser.EnterAsync(host, "lead");
        foreach (var path in new[] { "/admin/ledger", "/admin/ledger/heads", "/admin/ledger/statement/acme" })
        {
            Assert.Equal(403, (await visitor.Page.APIRequest.GetAsync(new Uri(host.Address, path).ToString())).Status);
        }
    }

    /// <summary>An exception of the admin's that the lead approves, so that a deadline moves.</summary>
    private async Task ExcuseAsync()
    {
        var now = DateTimeOffset.Parse((await new ApiCaller(host.Api()).GetAsync("/api/v1/ledger/heads"))["at"].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var declared = (await new ApiCaller(host.Api()).PostAsync("/api/v1/sla/exceptions", new { from = now.AddMinutes(10), to = now.AddMinutes(20), scope = new { kind = "account", value = "acme" }, reason = "incident", note = "A power cut." }));
        await new ApiCaller(host.Api(SupportHost.LeadApiKey)).PostAsync($"/api/v1/sla/exceptions/{declared["id"].GetString()}/approve", new { });
    }
}

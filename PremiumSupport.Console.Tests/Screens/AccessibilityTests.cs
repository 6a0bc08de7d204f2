using Deque.AxeCore.Playwright;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Screens;

/// <summary>No page of the console has a violation that a machine can find.</summary>
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Theory]
    [InlineData("/queue")]
    [InlineData("/queue/mine")]
    [InlineData("/tickets")]
    [InlineData("/dashboard")]
    [InlineData("/wallboard")]
    [InlineData("/team")]
    [InlineData("/admin")]
    [InlineData("/admin/exceptions")]
    [InlineData("/admin/intake")]
    [InlineData("/search?q=machine")]
    [InlineData("/admin/people")]
    [InlineData("/admin/accounts")]
    [InlineData("/admin/accounts/acme")]
    [InlineData("/admin/import")]
    [InlineData("/admin/files")]
    [InlineData("/admin/webhooks")]
    [InlineData("/admin/teams")]
    [InlineData("/handover")]
    [InlineData("/admin/api-keys")]
    [InlineData("/admin/audit")]
    public async Task A_page_has_no_violations(string path)
    {
        var number = await host.OpenTicketAsync("Looked at by a machine", isCritical: true);
        await using var visitor = await browser.EnterAsync(host, "admin");
        await visitor.GoAsync(path == "/tickets" ? $"/tickets/{number}" : path);
        await visitor.Page.WaitForFunctionAsync("customElements.get('sla-badge') !== undefined");
        var found = await visitor.Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
    }
}

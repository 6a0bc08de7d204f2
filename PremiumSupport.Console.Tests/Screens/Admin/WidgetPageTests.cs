using Deque.AxeCore.Playwright;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>The widget's admin page: who may frame it, the snippet and the guide.</summary>
[Trait("Category", "Browser")]
public sealed class WidgetPageTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task An_admin_adds_an_origin_is_told_what_is_wrong_with_another_and_removes_it()
    {
        await using var visitor = await browser.EnterAsync(host, "admin", "/admin/widget");
        await Expect(visitor.Find("snippet")).ToContainTextAsync($"{host.Address}widget.js");
        await visitor.Find("origin-input").FillAsync("app.example/help");
        await visitor.Find("origin-add").ClickAsync();
        await Expect(visitor.Find("origin-refused")).ToContainTextAsync("begins with https://");
        await Expect(visitor.Find("origin-input")).ToHaveValueAsync("app.example/help");
        await visitor.Find("origin-input").FillAsync("https://app.example");
        await visitor.Find("origin-input").PressAsync("Enter");
        await Expect(visitor.Page.Locator("[data-origin='https://app.example']")).ToBeVisibleAsync();
        await Expect(visitor.Find("origin-refused")).ToHaveCountAsync(0);
        Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));

        // Another admin's page shows it without being asked, and takes it away.
        await using var other = await browser.EnterAsync(host, "admin", "/admin/widget");
        await other.Page.Locator("[data-origin='https://app.example']").GetByTestId("origin-remove").ClickAsync();
        await Expect(visitor.Page.Locator("[data-origin='https://app.example']")).ToHaveCountAsync(0);

        await visitor.Find("widget-guide").ClickAsync();
        await Expect(visitor.Find("guide")).ToContainTextAsync("Coming from elsewhere");
        await Expect(visitor.Find("guide")).Not.ToContainTextAsync("support.example");
        Assert.Empty((await visitor.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        Assert.Empty(visitor.Errors);
    }

    [Theory]
    [InlineData("/admin/widget")]
    [InlineData("/admin/widget/guide")]
    public async Task Nobody_but_an_admin_gets_at_it(string path)
    {
        await using var visitor = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await visitor.Page.GotoAsync(path))!.Status);
    }
}

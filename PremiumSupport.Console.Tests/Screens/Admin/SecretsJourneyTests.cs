using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Tests.Channels.Help;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens.Admin;

/// <summary>An admin changes the secret that the vendor's servers sign with, without anybody being turned away meanwhile.</summary>
[Trait("Category", "Journey")]
public sealed class SecretsJourneyTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    [Fact]
    public async Task An_admin_adds_a_second_secret_and_retires_the_first()
    {
        await using var admin = await browser.EnterAsync(host, "admin", "/admin/widget");
        var first = SigningSecret.KeyIdOf(SupportHost.WidgetSecret);
        await Expect(admin.Find("secret")).ToHaveCountAsync(1);
        await Expect(admin.Find("secret-retire")).ToBeDisabledAsync();
        await Expect(admin.Page.Locator("main")).Not.ToContainTextAsync(SupportHost.WidgetSecret);

        await admin.Find("secret-add").ClickAsync();
        await Expect(admin.Find("secret-made")).ToContainTextAsync("never shown again");
        var text = await admin.Find("secret-text").InputValueAsync();
        await Expect(admin.Find("secret-add")).ToBeDisabledAsync();
        await admin.Find("secret-kept").ClickAsync();
        await Expect(admin.Find("secret-made")).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.OK, await BeginAsync(text));
        Assert.Equal(HttpStatusCode.OK, await BeginAsync(SupportHost.WidgetSecret));

        var old = admin.Page.Locator($"[data-testid='secret'][data-key-id='{first}']");
        await Expect(old).ToContainTextAsync("1 session open");
        await old.GetByTestId("secret-retire").ClickAsync();
        await old.GetByTestId("secret-end-sessions").CheckAsync();
        await old.GetByTestId("secret-retire-confirm").ClickAsync();
        await Expect(old).ToHaveAttributeAsync("data-active", "false");
        await Expect(old).ToContainTextAsync("Retired by Elif Aydın");
        await Expect(old).ToContainTextAsync("1 session ended with it");

        // A server that was forgotten is seen by itself.
        await Expect(admin.Find("secret-still-used")).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await BeginAsync(SupportHost.WidgetSecret));
        await Expect(admin.Find("secret-still-used")).ToContainTextAsync(first);
        Assert.Empty(admin.Errors);
    }

    [Fact]
    public async Task They_are_for_admins_alone()
    {
        await using var lead = await browser.EnterAsync(host, "lead");
        Assert.Equal(403, (await lead.Page.GotoAsync("/admin/widget"))!.Status);
    }

    private async Task<HttpStatusCode> BeginAsync(string secret) =>
        (await new ApiCaller(host.CreateClient()).PostAsync("/widget/v1/session", new { identityToken = new VendorToken(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()).Sign(secret) })).Status;
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Pictures;

/// <summary>Makes the pictures of README and docs from the running product (eng/pictures.sh); not part of a test run.</summary>
public sealed class MakePictures(Browser browser)
{
    [Fact(Explicit = true)]
    public async Task Of_every_screen_wide_and_narrow_light_and_dark()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("PICTURES") ?? Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;
        await using var host = new SupportHost(new Dictionary<string, string?> { ["Demo:Tickets"] = "true" });
        foreach (var (scheme, width, height) in new[] { (ColorScheme.Light, 1440, 900), (ColorScheme.Dark, 1440, 900), (ColorScheme.Light, 390, 844), (ColorScheme.Dark, 390, 844) })
        {
            var suffix = $"{width}-{scheme.ToString().ToLowerInvariant()}.png";
            var viewport = new ViewportSize { Width = width, Height = height };
            Task<byte[]> TakeAsync(Visitor visitor, string name) => visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{suffix}") });

            await using var staff = await browser.VisitAsync(host.Address, viewport: viewport, scheme: scheme);
            await staff.Page.GotoAsync("/account/login");
            await TakeAsync(staff, "login");
            await staff.SignInAsync("lead@demo.example");
            await Expect(staff.Find("sla-countdown").First).ToBeVisibleAsync();
            await TakeAsync(staff, "queue");
            var claim = staff.Find("queue-row").Filter(new() { HasText = "Sign-in fails" }).First;
            await staff.OpenAsync($"/tickets/{await claim.GetAttributeAsync("data-ticket")}");
            await Expect(staff.Find("why-deadline")).ToBeAttachedAsync();
            await TakeAsync(staff, "workspace");
            await staff.Page.Keyboard.PressAsync("Control+k");
            await Expect(staff.Find("palette-list").GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
            await TakeAsync(staff, "palette");
            await staff.Page.Keyboard.PressAsync("Escape");
            await staff.OpenAsync("/dashboard");
            await Expect(staff.Find("kpi-open")).ToBeVisibleAsync();
            // The charts draw once they have measured their place.
            await Expect(staff.Page.Locator("section[aria-label='First response times'] svg path").First).ToBeAttachedAsync();
            await TakeAsync(staff, "dashboard");
            foreach (var (path, name) in new[] { ("/dashboard/promises", "promises"), ("/team", "team"), ("/handover", "handover"), ("/search?q=export", "search"), ("/preferences", "preferences") })
            {
                await staff.OpenAsync(path);
                await TakeAsync(staff, name);
            }

            // Dark whatever the viewer prefers, and on a screen as wide as a television where there is room.
            if (scheme == ColorScheme.Dark)
            {
                var wide = width > 500 ? 1920 : width;
                await staff.Page.SetViewportSizeAsync(wide, width > 500 ? 1080 : height);
                await staff.OpenAsync("/wallboard");
                await Expect(staff.Find("wall-row").First).ToBeVisibleAsync();
                await Expect(staff.Find("wall-as-of")).ToContainTextAsync(":");
                await staff.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"wallboard-{wide}-dark.png") });
            }

            await using var admin = await browser.VisitAsync(host.Address, viewport: viewport, scheme: scheme);
            await admin.SignInAsync("admin@demo.example");
            foreach (var page in new[] { "policies", "calendars", "exceptions", "ledger", "articles", "widget", "accounts", "people", "teams", "macros", "webhooks", "audit", "import" })
            {
                await admin.OpenAsync($"/admin/{page}");
                await Expect(admin.Page.Locator("h1.top-title")).ToBeVisibleAsync();
                await TakeAsync(admin, page);
            }

            await using var customer = await browser.VisitAsync(host.Address, zone: "America/New_York", viewport: viewport, scheme: scheme);
            await customer.BecomeAsync("sofia@acme.example");
            await TakeAsync(customer, "demo");
            await customer.Page.GotoAsync("/help?lang=en");
            await customer.AskAsync("Nobody can sign in after we changed our SSO certificate");
            await Expect(customer.Find("channel-email")).ToBeVisibleAsync();
            await TakeAsync(customer, "help-channels");
            await customer.Find("channel-email").ClickAsync();
            await customer.Find("subject").FillAsync("Sign-in fails for everyone after an SSO certificate change");
            await customer.Find("details").FillAsync("We rotated our identity provider's certificate as planned. Since then nobody can sign in.");
            await customer.Find("business-critical").CheckAsync();
            await customer.Page.Locator("[data-testid='criterion'][value='signIn']").CheckAsync();
            await customer.Find("impact").FillAsync("All 412 users in Boston and Dublin are locked out.");
            await TakeAsync(customer, "help-details");
            await customer.Find("submit-ticket").ClickAsync();
            await Expect(customer.Find("receipt-due")).ToBeVisibleAsync();
            await TakeAsync(customer, "help-receipt");
            await customer.Page.GotoAsync("/chat?lang=en");
            await customer.Find("chat-input").FillAsync("Hi, my scheduled emails went out at 03:00 instead of 09:00. Why?");
            await customer.Find("chat-send").ClickAsync();
            await Expect(customer.Find("chat-message").First).ToHaveAttributeAsync("data-seq", "1");
            await TakeAsync(customer, "chat");
        }
    }
}

using System.Text;
using PremiumSupport.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Screens;

/// <summary>What is typed into a form of the console reaches the server, also when the line breaks in that very moment.</summary>
[Trait("Category", "Journey")]
public sealed class TypedTextTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Note = "We are moving to a new data centre.";

    [Fact]
    public async Task A_text_whose_event_was_lost_with_the_line_is_told_again_when_the_line_is_back()
    {
        await using var lead = await WriteOverABreakingLineAsync();

        await Expect(lead.Find("exception-note-length")).ToContainTextAsync($"{Note.Length} of");
        await Expect(lead.Find("exception-note")).ToHaveValueAsync(Note);
    }

    [Fact]
    public async Task Left_to_the_framework_the_browser_shows_what_the_server_never_hears()
    {
        await using var lead = await WriteOverABreakingLineAsync(withoutUs: true);

        // Something later arrives, so what came before would have.
        await lead.Find("exception-scope").SelectOptionAsync("Hub");
        await Expect(lead.Find("exception-hub")).ToBeVisibleAsync();
        await Expect(lead.Find("exception-note")).ToHaveValueAsync(Note);
        await Expect(lead.Find("exception-note-length")).ToContainTextAsync("0 of");
    }

    /// <summary>Writes the notice; the line goes down with the event that carries it, and comes back.</summary>
    private async Task<Visitor> WriteOverABreakingLineAsync(bool withoutUs = false)
    {
        var lead = await browser.VisitAsync(host.Address);
        var lines = 0;
        if (withoutUs)
        {
            await lead.Page.RouteAsync("**/typed*.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        }

        await lead.Page.RouteWebSocketAsync("**/_blazor**", line =>
        {
            var server = line.ConnectToServer();
            var number = ++lines;
            line.OnMessage(frame =>
            {
                if (number == 1 && (frame.Binary is { } text ? Encoding.Latin1.GetString(text) : frame.Text ?? "").Contains(Note, StringComparison.Ordinal))
                {
                    _ = line.CloseAsync();
                    _ = server.CloseAsync();
                }
                else if (frame.Binary is { } bytes)
                {
                    server.Send(bytes);
                }
                else
                {
                    server.Send(frame.Text!);
                }
            });
        });
        await lead.SignInAsync("lead@demo.example", "/exceptions");
        await lead.Find("exception-scope").SelectOptionAsync("Account");
        await Expect(lead.Find("exception-account")).ToBeVisibleAsync();
        await lead.Page.EvaluateAsync("() => document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', event => { window.isBack ||= event.detail.state === 'hide'; })");
        await lead.Find("exception-note").FillAsync(Note);
        await lead.Page.WaitForFunctionAsync("() => window.isBack");
        return lead;
    }
}

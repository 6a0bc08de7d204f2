using System.Globalization;
using Microsoft.Playwright;
using PremiumSupport.Tests.Channels.Help.Pages;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// How long until a customer can type on <c>/help</c> and <c>/chat</c>, with an empty cache, beside a static page with nothing but a field on it; and what travels for it.
/// </summary>
public sealed class PageFigures(Browser browser) : IAsyncLifetime
{
    private const int Rounds = 9;

    // When the field is there and takes the focus, by the page's own clock from the start of its navigation.
    private const string Watch = """
        (() => {
          const look = () => {
            const field = document.querySelector('[data-testid=ask-input], [data-testid=chat-input]');
            if (!field || window.usable) return;
            field.focus();
            if (document.activeElement === field) requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
          };
          new MutationObserver(look).observe(document, { childList: true, subtree: true });
          document.addEventListener('DOMContentLoaded', look);
        })();
        """;

    private readonly SupportHost _host = Measured.PublishedPages();
    private VendorSite _bare = default!;

    public async ValueTask InitializeAsync()
    {
        _bare = await VendorSite.StartAsync();
        _bare.Html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Bare</title></head><body><textarea data-testid=\"ask-input\"></textarea></body></html>";
    }

    public async ValueTask DisposeAsync()
    {
        await _bare.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact(Explicit = true)]
    public async Task Time_until_a_customer_can_type()
    {
        foreach (var (line, kilobits, latency) in new[] { ("this machine's own network", 0, 0), ("1.6 Mbit/s and 150 ms", 1600, 150) })
        {
            foreach (var page in new[] { "help", "chat" })
            {
                List<double> product = [], bare = [], kilobytes = [], requests = [];
                for (var round = 0; round <= Rounds; round++)
                {
                    var (usable, bytes, count) = await OpenAsync(_host.Address, $"/{page}?lang=de", "sofia@acme.example", kilobits, latency);
                    var (plain, _, _) = await OpenAsync(new(_bare.Origin), "/", null, kilobits, latency);
                    if (round > 0)
                    {
                        product.Add(usable);
                        bare.Add(plain);
                        kilobytes.Add(bytes / 1000);
                        requests.Add(count);
                    }
                }

                Sheet.Row($"`/{page}` until one can type, empty cache, {line}", Median(product), "a static page with one field", Median(bare), "ms");
                Sheet.Note(string.Create(CultureInfo.InvariantCulture, $"- `/{page}` over {line}: {Median(kilobytes):0.0} KB in {Median(requests):0} requests by then, the font of {PageWeight.Font / 1000.0:0.0} KB among them."));
            }
        }

        foreach (var page in new[] { "help", "chat" })
        {
            Sheet.Note($"- `/{page}`, gzipped, with all that it may load later: {string.Join(", ", PageWeight.Of(page, "de").Select(part => $"{part.Key} {part.Value:N0}"))}; together {PageWeight.Of(page, "de").Values.Sum():N0} bytes.");
        }

        Sheet.Note($"- `widget.js`, gzipped: {PageWeight.Loader:N0} bytes.");
    }

    private async Task<(double Usable, double Bytes, double Requests)> OpenAsync(Uri address, string path, string? email, int kilobits, int latency)
    {
        await using var visitor = await browser.VisitAsync(address);
        if (email is not null)
        {
            await visitor.BecomeAsync(email);
        }

        await visitor.Page.AddInitScriptAsync(Watch);
        var line = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.clearBrowserCache");
        if (kilobits > 0)
        {
            await line.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = latency, ["downloadThroughput"] = kilobits * 125, ["uploadThroughput"] = kilobits * 125 });
        }

        await visitor.Page.GotoAsync(path);
        await visitor.Page.WaitForFunctionAsync("() => window.usable");
        var read = await visitor.Page.EvaluateAsync<double[]>("""
            () => {
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(entry => entry.startTime <= window.usable);
              return [window.usable, all.reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0), all.length];
            }
            """);
        return (read[0], read[1], read[2]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// The queue of 5,000 open tickets in Chromium: first paint, scrolling and j/k, each beside a static page with a plain table of the same 5,000 rows, in alternating rounds; and
/// what one change costs the server for many open queues.
/// </summary>
public sealed class QueuePageFigures(Browser browser) : IAsyncLifetime
{
    private const int Open = 5_000;
    private const int Rounds = 7;
    private const int Keys = 40;
    private const int Queues = 1_000;

    private readonly SupportHost _host = Measured.PublishedPages();
    private VendorSite _bare = default!;

    public async ValueTask InitializeAsync()
    {
        _bare = await VendorSite.StartAsync();
        _bare.Html = BarePage();
        _ = _host.Address;
        await Measured.OpenAsync(Measured.CommandsAt(_host, TimeProvider.System), await Measured.CustomerAsync(_host, "sofia@acme.example"), Open, Channel.Email);
        // Opened beside the product, so its queue reads them with the next minute's look at everything; a change tells it now.
        _host.Services.GetRequiredService<PremiumSupport.Platform.Realtime.ChangeBus>().Publish(PremiumSupport.Platform.Realtime.Change.Everything);
    }

    public async ValueTask DisposeAsync()
    {
        await _bare.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact(Explicit = true)]
    public async Task Five_thousand_open_tickets_in_a_browser()
    {
        await using var product = await browser.EnterAsync(_host, "specialist");
        await using var bare = await browser.VisitAsync(new(_bare.Origin));
        List<double> paint = [], rows = [], barePaint = [], scroll = [], bareScroll = [], keys = [], slow = [], bareKeys = [], bareSlow = [];
        for (var round = 0; round <= Rounds; round++)
        {
            await product.GoAsync("/queue/all");
            await product.Page.WaitForSelectorAsync("[data-testid=queue-row][aria-selected=true]");
            await bare.Page.GotoAsync("/");
            await bare.Page.WaitForSelectorAsync("[aria-selected=true]");
            var (painted, shown) = (await QueueInBrowser.PaintAsync(product), await product.Page.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].responseEnd"));
            var plain = await QueueInBrowser.PaintAsync(bare);
            var (jump, flat) = (await product.Page.EvaluateAsync<double>(QueueInBrowser.Scroll, 0.1 + (0.1 * round)), await bare.Page.EvaluateAsync<double>(QueueInBrowser.Scroll, 0.1 + (0.1 * round)));
            await product.GoAsync("/queue/all");
            await product.Page.WaitForSelectorAsync("[data-testid=queue-row][aria-selected=true]");
            var pressed = await product.Page.EvaluateAsync<double[]>(QueueInBrowser.Press, new object[] { "j", Keys });
            var pressedBare = await bare.Page.EvaluateAsync<double[]>(QueueInBrowser.Press, new object[] { "j", Keys });
            if (round > 0)
            {
                paint.Add(painted);
                rows.Add(shown);
                barePaint.Add(plain);
                scroll.Add(jump);
                bareScroll.Add(flat);
                keys.Add(pressed[0]);
                slow.Add(pressed[1]);
                bareKeys.Add(pressedBare[0]);
                bareSlow.Add(pressedBare[1]);
            }
        }

        Sheet.Row($"The queue in Chromium, {Open:N0} open: first contentful paint", Median(paint), "a static page with 5,000 plain rows", Median(barePaint), "ms");
        Sheet.Row("The same: a jump in the list until a row is there", Median(scroll), "the static page", Median(bareScroll), "ms");
        Sheet.Row("The same: `j`, from the press to the frame after the selection moved, p50", Median(keys), "the static page", Median(bareKeys), "ms");
        Sheet.Row("The same, p95", Median(slow), "the static page", Median(bareSlow), "ms");
        Sheet.Note(string.Create(CultureInfo.InvariantCulture, $"- The queue's document was there after {Median(rows):0} ms; its first 40 rows are in it."));
    }

    [Fact(Explicit = true)]
    public async Task What_one_change_costs_many_open_queues()
    {
        var queue = _host.Services.GetRequiredService<QueueProjection>();
        await queue.Loaded;
        var filter = new QueueFilter { Severity = Severity.BusinessCritical };
        var people = Enumerable.Range(0, Queues).Select(_ => Guid.NewGuid()).ToArray();
        List<double> one = [], many = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (first, all) = (Change(queue, filter, people[..1]), Change(queue, filter, people));
            if (round > 0)
            {
                one.Add(first);
                many.Add(all);
            }
        }

        Sheet.Row($"One change among {Open:N0} open, read with its counts by {Queues:N0} queues", Median(many), "by one queue", Median(one), "ms");
    }

    private double Change(QueueProjection queue, QueueFilter filter, Guid[] people)
    {
        var before = queue.Rows;
        using var fresh = new ManualResetEventSlim();
        using var hearing = _host.Services.GetRequiredService<PremiumSupport.Platform.Realtime.ChangeBus>().Subscribe(change =>
        {
            if (change.Topic == QueueProjection.Topic && !ReferenceEquals(before[0], queue.Rows[0]))
            {
                fresh.Set();
            }
        });
        _host.Services.GetRequiredService<PremiumSupport.Platform.Realtime.ChangeBus>().Publish(new(TicketCommands.Topic, before[0].Number));
        Assert.True(fresh.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var start = Stopwatch.GetTimestamp();
        foreach (var person in people)
        {
            queue.Read(QueueView.All, person);
            queue.Count(QueueView.All, filter, person);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string BarePage()
    {
        var rows = new StringBuilder();
        for (var number = 0; number < Open; number++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr data-ticket=\"{number}\" style=\"height:56px\"><td>59m</td><td>{number}</td><td>Nobody can sign in ({number})</td><td>Sofia Marchetti</td></tr>");
        }

        return $$"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><style>.rows{height:80vh;overflow:auto}table{width:100%}[aria-selected=true]{background:#def}</style></head>
            <body><div class="rows"><table><tbody>{{rows}}</tbody></table></div><script>
              let at = 0; const rows = document.querySelectorAll('tr'); rows[0].setAttribute('aria-selected', 'true');
              document.addEventListener('keydown', event => { if (event.key !== 'j') return; rows[at].removeAttribute('aria-selected'); rows[++at].setAttribute('aria-selected', 'true'); rows[at].scrollIntoView({ block: 'nearest' }); });
            </script></body></html>
            """;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

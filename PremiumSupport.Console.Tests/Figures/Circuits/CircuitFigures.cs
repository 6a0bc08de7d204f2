using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PremiumSupport.Tests.Circuits;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures.Circuits;

/// <summary>
/// Specialists with their queue open, held as circuits without browsers beside a few real ones, while tickets change: how soon a change is seen, whether every page ends as the database is, and what a circuit
/// costs beside one that only says hello. The server is a process of its own; so is the yardstick.
/// </summary>
public sealed class CircuitFigures(Browser browser)
{
    private const int MostSpecialists = 200;
    private const int Browsers = 3;
    private const int PerSecond = 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    // When a subject that stands in a row is another than before: how old it is once the frame after that is drawn.
    private const string Watch = """
        () => {
          const last = {};
          window.ages = []; window.disorder = 0;
          const now = () => performance.timeOrigin + performance.now();
          const look = isFirst => {
            for (const link of document.querySelectorAll('[data-testid=queue-row] .subject a')) {
              const said = /~(\d+)\.(\d+)\.(\d+)~/.exec(link.textContent);
              if (!said || last[said[1]] === +said[2]) continue;
              if (+said[2] < last[said[1]]) window.disorder++;
              last[said[1]] = +said[2];
              if (!isFirst) requestAnimationFrame(() => setTimeout(() => window.ages.push(now() - said[3] / 1000)));
            }
          };
          look(true);
          new MutationObserver(() => look(false)).observe(document.querySelector('.rows'), { subtree: true, childList: true, characterData: true });
        }
        """;

    [Fact(Explicit = true)]
    public async Task Queues()
    {
        var sizes = (Environment.GetEnvironmentVariable("PREMIUMSUPPORT_CIRCUITS") ?? "200 1000 2000").Split(' ').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        var specialists = Math.Min(MostSpecialists, sizes[0]);
        await using var product = await CircuitNode.StartAsync(specialists);
        await using var hello = await CircuitNode.StartAsync(0);
        var sessions = await SignInAsync(product.Address, specialists);
        var pages = new List<(CircuitPage Page, QueueWatch Watch)>();
        var greetings = new List<CircuitPage>();
        var visitors = new List<Visitor>();
        try
        {
            using var greeter = new HttpClient { BaseAddress = hello.Address };
            using var api = Measured.Client(product.Address, SupportHost.ApiKey);
            // What the first page brings along is no circuit's.
            for (var warm = 0; warm < 10; warm++)
            {
                await OpenAsync(pages, sessions, pages.Count + 1);
                await GreetAsync(greetings, greeter, hello.Address, greetings.Count + 1);
            }

            for (var visit = 0; visit < Browsers; visit++)
            {
                var visitor = await browser.VisitAsync(product.Address);
                await visitor.SignInAsync(CircuitNode.EmailOf(visit), "/queue/all");
                visitors.Add(visitor);
            }

            var tickets = Rows().Matches(await sessions[0].Http.GetStringAsync("/queue/all")).Select(row => long.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
            var changes = new QueueChanges(api, tickets);
            await changes.RunAsync(TimeSpan.FromSeconds(10), PerSecond);
            foreach (var size in sizes)
            {
                var idle = await GrowthAsync(product, pages.Count, size, () => OpenAsync(pages, sessions, size));
                if (size == sizes[0])
                {
                    var bare = await GrowthAsync(hello, greetings.Count, size, () => GreetAsync(greetings, greeter, hello.Address, size));
                    Sheet.Row($"Heap per idle queue, {size:N0} circuits", idle, "a circuit that says hello", bare, "KiB");
                }

                await MeasureAsync(product, changes, pages, visitors, api, idle);
            }
        }
        finally
        {
            await Task.WhenAll(pages.Select(page => page.Page.DisposeAsync().AsTask()).Concat(greetings.Select(page => page.DisposeAsync().AsTask())).Concat(visitors.Select(visitor => visitor.DisposeAsync().AsTask())));
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    private static async Task MeasureAsync(CircuitNode product, QueueChanges changes, List<(CircuitPage Page, QueueWatch Watch)> pages, List<Visitor> visitors, HttpClient api, double idle)
    {
        foreach (var visitor in visitors)
        {
            await visitor.Page.EvaluateAsync(Watch);
        }

        pages.ForEach(page => page.Watch.TakeAges());
        var (batches, bytes) = (pages.Sum(page => (long)page.Page.Batches), pages.Sum(page => page.Page.Bytes));
        var (before, start) = (await product.CostAsync(isCollected: false), Stopwatch.GetTimestamp());
        var made = await changes.RunAsync(Duration, PerSecond);
        var (elapsed, after) = (Stopwatch.GetElapsedTime(start), await product.CostAsync(isCollected: false));
        var late = await SettleAsync(pages, changes);

        var ages = Load.Of([.. pages.SelectMany(page => page.Watch.TakeAges())], elapsed);
        (batches, bytes) = (pages.Sum(page => (long)page.Page.Batches) - batches, pages.Sum(page => page.Page.Bytes) - bytes);
        var seen = new List<double>();
        foreach (var visitor in visitors)
        {
            seen.AddRange(await visitor.Page.EvaluateAsync<double[]>("() => window.ages"));
            Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => window.disorder"));
        }

        var drawn = Load.Of([.. seen], elapsed);
        Sheet.Note(string.Create(CultureInfo.InvariantCulture, $"- {pages.Count:N0} queues, {made / elapsed.TotalSeconds:0.0} changes a second: a change stood in their batches after p50 {ages.P50:0} ms, p99 {ages.P99:0} ms ({ages.Calls:N0} seen), in {visitors.Count} real browsers after p50 {drawn.P50:0} ms, p99 {drawn.P99:0} ms ({drawn.Calls:N0} seen). {(double)batches / pages.Count / elapsed.TotalSeconds:0.0} batches a second and page of {bytes / Math.Max(1, batches):N0} bytes on average. Processor of the server: {(after.Processor - before.Processor) / elapsed:0.00} cores. Heap per idle circuit {idle:0} KiB, memory of the process {after.WorkingSet / 1048576.0:0} MiB."));

        Assert.Equal(0, pages.Sum(page => page.Watch.Disorder));
        Assert.All(pages, page => Assert.Null(page.Page.Error));
        Assert.Equal(0, late);
        await AgreeAsync(visitors, api);
    }

    /// <summary>Waits until the pages show the last of every ticket; how many never did.</summary>
    private static async Task<int> SettleAsync(List<(CircuitPage Page, QueueWatch Watch)> pages, QueueChanges changes)
    {
        for (var wait = Stopwatch.StartNew(); wait.Elapsed < TimeSpan.FromSeconds(20) && pages.Exists(page => !page.Watch.Shows(changes.Versions));)
        {
            await Task.Delay(50);
        }

        return pages.Count(page => !page.Watch.Shows(changes.Versions));
    }

    /// <summary>The rows of the real pages, in their order, are those of the database.</summary>
    private static async Task AgreeAsync(List<Visitor> visitors, HttpClient api)
    {
        var queue = JsonDocument.Parse(await api.GetStringAsync("/api/v1/queue?view=all&limit=100")).RootElement.GetProperty("items").EnumerateArray()
            .Select(ticket => $"{ticket.GetProperty("number").GetInt64()} {ticket.GetProperty("subject").GetString()}").ToArray();
        foreach (var visitor in visitors)
        {
            await Assertions.Expect(visitor.Page.Locator("[data-testid=queue-row]")).ToHaveCountAsync(Math.Min(40, queue.Length));
            var shown = await visitor.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-testid=queue-row]')].map(row => `${row.dataset.ticket} ${row.querySelector('.subject a').textContent}`)");
            Assert.Equal(queue.Take(shown.Length).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }
    }

    private static async Task<double> GrowthAsync(CircuitNode node, int from, int to, Func<Task> open)
    {
        var before = (await node.CostAsync(isCollected: true)).Heap;
        await open();
        return ((await node.CostAsync(isCollected: true)).Heap - before) / 1024.0 / (to - from);
    }

    private static async Task<StaffSession[]> SignInAsync(Uri address, int specialists)
    {
        var sessions = new StaffSession[specialists];
        await Parallel.ForAsync(0, specialists, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (specialist, _) => sessions[specialist] = await StaffSession.SignInAsync(address, CircuitNode.EmailOf(specialist), SupportHost.Password));
        return sessions;
    }

    private static async Task OpenAsync(List<(CircuitPage Page, QueueWatch Watch)> pages, StaffSession[] sessions, int until)
    {
        var opened = new (CircuitPage, QueueWatch)[until - pages.Count];
        await Parallel.ForAsync(0, opened.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (index, _) =>
        {
            var watch = new QueueWatch();
            opened[index] = (await CircuitPage.OpenAsync(sessions[(pages.Count + index) % sessions.Length], "/queue/all", watch.Take), watch);
        });
        pages.AddRange(opened);
    }

    private static async Task GreetAsync(List<CircuitPage> pages, HttpClient http, Uri address, int until)
    {
        while (pages.Count < until)
        {
            pages.Add(await CircuitPage.OpenAsync(http, new CookieContainer(), address, "/"));
        }
    }

    private static Regex Rows() => new("data-testid=\"queue-row\" data-ticket=\"([0-9]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
}

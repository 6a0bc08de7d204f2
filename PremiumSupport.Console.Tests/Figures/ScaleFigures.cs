using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Circuits;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Figures;

/// <summary>A desk with 100,000 open tickets and a million closed ones beside a desk with 5,000 open: queue and dashboard, in the server and in a browser, in alternating rounds.</summary>
public sealed class ScaleFigures(Browser browser)
{
    private const int Few = 5_000;
    private const int Rounds = 7;
    private const int Keys = 40;
    private const int Queues = 200;

    private static int Many => Asked("PREMIUMSUPPORT_OPEN", 100_000);

    private static int Closed => Asked("PREMIUMSUPPORT_CLOSED", 1_000_000);

    [Fact(Explicit = true)]
    public async Task Hundred_thousand_open_among_a_million()
    {
        await using var few = await ScaleStore.OpenAsync(Few, 0);
        await using var many = await ScaleStore.OpenAsync(Many, Closed);
        var what = string.Create(CultureInfo.InvariantCulture, $"{Many:N0} open, {Closed:N0} closed");

        Sheet.Row($"Reading all open tickets at the start of a node, {what}", await LoadAsync(many), $"{Few:N0} open", await LoadAsync(few), "ms");
        await ChangesAsync(few, many, what);
        await PagesAsync(few, many, what);
        await BrowserAsync(few, many, what);
    }

    /// <summary>What the projection does with one change, and what a page of each of many queues reads of it.</summary>
    private static async Task ChangesAsync(SupportHost few, SupportHost many, string what)
    {
        List<double> made = [], fewMade = [], read = [], fewRead = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (await ChangeAsync(many), await ChangeAsync(few));
            if (round > 0)
            {
                made.Add(one.Seen);
                read.Add(one.Read);
                fewMade.Add(other.Seen);
                fewRead.Add(other.Read);
            }
        }

        Sheet.Row($"From a change's news until the node's queue holds it, {what}", Median(made), $"{Few:N0} open", Median(fewMade), "ms");
        Sheet.Row($"That change read by {Queues} open queues: rows, counts, ruler, choices, {what}", Median(read), $"{Few:N0} open", Median(fewRead), "ms");
    }

    private static async Task<(double Seen, double Read)> ChangeAsync(SupportHost host)
    {
        var (queue, bus) = (host.Services.GetRequiredService<QueueProjection>(), host.Services.GetRequiredService<ChangeBus>());
        // Not sooner than what the queue rests after a reading.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        var before = queue.Rows;
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hearing = bus.Subscribe(change =>
        {
            if (change.Topic == QueueProjection.Topic && !ReferenceEquals(before[0], queue.Rows[0]))
            {
                fresh.TrySetResult();
            }
        });
        var start = Stopwatch.GetTimestamp();
        bus.Publish(new(TicketCommands.Topic, before[0].Number));
        await fresh.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var (seen, reading) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, Stopwatch.GetTimestamp());
        for (var page = 0; page < Queues; page++)
        {
            var snapshot = queue.Read(QueueView.All, Guid.NewGuid());
            snapshot.Once("facets", () => QueueFacets.Of(snapshot.Rows));
            snapshot.Once("horizon", () => PremiumSupport.Screens.Queue.Horizon.Of(snapshot.Rows, snapshot.ReadAt));
        }

        return (seen, Stopwatch.GetElapsedTime(reading).TotalMilliseconds);
    }

    /// <summary>The documents as a browser would get them.</summary>
    private static async Task PagesAsync(SupportHost few, SupportHost many, string what)
    {
        using var fewLead = await StaffSession.SignInAsync(few.Address, "lead@demo.example", SupportHost.Password);
        using var manyLead = await StaffSession.SignInAsync(many.Address, "lead@demo.example", SupportHost.Password);
        foreach (var path in new[] { "/queue/all", "/queue/at-risk", "/dashboard", "/dashboard?days=7", "/dashboard?days=28", "/wallboard" })
        {
            var duration = TimeSpan.FromSeconds(1);
            var loads = await Load.MediansAsync(
                () => Load.RunAsync(1, duration, _ => GetAsync(manyLead.Http, path)), () => Load.RunAsync(1, duration, _ => GetAsync(fewLead.Http, path)));
            Sheet.Row($"`{path}` as a document, p50, {what}", loads[0].P50, $"{Few:N0} open", loads[1].P50, "ms");
            Sheet.Note(string.Create(CultureInfo.InvariantCulture, $"- `{path}`: p99 {loads[0].P99:0.0} ms beside {loads[1].P99:0.0} ms, processor {loads[0].Cpu:0.0} ms beside {loads[1].Cpu:0.0} ms."));
        }
    }

    private async Task BrowserAsync(SupportHost few, SupportHost many, string what)
    {
        await using var fewPage = await browser.EnterAsync(few, "specialist");
        await using var manyPage = await browser.EnterAsync(many, "specialist");
        List<double> paint = [], fewPaint = [], key = [], fewKey = [], jump = [], fewJump = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (await LookAsync(manyPage, round), await LookAsync(fewPage, round));
            if (round > 0)
            {
                paint.Add(one.Paint);
                key.Add(one.Key);
                jump.Add(one.Jump);
                fewPaint.Add(other.Paint);
                fewKey.Add(other.Key);
                fewJump.Add(other.Jump);
            }
        }

        Sheet.Row($"First contentful paint of `/queue`, {what}", Median(paint), $"{Few:N0} open", Median(fewPaint), "ms");
        Sheet.Row($"`j` to the frame after the selection moved, p50, {what}", Median(key), $"{Few:N0} open", Median(fewKey), "ms");
        Sheet.Row($"A jump in the list until a row is there, {what}", Median(jump), $"{Few:N0} open", Median(fewJump), "ms");
    }

    private static async Task<(double Paint, double Key, double Jump)> LookAsync(Visitor visitor, int round)
    {
        await visitor.GoAsync("/queue/all");
        await visitor.Page.WaitForSelectorAsync("[data-testid=queue-row][aria-selected=true]");
        var paint = await QueueInBrowser.PaintAsync(visitor);
        var keys = await visitor.Page.EvaluateAsync<double[]>(QueueInBrowser.Press, new object[] { "j", Keys });
        return (paint, keys[0], await visitor.Page.EvaluateAsync<double>(QueueInBrowser.Scroll, 0.1 + (0.1 * round)));
    }

    private static async Task<double> LoadAsync(SupportHost host)
    {
        var (queue, bus) = (host.Services.GetRequiredService<QueueProjection>(), host.Services.GetRequiredService<ChangeBus>());
        await queue.Loaded;
        var times = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            var before = queue.Rows;
            var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var hearing = bus.Subscribe(change =>
            {
                if (change.Topic == QueueProjection.Topic && (before.Count == 0 ? queue.Rows.Count > 0 : !ReferenceEquals(before[0], queue.Rows[0])))
                {
                    read.TrySetResult();
                }
            });
            var start = Stopwatch.GetTimestamp();
            bus.PublishHere(Change.Everything);
            await read.Task.WaitAsync(TimeSpan.FromMinutes(2));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Median(times);
    }

    private static async Task GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static int Asked(string name, int standard) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : standard;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

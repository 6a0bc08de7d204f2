using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Screens.Shell.Circuits;
using PremiumSupport.Tests.Circuits;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Screens.Shell;

/// <summary>One page too many says so, and nobody's open pages mind.</summary>
public sealed class CircuitLimitTests : IAsyncLifetime
{
    private const string Words = "You have 2 pages open";

    private readonly SupportHost _host = new(new Dictionary<string, string?> { ["Circuits:PerPerson"] = "2", ["Circuits:PerNode"] = "3" });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ = _host.Address;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_person_with_as_many_pages_as_one_may_have_reads_that_and_comes_in_once_one_is_closed()
    {
        var refusals = new ConcurrentBag<string?>();
        using var listener = Listen(refusals);
        using var mara = await StaffSession.SignInAsync(_host.Address, "specialist@demo.example", SupportHost.Password);
        // Read while there was still room, alive only when there was none: it has no way to know.
        var early = await mara.Http.GetStringAsync("/queue/mine", Cancel);
        var first = await CircuitPage.OpenAsync(mara, "/queue");
        await using var second = await CircuitPage.OpenAsync(mara, "/queue/all");

        using (var refused = await mara.Http.GetAsync("/queue", Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            var html = await refused.Content.ReadAsStringAsync(Cancel);
            Assert.Contains(Words, html, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--Blazor:", html, StringComparison.Ordinal);
            Assert.DoesNotContain("queue-row", html, StringComparison.Ordinal);
        }

        var said = "";
        await using (var late = await CircuitPage.BringToLifeAsync(early, mara.Cookies, _host.Address, "/queue/mine", (_, batch) => said += CircuitPage.TextOf(batch)))
        {
            Assert.Contains("crowded", said, StringComparison.Ordinal);
            Assert.Contains("pages open", said, StringComparison.Ordinal);
            Assert.Null(late.Error);
        }

        using var ana = await StaffSession.SignInAsync(_host.Address, "lead@demo.example", SupportHost.Password);
        await using var others = await CircuitPage.OpenAsync(ana, "/queue");
        Assert.Null(second.Error);
        using (var full = await ana.Http.GetAsync("/queue", Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
            Assert.Contains("no room for another page", await full.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(["node", "person", "person"], refusals.Order(StringComparer.Ordinal));
        await first.CloseAsync();
        using var again = await mara.Http.GetAsync("/queue", Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private MeterListener Listen(ConcurrentBag<string?> refusals)
    {
        var mine = _host.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == CircuitCount.Meter && ReferenceEquals(instrument.Meter.Scope, mine))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => refusals.Add(tags[0].Value as string));
        listener.Start();
        return listener;
    }
}

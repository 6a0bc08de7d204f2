using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Figures;

/// <summary>How late 500 promises that break at the same instant are flagged while 5,000 tickets are open.</summary>
public sealed class FlagFigures
{
    private const int Open = 5_000;
    private const int AtOnce = 500;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(8);

    [Fact(Explicit = true)]
    public async Task Flag_lateness()
    {
        await using var host = Measured.Host();
        using var raw = new RawSqlite();
        _ = host.Address;
        var customer = await Measured.CustomerAsync(host, "sofia@acme.example");
        await Measured.OpenAsync(Measured.CommandsAt(host, TimeProvider.System), customer, Open, Channel.Email);
        var metric = new ConcurrentBag<double>();
        using var meters = Listen(metric);

        var loads = await Load.MediansAsync(
            async () =>
            {
                metric.Clear();
                return await BreachAsync(host.Services, Measured.CommandsAt(host, Past(out var due)), customer, due);
            },
            () => Task.FromResult(Load.Of([raw.UpdateMilliseconds(AtOnce)], TimeSpan.FromSeconds(1))));

        // The breaches alone: the warnings of requests that were opened half an hour ago are minutes late by construction.
        var fromMetric = Load.Of([.. metric.Where(seconds => seconds < 60).Select(seconds => seconds * 1000)], TimeSpan.FromSeconds(1));
        Sheet.Row($"Flag lateness p50, {AtOnce} due at once, {Open:N0} open", loads[0].P50, $"raw UPDATE of {AtOnce} rows, one transaction", loads[1].P50, "ms");
        Sheet.Row($"Flag lateness p99, {AtOnce} due at once, {Open:N0} open", loads[0].P99, $"raw UPDATE of {AtOnce} rows, one transaction", loads[1].P50, "ms");
        Sheet.Row("Until the last of them is committed and told", loads[0].PerSecond, $"raw UPDATE of {AtOnce} rows, one transaction", loads[1].P50, "ms");
        Sheet.Note($"Flag lateness by the product's own metric, last round: p50 {Sheet.Number(fromMetric.P50)} ms, p99 {Sheet.Number(fromMetric.P99)} ms over {fromMetric.Calls} breaches.");
    }

    /// <summary>A clock half an hour back, so that business critical requests opened by it are due in a few seconds.</summary>
    private static FakeTimeProvider Past(out DateTimeOffset due)
    {
        due = ObligationClock.Whole(TimeProvider.System.GetUtcNow() + Ahead);
        return new(due - TimeSpan.FromMinutes(30));
    }

    /// <summary>Lateness of the detection, and in the place of calls per second the milliseconds until the last change was told.</summary>
    private static async Task<Load> BreachAsync(IServiceProvider services, TicketCommands past, CustomerCaller customer, DateTimeOffset due)
    {
        await Measured.OpenAsync(past, customer, AtOnce, Channel.Email, isBusinessCritical: true);
        var told = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        var remaining = AtOnce;
        using var subscription = services.GetRequiredService<ChangeBus>().Subscribe(change =>
        {
            var now = TimeProvider.System.GetUtcNow();
            if (change.Topic == TicketCommands.Topic && now > due && Interlocked.Decrement(ref remaining) == 0)
            {
                told.SetResult(now);
            }
        });
        Assert.True(TimeProvider.System.GetUtcNow() < due, "Opening took longer than the time ahead.");
        var last = await told.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await using var db = await services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var rows = await db.Set<Obligation>().AsNoTracking().Where(obligation => obligation.DueAt == due).Select(obligation => new { obligation.DueAt, obligation.DetectedAt }).ToListAsync();
        Assert.Equal(AtOnce, rows.Count);
        var lateness = Load.Of([.. rows.Select(row => (row.DetectedAt!.Value - row.DueAt).TotalMilliseconds)], TimeSpan.FromSeconds(1));
        return lateness with { PerSecond = (last - due).TotalMilliseconds };
    }

    private static MeterListener Listen(ConcurrentBag<double> lateness)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FlagSweep.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => lateness.Add(value));
        listener.Start();
        return listener;
    }
}

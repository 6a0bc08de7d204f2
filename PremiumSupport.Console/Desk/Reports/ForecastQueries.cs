using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>The forecast of the next hour with what it stands on.</summary>
/// <param name="Forecast">What is expected.</param>
/// <param name="Specialists">How many people were taken to answer.</param>
/// <param name="ArrivalsPerHour">How many requests are expected to come.</param>
/// <param name="Answers">How many answers of the last week say how long one takes; where a channel has none, <see cref="Forecast.UnknownHandling"/> is taken.</param>
public sealed record ForecastView(HourForecast Forecast, int Specialists, double ArrivalsPerHour, int Answers);

/// <summary>Makes forecasts and reads how often they were right.</summary>
public sealed class ForecastQueries(IDbContextFactory<SupportDb> factory, PresenceQueries presence, TimeProvider clock)
{
    /// <summary>How far back the record goes.</summary>
    public static readonly TimeSpan RecordSince = TimeSpan.FromDays(7);

    // Many circuits, one forecast: it changes with every minute, not with every look.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewedAt = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private (DateTimeOffset At, Task<ForecastView> View)? _last;
    private (DateTimeOffset At, Task<ForecastView> View)? _next;

    /// <summary>The forecast as things stand, at most some seconds old. The next is made while the last is still told, so that where somebody always looks nobody waits for it.</summary>
    public Task<ForecastView> NowAsync(CancellationToken cancellation = default)
    {
        var now = ObligationClock.Whole(clock.GetUtcNow());
        lock (_gate)
        {
            if (_next is { View.IsCompleted: true } made)
            {
                (_last, _next) = (made, null);
            }

            if (_last is not { } last || last.View.IsFaulted || now - last.At >= MaxAge || now < last.At)
            {
                (_last, _next) = (last = _next is { } underway && now >= underway.At && now - underway.At < MaxAge ? underway : (now, MakeAsync(now, CancellationToken.None)), null);
            }
            else if (now - last.At >= RenewedAt && _next is null)
            {
                _next = (now, Task.Run(() => MakeAsync(now, CancellationToken.None), CancellationToken.None));
            }

            return last.View.WaitAsync(cancellation);
        }
    }

    /// <summary>How often the forecasts of the last week were right.</summary>
    public async Task<ForecastRecord> RecordAsync(CancellationToken cancellation = default)
    {
        var since = clock.GetUtcNow() - RecordSince;
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return ForecastRecord.Of(await db.Set<ForecastEntry>().AsNoTracking()
            .Where(forecast => forecast.Slot >= since && forecast.Actual != null)
            .Select(forecast => new MaturedForecast(forecast.Expected, forecast.Actual!.Value, forecast.FirstMissed))
            .ToListAsync(cancellation));
    }

    /// <summary>The forecasts behind <see cref="RecordAsync"/>, newest first: a quarter of an hour has one.</summary>
    public async Task<IReadOnlyList<ForecastEntry>> JudgedAsync(CancellationToken cancellation = default)
    {
        var since = clock.GetUtcNow() - RecordSince;
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<ForecastEntry>().AsNoTracking().Where(forecast => forecast.Slot >= since && forecast.Actual != null).OrderByDescending(forecast => forecast.Slot).ToListAsync(cancellation);
    }

    /// <summary>A forecast made this very moment.</summary>
    internal async Task<ForecastView> MakeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var (online, specialists) = await presence.OnlineAsync(cancellation);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var (input, answers) = await new ForecastInputQueries(db, now).ReadAsync(online, specialists, cancellation);
        return new(Forecast.Of(input), input.Specialists, input.Arrivals.Sum(arrivals => arrivals.PerHour), answers);
    }
}

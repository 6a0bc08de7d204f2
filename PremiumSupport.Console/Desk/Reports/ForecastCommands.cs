using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Reports;

/// <summary>Keeps the forecasts' own record. Safe to run at any time, twice or never: a quarter of an hour has one forecast, and each is judged once.</summary>
public sealed class ForecastCommands(WriteQueue writes, ForecastQueries queries, TimeProvider clock)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(15);

    // The last breaches of the hour have been flagged by then.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Judges the forecasts whose time is over and writes down the one of this quarter of an hour.</summary>
    public async Task RecordAsync(CancellationToken cancellation = default)
    {
        var now = ObligationClock.Whole(clock.GetUtcNow());
        await writes.RunAsync(db => MatureAsync(db, now), cancellation: cancellation);
        var made = await queries.MakeAsync(now, cancellation);
        await writes.RunAsync(db => KeepAsync(db, made), cancellation: cancellation);
    }

    private static async Task<int> MatureAsync(SupportDb db, DateTimeOffset now)
    {
        var before = now - Grace;
        var over = await db.Set<ForecastEntry>().Where(forecast => forecast.Actual == null && forecast.Until < before).ToListAsync();
        foreach (var forecast in over)
        {
            // A breach is stamped with the deadline (rule 4), so the index on deadlines finds all of them.
            var (from, until, named) = (forecast.MadeAt, forecast.Until, forecast.FirstTicket);
            var missed = db.Set<Obligation>().Where(owed => owed.DueAt >= from && owed.DueAt <= until && owed.BreachedAt != null && owed.MergedAt == null);
            forecast.Actual = await missed.CountAsync();
            forecast.FirstMissed = named is null ? null : await missed.AnyAsync(owed => owed.TicketNumber == named);
        }

        return over.Count;
    }

    private static async Task<bool> KeepAsync(SupportDb db, ForecastView made)
    {
        var slot = new DateTimeOffset(made.Forecast.MadeAt.UtcTicks - (made.Forecast.MadeAt.UtcTicks % Slot.Ticks), TimeSpan.Zero);
        if (await db.Set<ForecastEntry>().AnyAsync(forecast => forecast.Slot == slot))
        {
            return false;
        }

        db.Add(new ForecastEntry
        {
            Slot = slot,
            MadeAt = made.Forecast.MadeAt,
            Until = made.Forecast.Until,
            Specialists = made.Specialists,
            Expected = made.Forecast.Expected,
            FirstTicket = made.Forecast.First?.Ticket,
            FirstDueAt = made.Forecast.First?.DueAt,
        });
        return true;
    }
}

using System.Diagnostics.Metrics;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Time;

namespace PremiumSupport.Monitoring;

/// <summary>
/// Flags everything that is due. Whoever calls it, and how often, does not matter: the tickets' own rows say what was flagged (trust rule 3).
/// </summary>
public sealed partial class FlagSweep(TicketCommands tickets, TicketQueries queries, TimeProvider clock, SteadyClock wall, IMeterFactory meters, ILogger<FlagSweep> log)
{
    /// <summary>The meter under which monitoring publishes.</summary>
    public const string Meter = "PremiumSupport.Monitoring";

    private readonly Histogram<double> _lateness = meters.Create(Meter).CreateHistogram<double>("premiumsupport.flag.lateness", "s", "How long after its moment a warning or breach was noticed.");

    private readonly Counter<long> _jumps = meters.Create(Meter).CreateCounter<long>("premiumsupport.clock.events", null, "What the machine's wall clock did beside running on, by kind.");

    /// <summary>Flags until nothing is due and says when the next will be; null when nothing is waiting.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellation = default)
    {
        SayWhatTheClockDid();
        while (true)
        {
            // Looked up on a reader's connection: the one writer is only troubled when there is something to write.
            var next = await queries.NextFlagAtAsync(cancellation);
            if (next is null || next > clock.GetUtcNow())
            {
                return next;
            }

            var run = await tickets.FlagDueAsync(cancellation);
            foreach (var lateness in run.Lateness)
            {
                _lateness.Record(lateness.TotalSeconds);
            }

            if (run.Flagged.Count > 0)
            {
                LogFlagged(log, run.Flagged.Count, run.Lateness.Max());
            }
        }
    }

    private void SayWhatTheClockDid()
    {
        foreach (var happened in wall.TakeNews())
        {
            _jumps.Add(1, new KeyValuePair<string, object?>("kind", happened.Kind.ToString()));
            LogClock(log, happened.Sentence);
        }
    }

    [LoggerMessage(LogLevel.Information, "Flagged {Count} tickets, at most {Lateness} after their moment")]
    private static partial void LogFlagged(ILogger logger, int count, TimeSpan lateness);

    [LoggerMessage(LogLevel.Warning, "{Sentence}")]
    private static partial void LogClock(ILogger logger, string sentence);
}

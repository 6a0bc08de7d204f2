using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>What readers did with the articles. Counted at most once a minute on a node: it moves the order of suggestions a little, so it need not be of this second.</summary>
public sealed class ArticleSignalQueries(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private Counted? _counted;

    /// <summary>The signals by article, and the share of readings of any article that led to no contact; 1 where nothing was read yet.</summary>
    public async Task<(IReadOnlyDictionary<long, ArticleSignal> Signals, double Usual)> ReadAsync(CancellationToken cancellation = default)
    {
        // Two readers who find it old both count; neither waits for the other.
        var counted = _counted is { } known && clock.GetElapsedTime(known.At) < Fresh ? known : _counted = await CountAsync(cancellation);
        return (counted.Signals, counted.Usual);
    }

    /// <summary>Counts anew at the next reading.</summary>
    public void Forget() => _counted = null;

    private async Task<Counted> CountAsync(CancellationToken cancellation)
    {
        var at = clock.GetTimestamp();
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var votes = await db.Set<ArticleFeedback>().GroupBy(vote => vote.ArticleId)
            .Select(group => new { group.Key, Yes = group.Count(vote => vote.Helpful), All = group.Count() }).ToListAsync(cancellation);
        var readings = await (
            from reading in db.Set<AskedReading>()
            join question in db.Set<AskedQuestion>() on reading.QuestionId equals question.Id
            group question by reading.ArticleId into read
            select new { read.Key, All = read.Count(), Contacted = read.Count(question => question.Contacted) }).ToListAsync(cancellation);
        var signals = votes.ToDictionary(vote => vote.Key, vote => new ArticleSignal(vote.Yes, vote.All - vote.Yes, 0, 0));
        foreach (var read in readings)
        {
            signals[read.Key] = signals.GetValueOrDefault(read.Key, ArticleSignal.None) with { Read = read.All, Contacted = read.Contacted };
        }

        var all = readings.Sum(read => read.All);
        return new(at, signals, all == 0 ? 1 : 1 - readings.Sum(read => read.Contacted) / (double)all);
    }

    private sealed record Counted(long At, IReadOnlyDictionary<long, ArticleSignal> Signals, double Usual);
}

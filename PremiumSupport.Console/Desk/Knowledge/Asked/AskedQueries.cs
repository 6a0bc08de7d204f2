using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Asked;

/// <summary>Which questions to list.</summary>
public enum AskedView
{
    /// <summary>For which no article was found.</summary>
    Nothing,

    /// <summary>For which articles were suggested, and which led to "Contact us" all the same.</summary>
    StillContacted,
}

/// <summary>Questions that were asked alike.</summary>
/// <param name="Words">The words that they have in common; with the language, their name.</param>
/// <param name="Question">The latest of them as it was asked, masked.</param>
/// <param name="Times">How often.</param>
/// <param name="Contacted">How many of them led to "Contact us".</param>
/// <param name="Read">How many of them opened an article on the way.</param>
public sealed record AskedGroup(string Language, string Words, string Question, int Times, int Contacted, int Read, DateTimeOffset LastAt);

/// <summary>Reads what the articles did not answer; for staff.</summary>
public sealed class AskedQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The most groups that are listed; the rest were asked less often.</summary>
    public const int Most = 200;

    /// <summary>The groups, most often asked first. Those that were dealt with since they were last asked are left out.</summary>
    /// <param name="language">Only those of this language; null for all.</param>
    public async Task<IReadOnlyList<AskedGroup>> ListAsync(AskedView view, string? language = null, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var questions = db.Set<AskedQuestion>().AsNoTracking().Where(question => (view == AskedView.Nothing ? question.Found == 0 : question.Found > 0 && question.Contacted) && (language == null || question.Language == language));
        var groups = await questions
            .Where(question => !db.Set<AskedDone>().Any(done => done.Language == question.Language && done.Words == question.Words && done.At >= question.At))
            .GroupBy(question => new { question.Language, question.Words })
            .Select(group => new
            {
                group.Key.Language, group.Key.Words, Times = group.Count(), Contacted = group.Count(question => question.Contacted), LastAt = group.Max(question => question.At),
                Latest = group.Max(question => question.Id),
            })
            .OrderByDescending(group => group.Times).ThenByDescending(group => group.LastAt)
            .Take(Most)
            .ToListAsync(cancellation);
        var latest = groups.Select(group => group.Latest).ToList();
        var texts = await db.Set<AskedQuestion>().Where(question => latest.Contains(question.Id)).ToDictionaryAsync(question => question.Id, question => question.Text, cancellation);
        var read = await questions.Where(question => db.Set<AskedReading>().Any(reading => reading.QuestionId == question.Id))
            .GroupBy(question => new { question.Language, question.Words }).Select(group => new { group.Key.Language, group.Key.Words, Times = group.Count() }).ToListAsync(cancellation);
        var readings = read.ToDictionary(group => (group.Language, group.Words), group => group.Times);
        return [.. groups.Select(group => new AskedGroup(group.Language, group.Words, texts[group.Latest], group.Times, group.Contacted, readings.GetValueOrDefault((group.Language, group.Words)), group.LastAt))];
    }
}

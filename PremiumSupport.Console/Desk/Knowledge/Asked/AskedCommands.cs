using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Knowledge.Search;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Knowledge.Asked;

/// <summary>Keeps what was asked and what came of it, for those who write articles and for the order of suggestions.</summary>
public sealed class AskedCommands(WriteQueue writes, ArticleSearchQueries search, AskedOptions options, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of questions.</summary>
    public const string Topic = "asked";

    /// <summary>
    /// Notes a question, or what it has become: the same number again replaces its words, adds what was read and remembers that support was contacted. A question without
    /// telling words is not kept.
    /// </summary>
    /// <param name="askId">The page's number for it.</param>
    /// <param name="text">As it stands in the box; masked before it is kept.</param>
    /// <param name="readSlug">An article that was opened just now.</param>
    /// <param name="contacted">Whether "Contact us" was chosen.</param>
    public async Task NoteAsync(Guid askId, string? text, string language, string? readSlug, bool contacted, CancellationToken cancellation = default)
    {
        var code = TextLanguage.Of(language).Code;
        var masked = PrivateWords.Mask(text, ArticleLimits.Question);
        var words = SearchWords.Key(PrivateWords.Unmasked(masked), code, ArticleLimits.Question);
        if (words.Length == 0)
        {
            return;
        }

        // The server looks for itself: a page could say anything.
        var found = (await search.RankAsync(text, code, cancellation)).Count(article => article.IsSuggested);
        var now = clock.GetUtcNow();
        await writes.RunAsync(
            async db =>
            {
                var question = await db.Set<AskedQuestion>().SingleOrDefaultAsync(question => question.AskId == askId);
                if (question is null)
                {
                    db.Add(question = new() { AskId = askId, Language = code, Text = masked, Words = words });
                }

                (question.Language, question.Text, question.Words, question.Found, question.At) = (code, masked, words, found, now);
                question.Contacted |= contacted;
                await db.SaveChangesAsync();
                if (await db.Set<Article>().Where(article => article.Slug == readSlug && article.IsPublished).Select(article => (long?)article.Id).SingleOrDefaultAsync() is { } read
                    && !await db.Set<AskedReading>().AnyAsync(reading => reading.QuestionId == question.Id && reading.ArticleId == read))
                {
                    db.Add(new AskedReading { QuestionId = question.Id, ArticleId = read });
                }

                return true;
            },
            _ => changes.Publish(new(Topic, 0)),
            cancellation);
    }

    /// <summary>Takes questions of these words off the list, until somebody asks later than now.</summary>
    public async Task<Outcome<bool>> DoneAsync(string language, string words, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsLead)
        {
            return ArticleCommands.NotAWriter;
        }

        var now = clock.GetUtcNow();
        return await writes.RunAsync<Outcome<bool>>(
            async db =>
            {
                if (await db.Set<AskedDone>().SingleOrDefaultAsync(done => done.Language == language && done.Words == words) is { } done)
                {
                    (done.At, done.By) = (now, caller.Name);
                }
                else if (await db.Set<AskedQuestion>().AnyAsync(question => question.Language == language && question.Words == words))
                {
                    db.Add(new AskedDone { Language = language, Words = words, At = now, By = caller.Name });
                }

                return true;
            },
            _ => changes.Publish(new(Topic, 0)),
            cancellation);
    }

    /// <summary>Deletes what is older than it may be kept. Returns how many questions went.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation = default)
    {
        var oldest = clock.GetUtcNow() - options.Keep;
        return writes.RunAsync(
            async db =>
            {
                await db.Set<AskedDone>().Where(done => done.At < oldest).ExecuteDeleteAsync();
                return await db.Set<AskedQuestion>().Where(question => question.At < oldest).ExecuteDeleteAsync();
            },
            cancellation: cancellation);
    }
}

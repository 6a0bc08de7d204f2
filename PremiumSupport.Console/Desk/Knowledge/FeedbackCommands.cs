using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Keeps what readers say of an article: one answer for each reader and article, which the next one of the same reader replaces.</summary>
public sealed class FeedbackCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>Keeps an answer to "Was this helpful?". False when there is no such article.</summary>
    /// <param name="reader">Who says so: a contact's id, or what the reader's browser calls itself. Only its hash is kept.</param>
    /// <param name="comment">In their own words, cut to <see cref="ArticleLimits.Comment"/> and masked; null leaves an earlier one as it is.</param>
    public Task<bool> RateAsync(string slug, string language, bool helpful, string? comment, string reader, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var words = comment is null ? null : PrivateWords.Mask(comment, ArticleLimits.Comment);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reader)));
        return writes.RunAsync(
            async db =>
            {
                var id = await db.Set<Article>().Where(article => article.Slug == slug && article.IsPublished).Select(article => (long?)article.Id).SingleOrDefaultAsync();
                if (id is null)
                {
                    return false;
                }

                var known = await db.Set<ArticleFeedback>().SingleOrDefaultAsync(feedback => feedback.ArticleId == id && feedback.Reader == hash);
                if (known is null)
                {
                    db.Add(known = new() { ArticleId = id.Value, Reader = hash, Language = TextLanguage.English });
                }

                (known.Helpful, known.Comment, known.At, known.Language) = (helpful, words ?? known.Comment, now, TextLanguage.Of(language).Code);
                return true;
            },
            done =>
            {
                if (done)
                {
                    changes.Publish(new(FeedbackTopic, 0));
                }
            },
            cancellation);
    }

    /// <summary>The topic under which the change bus speaks of answers.</summary>
    public const string FeedbackTopic = "article-feedback";
}

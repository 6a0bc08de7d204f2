using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Knowledge.Images;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>
/// Writes articles: drafts, versions, their place, and the search index with them, each in one transaction. Leads and admins write; specialists read. English comes
/// first, and every other text is a translation of it.
/// </summary>
public sealed class ArticleCommands(WriteQueue writes, ITextIndex index, ArticleImageCommands images, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus speaks of articles, by their id.</summary>
    public const string Topic = "article";

    internal static readonly Refusal NotAWriter = new(RefusalKind.Forbidden, "forbidden", "Leads and admins write articles.");
    internal static readonly Refusal NotThere = new(RefusalKind.NotFound, "not-found", "There is no such article.");

    private static readonly Refusal NoDraft = Refusal.Conflict("no-draft", "There is no draft to publish: somebody published it or threw it away meanwhile.");

    /// <summary>Begins an article with an English draft, which nobody but staff sees.</summary>
    public async Task<Outcome<long>> CreateAsync(string? title, long? category, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var (name, _) = ArticleCheck.Tidy(title, null);
        if (!caller.IsLead || ArticleCheck.Draft(name, "").Any())
        {
            return caller.IsLead ? Refusal.Invalid([.. ArticleCheck.Draft(name, "")]) : NotAWriter;
        }

        var now = clock.GetUtcNow();
        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                var place = await db.Set<ArticleCategory>().OrderBy(known => known.Id == category ? -1 : known.Position).FirstOrDefaultAsync();
                if (place is null)
                {
                    return Refusal.Conflict("no-category", "Make a category first; every article stands in one.");
                }

                var taken = await db.Set<Article>().Select(article => article.Slug).ToListAsync();
                var article = new Article { Slug = Slugs.Free(Slugs.Of(name), taken.ToHashSet(StringComparer.Ordinal)), CategoryId = place.Id, CreatedAt = now };
                db.Add(article);
                await db.SaveChangesAsync();
                db.Add(new ArticleDraft { ArticleId = article.Id, Language = TextLanguage.English, Title = name, Body = "", EditorId = caller.StaffId, EditorName = caller.Name, EditedAt = now, Version = 1 });
                return article.Id;
            },
            outcome => Tell(outcome.Value),
            cancellation);
    }

    /// <summary>Keeps a draft, finished or not. Refused when somebody else changed it since <paramref name="seen"/>; nothing of theirs is written over.</summary>
    /// <param name="seen">The version of the draft that this one was made from; 0 when there was none, null to write over whatever is there.</param>
    /// <returns>Its new version.</returns>
    public async Task<Outcome<long>> SaveDraftAsync(long articleId, string language, string? title, string? body, long? seen, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var (name, text) = ArticleCheck.Tidy(title, body);
        if (!caller.IsLead || ArticleCheck.Draft(name, text).Any())
        {
            return caller.IsLead ? Refusal.Invalid([.. ArticleCheck.Draft(name, text)]) : NotAWriter;
        }

        var now = clock.GetUtcNow();
        try
        {
            var kept = await writes.RunAsync<Outcome<long>>(
                async db =>
                {
                    if (TextLanguage.All.All(known => known.Code != language) || !await db.Set<Article>().AnyAsync(article => article.Id == articleId))
                    {
                        return NotThere;
                    }

                    var draft = await db.DraftAsync(articleId, language);
                    if (seen is not null && (draft?.Version ?? 0) != seen)
                    {
                        return Changed(draft);
                    }

                    if (draft is null)
                    {
                        db.Add(draft = new() { ArticleId = articleId, Language = language, Title = name, Body = text, EditorName = caller.Name });
                    }

                    (draft.Title, draft.Body, draft.EditorId, draft.EditorName, draft.EditedAt) = (name, text, caller.StaffId, caller.Name, now);
                    return ++draft.Version;
                },
                outcome => Tell(outcome.IsDone ? articleId : 0),
                cancellation);
            if (kept.IsDone)
            {
                images.Keep(text);
            }

            return kept;
        }
        catch (DbUpdateException)
        {
            // Another node's writer came between reading and writing.
            return Changed(null);
        }
    }

    /// <summary>Throws a draft away; an article of which nothing else is there goes with it. Done already is done.</summary>
    public async Task<Outcome<bool>> DiscardDraftAsync(long articleId, string language, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead ? NotAWriter : await writes.RunAsync<Outcome<bool>>(
            async db =>
            {
                await db.Set<ArticleDraft>().Where(draft => draft.ArticleId == articleId && draft.Language == language).ExecuteDeleteAsync();
                if (!await db.Set<ArticleVersion>().AnyAsync(version => version.ArticleId == articleId) && !await db.Set<ArticleDraft>().AnyAsync(draft => draft.ArticleId == articleId))
                {
                    await db.Set<Article>().Where(article => article.Id == articleId).ExecuteDeleteAsync();
                }

                return true;
            },
            _ => Tell(articleId),
            cancellation);
    }

    /// <summary>
    /// Publishes the draft as the next version, in place of what customers read, and shows the article if it was not shown. Refused as changed when the draft is not the
    /// one that was seen.
    /// </summary>
    /// <param name="seen">The draft's version.</param>
    /// <param name="origin">How a translation came to be; English is always written.</param>
    /// <param name="isUpToDate">Whether a translation says all that English says now; otherwise it stays as old as it was.</param>
    public async Task<Outcome<int>> PublishAsync(long articleId, string language, long seen, TextOrigin origin, bool isUpToDate, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsLead)
        {
            return NotAWriter;
        }

        var now = clock.GetUtcNow();
        try
        {
            return await writes.RunAsync<Outcome<int>>(
                async db =>
                {
                    if (await db.DraftAsync(articleId, language) is not { } draft)
                    {
                        return NoDraft;
                    }

                    if (draft.Version != seen)
                    {
                        return Changed(draft);
                    }

                    if (ArticleCheck.Publishing(draft.Title, draft.Body).ToArray() is { Length: > 0 } problems)
                    {
                        return Refusal.Invalid(problems);
                    }

                    var isEnglish = language == TextLanguage.English;
                    var english = await db.TextAsync(articleId, TextLanguage.English);
                    if (!isEnglish && english is null)
                    {
                        return Refusal.Conflict("no-english", "Publish the English version first: it is the official one, and readers are led to it.");
                    }

                    db.Remove(draft);
                    return await ArticleWriter.WriteAsync(
                        db, index, articleId, language, draft.Title, draft.Body, isEnglish ? TextOrigin.Written : origin == TextOrigin.Written ? TextOrigin.Machine : origin,
                        isEnglish ? 0 : isUpToDate ? english!.Version : null, (caller.StaffId, caller.Name), now);
                },
                outcome => Tell(outcome.IsDone ? articleId : 0),
                cancellation);
        }
        catch (DbUpdateException)
        {
            // The number is a key: of two nodes that publish in the same moment the database lets one through.
            return Changed(null);
        }
    }

    /// <summary>Puts an earlier version back as a draft, to be looked at and published. Refused while there is a draft, which would be lost.</summary>
    public async Task<Outcome<long>> RestoreAsync(long articleId, string language, int number, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsLead)
        {
            return NotAWriter;
        }

        var now = clock.GetUtcNow();
        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                if (await db.Set<ArticleVersion>().SingleOrDefaultAsync(version => version.ArticleId == articleId && version.Language == language && version.Number == number) is not { } old)
                {
                    return NotThere;
                }

                if (await db.DraftAsync(articleId, language) is not null)
                {
                    return Refusal.Conflict("has-draft", "There is a draft. Publish it or throw it away first; restoring would write over it.");
                }

                db.Add(new ArticleDraft { ArticleId = articleId, Language = language, Title = old.Title, Body = old.Body, EditorId = caller.StaffId, EditorName = caller.Name, EditedAt = now, Version = 1 });
                return 1;
            },
            outcome => Tell(outcome.IsDone ? articleId : 0),
            cancellation);
    }

    /// <summary>Shows the article to customers or takes it away from them, with all its translations. What was written stays.</summary>
    public async Task<Outcome<bool>> ShowAsync(long articleId, bool isPublished, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead ? NotAWriter : await writes.RunAsync<Outcome<bool>>(
            async db =>
            {
                if (await db.Set<Article>().SingleOrDefaultAsync(article => article.Id == articleId) is not { } article || (isPublished && await db.TextAsync(articleId, TextLanguage.English) is null))
                {
                    return NotThere;
                }

                return article.IsPublished = isPublished;
            },
            _ => Tell(articleId),
            cancellation);
    }

    /// <summary>Takes one translation away from customers. Its versions stay, and the next one that is published shows it again.</summary>
    public async Task<Outcome<bool>> WithdrawAsync(long articleId, string language, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead || language == TextLanguage.English ? NotAWriter : await writes.RunAsync<Outcome<bool>>(
            async db =>
            {
                if (await db.TextAsync(articleId, language) is { } text)
                {
                    await index.RemoveAsync(db, TextLanguage.Of(language), text.Id);
                    db.Remove(text);
                }

                return true;
            },
            _ => Tell(articleId),
            cancellation);
    }

    /// <summary>Puts the article into another category.</summary>
    public async Task<Outcome<bool>> MoveAsync(long articleId, long categoryId, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead ? NotAWriter : await writes.RunAsync<Outcome<bool>>(
            async db =>
            {
                if (await db.Set<Article>().SingleOrDefaultAsync(article => article.Id == articleId) is not { } article || !await db.Set<ArticleCategory>().AnyAsync(category => category.Id == categoryId))
                {
                    return NotThere;
                }

                article.CategoryId = categoryId;
                return true;
            },
            _ => Tell(articleId),
            cancellation);
    }

    private static Refusal Changed(ArticleDraft? draft) => Refusal.Conflict(
        "draft-changed", draft is null ? "The draft is gone: somebody published it or threw it away. Your text is still here." : $"{draft.EditorName} changed this draft meanwhile. Your text is still here.");

    private void Tell(long articleId)
    {
        if (articleId != 0)
        {
            changes.Publish(new(Topic, articleId));
        }
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Keeps the subjects that articles are grouped by: their names in each language and their order.</summary>
public sealed class CategoryCommands(WriteQueue writes, ChangeBus changes)
{
    /// <summary>Makes a category, or renames one.</summary>
    /// <param name="id">Which one; null for a new one, which comes last.</param>
    /// <param name="names">By language; empty ones are left out, and English must be there.</param>
    public async Task<Outcome<long>> SaveAsync(long? id, IReadOnlyDictionary<string, string?> names, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(names);
        if (!caller.IsLead)
        {
            return ArticleCommands.NotAWriter;
        }

        var tidy = TextLanguage.All.Select(language => new CategoryName(language.Code, MessageText.SingleLine(names.GetValueOrDefault(language.Code)))).Where(name => name.Name.Length > 0).ToList();
        if (tidy.Find(name => name.Language == TextLanguage.English) is not { } english)
        {
            return Refusal.Invalid(("name", "Give it an English name."));
        }

        if (tidy.Any(name => name.Name.Length > ArticleLimits.Category))
        {
            return Refusal.Invalid(("name", $"A category's name has up to {ArticleLimits.Category} characters."));
        }

        return await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                var all = await db.Set<ArticleCategory>().ToListAsync();
                if (all.Exists(category => category.Id != id && string.Equals(category.Name, english.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    return Refusal.Conflict("taken", $"There is a category “{english.Name}” already.");
                }

                var category = all.Find(category => category.Id == id);
                if (category is null && id is not null)
                {
                    return ArticleCommands.NotThere;
                }

                if (category is null)
                {
                    db.Add(category = new() { Name = english.Name, Position = all.Count == 0 ? 0 : all.Max(other => other.Position) + 1 });
                }

                (category.Name, category.Names) = (english.Name, [.. tidy.Where(name => name != english)]);
                await db.SaveChangesAsync();
                return category.Id;
            },
            Tell,
            cancellation);
    }

    /// <summary>Moves a category one place up or down.</summary>
    public async Task<Outcome<long>> MoveAsync(long id, bool up, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead ? ArticleCommands.NotAWriter : await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                var all = await db.Set<ArticleCategory>().OrderBy(category => category.Position).ThenBy(category => category.Id).ToListAsync();
                var at = all.FindIndex(category => category.Id == id);
                var to = up ? at - 1 : at + 1;
                if (at >= 0 && to >= 0 && to < all.Count)
                {
                    (all[at], all[to]) = (all[to], all[at]);
                }

                for (var place = 0; place < all.Count; place++)
                {
                    all[place].Position = place;
                }

                return id;
            },
            Tell,
            cancellation);
    }

    /// <summary>Removes a category in which nothing stands.</summary>
    public async Task<Outcome<long>> RemoveAsync(long id, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !caller.IsLead ? ArticleCommands.NotAWriter : await writes.RunAsync<Outcome<long>>(
            async db =>
            {
                if (await db.Set<Article>().CountAsync(article => article.CategoryId == id) is > 0 and var standing)
                {
                    return Refusal.Conflict("not-empty", $"{standing} of the articles stand in it. Move them first.");
                }

                await db.Set<ArticleCategory>().Where(category => category.Id == id).ExecuteDeleteAsync();
                return id;
            },
            Tell,
            cancellation);
    }

    private void Tell(Outcome<long> outcome)
    {
        if (outcome.IsDone)
        {
            changes.Publish(new(ArticleCommands.Topic, 0));
        }
    }
}

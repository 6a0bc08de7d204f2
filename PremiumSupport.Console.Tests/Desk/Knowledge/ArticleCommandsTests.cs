using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Knowledge;

[Collection(SharedHost.Name)]
public sealed class SqliteArticleCommandsTests(SupportHost host) : ArticleCommandsTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresArticleCommandsTests(PostgresHost host) : ArticleCommandsTests(host.OrSkip());

/// <summary>Drafts survive, versions never change, translations know what they were made from, and only leads and admins write.</summary>
public abstract class ArticleCommandsTests(SupportHost host)
{
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena Vogt", "lead@demo.example", IsLead: true);
    private static readonly StaffCaller Other = new(Guid.NewGuid(), "Elif Aydın", "admin@demo.example", IsLead: true, IsAdmin: true);
    private static readonly StaffCaller Specialist = new(Guid.NewGuid(), "Mara", "specialist@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ArticleCommands Commands => Get<ArticleCommands>();

    private ArticleStaffQueries Articles => Get<ArticleStaffQueries>();

    [Fact]
    public async Task An_article_goes_from_a_draft_to_versions_that_can_be_read_and_put_back()
    {
        var id = (await Commands.CreateAsync("Numbats in the yard", null, Lead, Cancel)).Value;
        Assert.Equal("numbats-in-the-yard", (await Articles.FindAsync(id, "en", Cancel))!.Row.Slug);
        Assert.Empty(await Search("numbats"));

        var seen = (await Commands.SaveDraftAsync(id, "en", "Numbats in the yard", "Close the **gate**.", 1, Lead, Cancel)).Value;
        Assert.Empty(await Search("numbats"));
        Assert.Equal(1, (await Commands.PublishAsync(id, "en", seen, TextOrigin.Written, isUpToDate: true, Lead, Cancel)).Value);
        Assert.Equal(["numbats-in-the-yard"], await Search("numbats"));

        await PublishAsync(id, "en", "Numbats in the yard", "Open the window.");
        Assert.Equal("numbats-in-the-yard", (await Search("numbat window"))[0]);
        var versions = await Articles.VersionsAsync(id, "en", Cancel);
        Assert.Equal([2, 1], versions.Select(version => version.Number));
        Assert.All(versions, version => Assert.Equal("Lena Vogt", version.AuthorName));
        Assert.Equal("Close the **gate**.", (await Articles.VersionAsync(id, "en", 1, Cancel))!.Body);

        Assert.True((await Commands.RestoreAsync(id, "en", 1, Other, Cancel)).IsDone);
        var draft = (await Articles.FindAsync(id, "en", Cancel))!.Draft!;
        Assert.Equal("Close the **gate**.", draft.Body);
        Assert.Equal("has-draft", (await Commands.RestoreAsync(id, "en", 1, Other, Cancel)).Refusal!.Code);
        Assert.Equal(3, (await Commands.PublishAsync(id, "en", draft.Version, TextOrigin.Written, isUpToDate: true, Other, Cancel)).Value);
        Assert.Contains("gate", (await Get<ArticleQueries>().GetAsync("numbats-in-the-yard", cancellation: Cancel))!.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleagues_draft_is_not_written_over_and_not_published_unseen()
    {
        var id = (await Commands.CreateAsync("Shared", null, Lead, Cancel)).Value;
        Assert.Equal(2, (await Commands.SaveDraftAsync(id, "en", "Shared", "Mine", 1, Lead, Cancel)).Value);
        var stale = (await Commands.SaveDraftAsync(id, "en", "Shared", "Theirs", 1, Other, Cancel)).Refusal!;
        Assert.Equal("draft-changed", stale.Code);
        Assert.Contains("Lena Vogt", stale.Message, StringComparison.Ordinal);
        Assert.Equal("draft-changed", (await Commands.PublishAsync(id, "en", 1, TextOrigin.Written, isUpToDate: true, Other, Cancel)).Refusal!.Code);
        Assert.Equal("Mine", (await Articles.FindAsync(id, "en", Cancel))!.Draft!.Body);
        Assert.Equal(3, (await Commands.SaveDraftAsync(id, "en", "Shared", "Theirs after all", null, Other, Cancel)).Value);
    }

    [Fact]
    public async Task What_is_empty_too_long_or_still_uploading_is_not_published_and_not_lost()
    {
        var id = (await Commands.CreateAsync("", null, Lead, Cancel)).Value;
        var refusal = (await Commands.PublishAsync(id, "en", 1, TextOrigin.Written, isUpToDate: true, Lead, Cancel)).Refusal!;
        Assert.Equal(["body", "title"], refusal.Errors.Keys.Order());

        await Commands.SaveDraftAsync(id, "en", "With an image", "![a](uploading-1)", 1, Lead, Cancel);
        Assert.Contains("on its way", (await Commands.PublishAsync(id, "en", 2, TextOrigin.Written, isUpToDate: true, Lead, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("invalid", (await Commands.SaveDraftAsync(id, "en", "x", new string('x', ArticleLimits.Body + 1), 2, Lead, Cancel)).Refusal!.Code);
        Assert.Equal("not-found", (await Commands.SaveDraftAsync(id, "xx", "x", "y", 0, Lead, Cancel)).Refusal!.Code);
        Assert.Equal("not-found", (await Commands.SaveDraftAsync(long.MaxValue, "en", "x", "y", 0, Lead, Cancel)).Refusal!.Code);
        Assert.Equal("![a](uploading-1)", (await Articles.FindAsync(id, "en", Cancel))!.Draft!.Body);

        // A draft of which nothing was published goes with its article.
        Assert.True((await Commands.DiscardDraftAsync(id, "en", Lead, Cancel)).IsDone);
        Assert.Null(await Articles.FindAsync(id, "en", Cancel));
    }

    [Fact]
    public async Task A_translation_needs_English_and_grows_old_with_it()
    {
        var id = (await Commands.CreateAsync("Bilbies", null, Lead, Cancel)).Value;
        await Commands.SaveDraftAsync(id, "de", "Kaninchennasenbeutler", "Deutsch.", 0, Lead, Cancel);
        Assert.Equal("no-english", (await Commands.PublishAsync(id, "de", 1, TextOrigin.Reviewed, isUpToDate: true, Lead, Cancel)).Refusal!.Code);

        await PublishAsync(id, "en", "Bilbies", "English.");
        Assert.True((await Commands.PublishAsync(id, "de", 1, TextOrigin.Reviewed, isUpToDate: true, Lead, Cancel)).IsDone);
        Assert.Equal(new LanguageState("de", TextOrigin.Reviewed, false, false), await StateAsync(id, "de"));

        await PublishAsync(id, "en", "Bilbies", "English again.");
        Assert.True((await StateAsync(id, "de")).IsOutOfDate);
        await PublishAsync(id, "de", "Kaninchennasenbeutler", "Ein Tippfehler.", isUpToDate: false);
        Assert.True((await StateAsync(id, "de")).IsOutOfDate);
        await PublishAsync(id, "de", "Kaninchennasenbeutler", "Wieder gleich.", isUpToDate: true);
        Assert.Equal(new LanguageState("de", TextOrigin.Machine, false, false), await StateAsync(id, "de"));

        Assert.True((await Commands.WithdrawAsync(id, "de", Lead, Cancel)).IsDone);
        Assert.Null((await StateAsync(id, "de")).Origin);
        Assert.Equal("en", (await Get<ArticleQueries>().GetAsync("bilbies", "de", Cancel))!.Language);
        Assert.Empty(await Get<ArticleQueries>().SearchAsync("Kaninchennasenbeutler", "de", Cancel));
    }

    [Fact]
    public async Task What_is_hidden_is_read_and_found_by_nobody_and_can_be_shown_again()
    {
        var id = (await Commands.CreateAsync("Potoroos", null, Lead, Cancel)).Value;
        Assert.Equal("not-found", (await Commands.ShowAsync(id, isPublished: true, Lead, Cancel)).Refusal!.Code);
        await PublishAsync(id, "en", "Potoroos", "They hop.");
        await Commands.ShowAsync(id, isPublished: false, Lead, Cancel);
        Assert.Empty(await Search("potoroos"));
        Assert.Null(await Get<ArticleQueries>().GetAsync("potoroos", cancellation: Cancel));
        await Commands.ShowAsync(id, isPublished: true, Lead, Cancel);
        Assert.Equal(["potoroos"], await Search("potoroos"));
    }

    [Fact]
    public async Task A_specialist_reads_and_writes_nothing()
    {
        var id = (await Commands.CreateAsync("Theirs", null, Lead, Cancel)).Value;
        Assert.All(
            new[]
            {
                (await Commands.CreateAsync("x", null, Specialist, Cancel)).Refusal, (await Commands.SaveDraftAsync(id, "en", "x", "y", 1, Specialist, Cancel)).Refusal,
                (await Commands.PublishAsync(id, "en", 1, TextOrigin.Written, isUpToDate: true, Specialist, Cancel)).Refusal, (await Commands.DiscardDraftAsync(id, "en", Specialist, Cancel)).Refusal,
                (await Commands.RestoreAsync(id, "en", 1, Specialist, Cancel)).Refusal, (await Commands.ShowAsync(id, isPublished: true, Specialist, Cancel)).Refusal,
                (await Commands.WithdrawAsync(id, "de", Specialist, Cancel)).Refusal, (await Commands.MoveAsync(id, 1, Specialist, Cancel)).Refusal,
                (await Get<CategoryCommands>().SaveAsync(null, new Dictionary<string, string?> { ["en"] = "x" }, Specialist, Cancel)).Refusal,
                (await Get<CategoryCommands>().MoveAsync(1, up: true, Specialist, Cancel)).Refusal, (await Get<CategoryCommands>().RemoveAsync(1, Specialist, Cancel)).Refusal,
            },
            refusal => Assert.Equal("forbidden", refusal!.Code));
    }

    [Fact]
    public async Task Categories_are_named_in_each_language_moved_and_removed_when_empty()
    {
        var categories = Get<CategoryCommands>();
        var id = (await categories.SaveAsync(null, new Dictionary<string, string?> { ["en"] = "Marsupials", ["de"] = "Beuteltiere", ["fr"] = " " }, Lead, Cancel)).Value;
        Assert.Equal("taken", (await categories.SaveAsync(null, new Dictionary<string, string?> { ["en"] = "MARSUPIALS" }, Lead, Cancel)).Refusal!.Code);
        Assert.Equal("invalid", (await categories.SaveAsync(null, new Dictionary<string, string?> { ["de"] = "Nur deutsch" }, Lead, Cancel)).Refusal!.Code);
        Assert.Equal([new("de", "Beuteltiere")], (await Articles.CategoriesAsync(Cancel)).Single(category => category.Id == id).Names);

        var article = (await Commands.CreateAsync("In it", id, Lead, Cancel)).Value;
        Assert.Equal("not-empty", (await categories.RemoveAsync(id, Lead, Cancel)).Refusal!.Code);
        Assert.True((await Commands.MoveAsync(article, (await Articles.CategoriesAsync(Cancel))[0].Id, Lead, Cancel)).IsDone);
        await categories.MoveAsync(id, up: true, Lead, Cancel);
        Assert.Equal(id, (await Articles.CategoriesAsync(Cancel))[^2].Id);
        Assert.True((await categories.RemoveAsync(id, Lead, Cancel)).IsDone);
        Assert.DoesNotContain(await Articles.CategoriesAsync(Cancel), category => category.Id == id);
    }

    [Fact]
    public async Task Two_articles_of_one_title_have_two_addresses()
    {
        var first = (await Commands.CreateAsync("Quolls & dunnarts!", null, Lead, Cancel)).Value;
        var second = (await Commands.CreateAsync("Quolls & dunnarts!", null, Lead, Cancel)).Value;
        Assert.Equal(["quolls-dunnarts", "quolls-dunnarts-2"], [(await Articles.FindAsync(first, "en", Cancel))!.Row.Slug, (await Articles.FindAsync(second, "en", Cancel))!.Row.Slug]);
    }

    private async Task PublishAsync(long id, string language, string title, string body, bool isUpToDate = true)
    {
        var seen = (await Commands.SaveDraftAsync(id, language, title, body, null, Lead, Cancel)).Value;
        Assert.True((await Commands.PublishAsync(id, language, seen, TextOrigin.Machine, isUpToDate, Lead, Cancel)).IsDone);
    }

    private async Task<LanguageState> StateAsync(long id, string language) => (await Articles.FindAsync(id, language, Cancel))!.Row.Languages.Single(state => state.Language == language);

    private async Task<IReadOnlyList<string>> Search(string text) => [.. (await Get<ArticleQueries>().SearchAsync(text, cancellation: Cancel)).Select(hit => hit.Slug)];

    private T Get<T>()
        where T : notnull
    {
        _ = host.Address;
        return host.Services.GetRequiredService<T>();
    }
}

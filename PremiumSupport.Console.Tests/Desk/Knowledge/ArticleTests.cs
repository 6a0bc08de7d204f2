using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Knowledge;

public sealed class SqliteArticleTests(SupportHost host) : ArticleTests(host), IClassFixture<SupportHost>;

public sealed class PostgresArticleTests(PostgresHost host) : ArticleTests(host.OrSkip()), IClassFixture<PostgresHost>;

public abstract class ArticleTests(SupportHost host)
{
    private ArticleQueries Queries
    {
        get
        {
            _ = host.Address;
            return host.Services.GetRequiredService<ArticleQueries>();
        }
    }

    [Theory]
    [InlineData("Nobody can sign in after we changed our SSO certificate", "sso-certificate")]
    [InlineData("certificat", "sso-certificate")]
    [InlineData("merge duplicates", "duplicate-contacts")]
    [InlineData("my scheduled emails went out at the wrong hour", "scheduled-emails-time-zone")]
    [InlineData("getting 429 from the api", "api-limits")]
    [InlineData("what is business critical?", "business-critical")]
    [InlineData("workflow is not running", "workflow-not-running")]
    public async Task The_article_that_answers_comes_first(string question, string slug) =>
        Assert.Equal(slug, (await Queries.SearchAsync(question, cancellation: TestContext.Current.CancellationToken))[0].Slug);

    [Theory]
    [InlineData("\"")]
    [InlineData("' OR 1=1 --")]
    [InlineData("NEAR(a b, 2) AND NOT title:x*")]
    [InlineData("\0\u202e\ud83d\ude00 ﷽")]
    [InlineData("{Title Body}: (")]
    [InlineData("+++---***")]
    public async Task Hostile_words_are_only_words(string text) =>
        Assert.InRange((await Queries.SearchAsync(text, cancellation: TestContext.Current.CancellationToken)).Count, 0, 5);

    [Fact]
    public async Task No_text_at_all_breaks_the_search() =>
        await Gen.String.SampleAsync(async text => Assert.InRange((await Queries.SearchAsync(text)).Count, 0, 5), iter: 300, threads: 1);

    [Fact]
    public async Task An_article_shows_when_it_was_updated_and_lets_nothing_run()
    {
        var ct = TestContext.Current.CancellationToken;
        await SaveAsync("hostile", "<script>alert(1)</script> [click](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** ![x](https://evil.example/p.png) ![y](/articles/images/../../secret)");
        var article = (await Queries.GetAsync("hostile", cancellation: ct))!;
        Assert.Contains("<strong>bold</strong>", article.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), article.UpdatedAt);
    }

    [Fact]
    public async Task A_translation_says_how_it_was_made_and_when_English_has_gone_on()
    {
        var ct = TestContext.Current.CancellationToken;
        await SaveAsync("spoken", "English words.");
        await SaveAsync("spoken", "Deutsche Wörter.", "de");
        var german = (await Queries.GetAsync("spoken", "de", ct))!;
        Assert.Equal(("de", TextOrigin.Machine, false), (german.Language, german.Origin, german.IsOutOfDate));
        Assert.Equal(["en", "de"], german.Languages);

        // There is no Norwegian one: English is shown, and says so.
        Assert.Equal(("en", TextOrigin.Written), ((await Queries.GetAsync("spoken", "nb", ct))!.Language, (await Queries.GetAsync("spoken", "nb", ct))!.Origin));

        await SaveAsync("spoken", "Newer English words.");
        Assert.True((await Queries.GetAsync("spoken", "de", ct))!.IsOutOfDate);
        Assert.False((await Queries.GetAsync("spoken", "en", ct))!.IsOutOfDate);
    }

    [Fact]
    public async Task A_translated_article_is_found_in_its_language_and_others_in_English()
    {
        var ct = TestContext.Current.CancellationToken;
        var german = await Queries.SearchAsync("Zertifikat", "de", ct);
        Assert.Equal(("sso-certificate", "de"), (german[0].Slug, german[0].Language));
        var sandbox = (await Queries.SearchAsync("Sandbox", "de", ct))[0];
        Assert.Equal(("sandbox", "en"), (sandbox.Slug, sandbox.Language));
    }

    [Fact]
    public async Task The_shelves_hold_every_published_article_once_in_the_readers_language()
    {
        var shelves = await Queries.ShelvesAsync("de", TestContext.Current.CancellationToken);
        Assert.Equal("Premium Support", shelves[0].Category);
        Assert.Contains(shelves, shelf => shelf.Category == "Anmeldung");
        var slugs = shelves.SelectMany(shelf => shelf.Articles).Select(article => article.Slug).ToList();
        Assert.Equal(slugs.Count, slugs.Distinct().Count());
        Assert.Contains("sandbox", slugs);
    }

    [Fact]
    public void The_articles_that_come_with_the_product_are_whole()
    {
        var articles = ArticleFile.All();
        Assert.True(articles.Count(article => article.Language == "en") >= 14);
        Assert.Equal(articles.Count, articles.Select(article => (article.Slug, article.Language)).Distinct().Count());
        Assert.All(articles, article => Assert.True(article.Body.Length > 400, article.Slug));
        var english = articles.Where(article => article.Language == "en").Select(article => article.Slug).ToHashSet();
        Assert.All(articles, article => Assert.Contains(article.Slug, english));
        Assert.All(articles.Where(article => article.Language == "en"), article => Assert.Contains(ArticleFile.Categories(), category => category.Name == article.Category));
        Assert.All(ArticleFile.Categories(), category => Assert.Equal(5, category.Names.Count));

        // Six of them in every language, with the same parts as the English text.
        Assert.Equal(30, articles.Count(article => article.Language != "en"));
        Assert.All(articles, article => Assert.Equal(Parts(articles.Single(other => other.Slug == article.Slug && other.Language == "en").Body), Parts(article.Body)));

        static (int Headings, int Items) Parts(string body) => (body.Split('\n').Count(line => line.StartsWith('#')), body.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal) || (line.Length > 1 && char.IsDigit(line[0]) && line[1] == '.')));
    }

    private Task<long> SaveAsync(string slug, string body, string language = "en")
    {
        _ = host.Address;
        return host.Services.GetRequiredService<ArticleSeedCommands>().SaveAsync(
            new(slug, language, $"About {slug}", "Records", body, new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), language == "en" ? TextOrigin.Written : TextOrigin.Machine), TestContext.Current.CancellationToken);
    }
}

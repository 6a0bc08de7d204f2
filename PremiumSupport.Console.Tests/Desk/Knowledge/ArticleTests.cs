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
        Assert.Equal(slug, (await Queries.SearchAsync(question, TestContext.Current.CancellationToken))[0].Slug);

    [Theory]
    [InlineData("\"")]
    [InlineData("' OR 1=1 --")]
    [InlineData("NEAR(a b, 2) AND NOT title:x*")]
    [InlineData("\0\u202e\ud83d\ude00 ﷽")]
    [InlineData("{Title Body}: (")]
    [InlineData("+++---***")]
    public async Task Hostile_words_are_only_words(string text) =>
        Assert.InRange((await Queries.SearchAsync(text, TestContext.Current.CancellationToken)).Count, 0, 5);

    [Fact]
    public async Task No_text_at_all_breaks_the_search() =>
        await Gen.String.SampleAsync(async text => Assert.InRange((await Queries.SearchAsync(text)).Count, 0, 5), iter: 300, threads: 1);

    [Fact]
    public async Task A_draft_is_found_by_nobody()
    {
        var ct = TestContext.Current.CancellationToken;
        _ = host.Address;
        await host.Services.GetRequiredService<ArticleCommands>().SaveAsync(new() { Slug = "draft", Title = "Quokkas", Category = "x", Body = "Not yet.", UpdatedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), IsPublished = false }, ct);
        Assert.Empty(await Queries.SearchAsync("quokkas", ct));
    }

    [Fact]
    public async Task An_article_shows_when_it_was_updated_and_lets_nothing_run()
    {
        var ct = TestContext.Current.CancellationToken;
        _ = host.Address;
        var commands = host.Services.GetRequiredService<ArticleCommands>();
        await commands.SaveAsync(
            new()
            {
                Slug = "hostile", Title = "Hostile", Category = "x", UpdatedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
                Body = "<script>alert(1)</script> [click](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** ![x](https://evil.example/p.png)",
            },
            ct);
        var article = (await Queries.GetAsync("hostile", ct))!;
        Assert.Contains("<strong>bold</strong>", article.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", article.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), article.UpdatedAt);
    }

    [Fact]
    public void The_articles_that_come_with_the_product_are_whole()
    {
        var articles = ArticleFile.All();
        Assert.True(articles.Count >= 14);
        Assert.Equal(articles.Count, articles.Select(article => article.Slug).Distinct().Count());
        Assert.All(articles, article => Assert.True(article.Body.Length > 400, article.Slug));
    }
}

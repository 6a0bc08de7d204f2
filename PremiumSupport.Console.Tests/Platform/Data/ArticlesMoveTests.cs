using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

public sealed class SqliteArticlesMoveTests() : ArticlesMoveTests(DatabaseProvider.Sqlite);

public sealed class PostgresArticlesMoveTests() : ArticlesMoveTests(PostgresServer.OrSkip());

/// <summary>A database from before articles had versions loses none of them.</summary>
public abstract class ArticlesMoveTests(DatabaseProvider provider)
{
    [Fact]
    public async Task Articles_become_their_own_first_versions_and_votes_stay()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = await TestDatabase.CreateEmptyAsync(provider);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(place.Settings);
        builder.AddSupportData();
        using var host = builder.Build();
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(cancel);
        await db.GetService<IMigrator>().MigrateAsync("ReportIndex", cancellationToken: cancel);
        var at = provider == DatabaseProvider.Sqlite ? "638972928000000000" : "TIMESTAMPTZ '2025-10-29T00:00:00Z'";
        foreach (var (slug, category) in new[] { ("one", "Sign-in"), ("two", "Sign-in"), ("three", "A category of their own") })
        {
            var article = $"""INSERT INTO "Articles" ("Slug", "Title", "Category", "Body", "UpdatedAt", "IsPublished") VALUES ('{slug}', 'Title of {slug}', '{category}', 'Body of {slug}', {at}, true)""";
            await db.Database.ExecuteSqlRawAsync(article, cancel);
        }

        var votes = $"""INSERT INTO "ArticleFeedback" ("ArticleId", "Helpful", "At") SELECT "Id", true, {at} FROM "Articles" UNION ALL SELECT "Id", false, {at} FROM "Articles" """;
        await db.Database.ExecuteSqlRawAsync(votes, cancel);
        await db.Database.MigrateAsync(cancel);

        var texts = await db.Set<ArticleText>().OrderBy(text => text.ArticleId).ToListAsync(cancel);
        Assert.Equal(["Title of one", "Title of two", "Title of three"], texts.Select(text => text.Title));
        Assert.All(texts, text => Assert.Equal(("en", 1, TextOrigin.Written, new DateTimeOffset(2025, 10, 29, 0, 0, 0, TimeSpan.Zero)), (text.Language, text.Version, text.Origin, text.UpdatedAt)));
        Assert.Equal(["Body of one", "Body of two", "Body of three"], await db.Set<ArticleVersion>().OrderBy(version => version.ArticleId).Select(version => version.Body).ToListAsync(cancel));
        Assert.Equal(["A category of their own", "Sign-in"], await db.Set<ArticleCategory>().OrderBy(category => category.Position).Select(category => category.Name).ToListAsync(cancel));
        Assert.All(await db.Set<Article>().ToListAsync(cancel), article => Assert.True(article is { IsPublished: true, CategoryId: > 0 }));
        Assert.Equal(6, await db.Set<ArticleFeedback>().Select(vote => vote.Reader).Distinct().CountAsync(cancel));
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Registers the articles.</summary>
public static class KnowledgeSetup
{
    /// <summary>Adds what finds, reads and writes articles, and what brings in those that come with the product.</summary>
    public static IHostApplicationBuilder AddKnowledge(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ArticleQueries>();
        builder.Services.AddSingleton<ArticleCommands>();
        builder.Services.AddHostedService<ArticleSeeder>();
        return builder;
    }
}

/// <summary>Brings in the product's own articles that the database lacks. What an admin changed stays changed.</summary>
internal sealed class ArticleSeeder(ArticleCommands commands, INodeLocks nodes, IDbContextFactory<SupportDb> factory) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var alone = await nodes.TakeAsync(DataSetup.FirstStart, cancellationToken);
        List<string> known;
        await using (var db = await factory.CreateDbContextAsync(cancellationToken))
        {
            known = await db.Set<Article>().Select(article => article.Slug).ToListAsync(cancellationToken);
        }

        foreach (var article in ArticleFile.All().ExceptBy(known, article => article.Slug))
        {
            await commands.SaveAsync(article, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

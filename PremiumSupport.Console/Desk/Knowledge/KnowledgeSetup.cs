using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Desk.Knowledge.Images;
using PremiumSupport.Desk.Knowledge.Search;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Registers the articles.</summary>
public static class KnowledgeSetup
{
    /// <summary>Adds what finds, reads and writes articles, and what brings in those that come with the product.</summary>
    public static IHostApplicationBuilder AddKnowledge(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(AskedOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<ArticleQueries>();
        builder.Services.AddSingleton<ArticleSearchQueries>();
        builder.Services.AddSingleton<ArticleSignalQueries>();
        builder.Services.AddSingleton<ArticleStaffQueries>();
        builder.Services.AddSingleton<ArticleCommands>();
        builder.Services.AddSingleton<ArticleSeedCommands>();
        builder.Services.AddSingleton<CategoryCommands>();
        builder.Services.AddSingleton<FeedbackCommands>();
        builder.Services.AddSingleton<AskedCommands>();
        builder.Services.AddSingleton<AskedQueries>();
        builder.Services.AddSingleton<ArticleImageCommands>();
        builder.Services.AddHostedService<ArticleSeeder>();
        return builder;
    }
}

/// <summary>Brings in the product's own articles before anybody is served; one node of several does it.</summary>
internal sealed class ArticleSeeder(ArticleSeedCommands commands, INodeLocks nodes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var alone = await nodes.TakeAsync(DataSetup.FirstStart, cancellationToken);
        await commands.SeedAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Knowledge;

[Collection(SharedHost.Name)]
public sealed class SqliteHitRateTests(SupportHost host) : HitRateTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresHitRateTests(PostgresHost host) : HitRateTests(host.OrSkip());

/// <summary>What the suggestions are worth, as a figure with a floor; docs/figures.md has what was measured.</summary>
public abstract class HitRateTests(SupportHost host)
{
    [Fact]
    public async Task The_expected_article_comes_first_or_among_the_first_three_and_nothing_is_guessed()
    {
        _ = host.Address;
        var queries = host.Services.GetRequiredService<ArticleQueries>();
        async Task<(HitRate Rate, IReadOnlyList<string> Misses)> OfAsync(IEnumerable<AskedFor> questions) => await HitRate.MeasureAsync(
            questions, async question => [.. (await queries.SearchAsync(question.Ask, question.Lang, TestContext.Current.CancellationToken)).Select(hit => hit.Slug)]);

        var english = await OfAsync(AskedFor.All.Where(question => question is { Lang: TextLanguage.English, Typo: false }));
        var typos = await OfAsync(AskedFor.All.Where(question => question is { Lang: TextLanguage.English, Typo: true }));
        var others = await OfAsync(AskedFor.All.Where(question => question.Lang != TextLanguage.English));
        var said = string.Join('\n', new[] { english, typos, others }.SelectMany(part => part.Misses.Prepend(part.Rate.ToString())));
        TestContext.Current.SendDiagnosticMessage(said);
        if (Environment.GetEnvironmentVariable("PREMIUMSUPPORT_HITRATE_FILE") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, $"{GetType().Name}\n{said}\n", TestContext.Current.CancellationToken);
        }

        Floor(english.Rate, 0.85, 0.95);
        Floor(typos.Rate, 0.85, 0.95);
        Floor(others.Rate, 0.85, 0.95);
        Assert.True(english.Rate.Silent + others.Rate.Silent >= 5, said);

        void Floor(HitRate rate, double first, double three)
        {
            Assert.True(rate.First >= first * rate.Asked, said);
            Assert.True(rate.FirstThree >= three * rate.Asked, said);
        }
    }

    [Fact]
    public async Task A_search_that_finds_nothing_or_the_wrong_article_is_measured_as_such()
    {
        var (rate, misses) = await HitRate.MeasureAsync(
            [new("en", "a", "x"), new("en", "b", null), new("en", "c", "y")], question => Task.FromResult<IReadOnlyList<string>>(question.Ask == "a" ? [] : ["z", "y"]));
        Assert.Equal(new(2, 0, 1, 1, 0), rate);
        Assert.Equal(3, misses.Count);
    }
}

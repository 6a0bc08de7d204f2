using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Figures.Million;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets;

/// <summary>What sweep, queue and dashboard ask for all the time walks an index, on both databases; with a million tickets anything else would be felt.</summary>
public class HotQueryTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Each_hot_query_walks_its_index_and_reads_no_table_from_end_to_end(DatabaseProvider provider)
    {
        using var plans = new SqlPlans();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = QuietHost.Start(database, new StandingClock(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero)), withTimer: false);

        foreach (var (name, index, plan) in await HotQueries.PlansAsync(host, plans, isMeasured: false))
        {
            Assert.True(plan.Contains(index, StringComparison.Ordinal), $"{name} does not use {index}:\n{plan}");
            Assert.DoesNotContain("Seq Scan on \"Tickets\"", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on \"Obligations\"", plan, StringComparison.Ordinal);
            Assert.DoesNotMatch("SCAN (t|o|t0|o0)$", plan);
        }
    }
}

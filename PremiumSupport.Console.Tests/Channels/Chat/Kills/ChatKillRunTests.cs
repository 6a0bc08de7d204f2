using System.Globalization;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>A chat that loses nothing: twenty writers in ten conversations, a server that is killed at random moments, and a line that loses a tenth of its answers (trust rule 2).</summary>
public sealed class ChatKillRunTests(Browser browser)
{
    private static readonly ChatKillPlan Short = new(Conversations: 10, InPages: 1, Kills: 3, Acks: 250, LongestPeace: TimeSpan.FromSeconds(4));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task No_message_is_lost_or_doubled_and_all_read_one_order() => HoldsAsync(Short, DatabaseProvider.Sqlite);

    [Fact]
    public Task No_message_is_lost_or_doubled_and_all_read_one_order_on_PostgreSQL() => HoldsAsync(Short, PostgresServer.OrSkip());

    /// <summary>The long run: 200 kills and 100,000 acknowledged messages, or as many kills as <c>PREMIUMSUPPORT_CHAT_KILLS</c> says and 500 messages for each.</summary>
    [Fact(Explicit = true)]
    public Task Long_run_on_SQLite() => LongAsync(DatabaseProvider.Sqlite, "SQLite");

    /// <inheritdoc cref="Long_run_on_SQLite" />
    [Fact(Explicit = true)]
    public Task Long_run_on_PostgreSQL() => LongAsync(PostgresServer.OrSkip(), "PostgreSQL");

    private async Task LongAsync(DatabaseProvider provider, string what)
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_CHAT_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : 200;
        var began = TimeProvider.System.GetTimestamp();
        var result = await HoldsAsync(new(Conversations: 10, InPages: 2, kills, Acks: kills * 500, LongestPeace: TimeSpan.FromSeconds(7)), provider);
        var starts = result.StartSeconds.Order().ToList();
        Sheet.Note(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {result.Kills} | {result.Acks:N0} | {result.AcksInPages:N0} | {result.LostAnswers:N0} of {result.Answers:N0} | {result.Repeats:N0} | {result.OpenedByHand.Count} | {result.Differences.Count} | {starts[starts.Count / 2]:0.0} / {starts[^1]:0.0} s | {TimeProvider.System.GetElapsedTime(began).TotalMinutes:0} min |"));
    }

    private async Task<ChatKillResult> HoldsAsync(ChatKillPlan plan, DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var run = new ChatKillRun(plan, database, browser);
        var result = await run.RunAsync(Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result}\nStarts: {string.Join(", ", result.StartSeconds.Select(start => $"{start:0.0}"))} s\nOpened by hand:\n{string.Join('\n', result.OpenedByHand)}"));

        Assert.True(result.Differences.Count == 0, $"{result.Differences.Count} differences:\n{string.Join('\n', result.Differences.Take(20))}");
        Assert.True(result.Complaints.Count == 0, $"{result.Complaints.Count} complaints:\n{string.Join('\n', result.Complaints.Take(20))}");
        Assert.True(result.Kills >= plan.Kills, $"{result.Kills} kills");
        Assert.True(result.Acks >= plan.Acks && result.AcksInPages > 0, $"{result.Acks} messages, {result.AcksInPages} in pages");
        Assert.InRange(result.LostAnswers / (double)result.Answers, plan.LostAnswers / 2, plan.LostAnswers * 2);
        Assert.True(result.Repeats > 0, "Nothing was sent again.");
        return result;
    }
}

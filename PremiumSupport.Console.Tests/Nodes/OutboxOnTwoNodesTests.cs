using System.Globalization;
using MimeKit;
using Npgsql;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Channels.Email;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Nodes;

/// <summary>
/// Two processes on one PostgreSQL send from one outbox; one is killed while a server has a mail of it, holding many more. The other leaves those alone until their lease ends, then sends them all. What was sent and
/// not noted goes twice, under the same id: that window is counted (trust rule 4).
/// </summary>
public sealed class OutboxOnTwoNodesTests(ITestOutputHelper output)
{
    private const int Held = 30;
    private const int Beside = 10;
    private const int DiesAt = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_dies_with_leases_loses_no_mail_and_doubles_only_what_it_had_not_noted()
    {
        PostgresServer.Require();
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using FakeSmtpServer doomedServer = new(), otherServer = new();
        TaskCompletionSource allThere = new(TaskCreationOptions.RunContinuationsAsynchronously), dying = new(TaskCreationOptions.RunContinuationsAsynchronously);
        doomedServer.Taking = taken => taken switch
        {
            // Until all are written, so that the next batch holds them.
            1 => allThere.Task,
            DiesAt => Die(),
            _ => Task.CompletedTask,
        };
        Task Die()
        {
            dying.TrySetResult();
            return new TaskCompletionSource().Task;
        }

        await using SupportProcess doomed = Node(doomedServer, database), other = Node(otherServer, database);
        await doomed.StartAsync();
        var held = await OpenAsync(doomed, Held);
        allThere.SetResult();
        await dying.Task.WaitAsync(Patience, Cancel);
        await other.StartAsync();
        var beside = await OpenAsync(other, Beside);
        for (var sent = 0; sent < Beside; sent++)
        {
            await otherServer.NextAsync(Cancel).WaitAsync(Patience, Cancel);
        }

        // Until the last of them is noted as well.
        while (await CountAsync(database, $"\"State\" = 'Waiting' AND \"TicketNumber\" IN ({string.Join(',', beside)})") > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        // The other node has sent its own and none of what the first one has, though it looked.
        Assert.Equal(beside.Order(), otherServer.Taken.Select(NumberOf).Order());
        await doomed.KillAsync();
        var unsent = await CountAsync(database, "\"State\" = 'Waiting'");
        var leased = await CountAsync(database, "\"State\" = 'Waiting' AND \"Lease\" IS NOT NULL");
        var unnoted = doomedServer.Taken.Count - (Held - unsent);
        Assert.InRange(unnoted, 1, DiesAt);
        Assert.Equal(Held - DiesAt + unnoted, leased);

        // Three minutes later, as far as the rows tell.
        await ExecuteAsync(database, "UPDATE \"OutgoingMails\" SET \"DueAt\" = now() WHERE \"State\" = 'Waiting'");
        for (var sent = 0; sent < leased; sent++)
        {
            await otherServer.NextAsync(Cancel).WaitAsync(Patience, Cancel);
        }

        var all = doomedServer.Taken.Concat(otherServer.Taken).ToList();
        var twice = all.GroupBy(mail => mail.MessageId).Where(same => same.Count() > 1).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Held + Beside} mails, {leased} held by the node that died: all arrived, {twice.Count} twice, sent and not yet noted when it was killed."));
        Assert.Equal(held.Concat(beside).Order(), all.Select(NumberOf).Distinct().Order());
        Assert.Equal(unnoted, twice.Count);
        Assert.All(twice, same => Assert.Equal(2, same.Count()));
        Assert.Equal(Held + Beside + unnoted, all.Count);
    }

    private static SupportProcess Node(FakeSmtpServer server, TestDatabase database) => new(server.Settings.ToDictionary(pair => pair.Key, pair => pair.Value!), database);

    private static async Task<long[]> OpenAsync(SupportProcess node, int count)
    {
        using var client = node.Api();
        var api = new ApiCaller(client);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => api.OpenAsync(ApiCaller.Plain())));
    }

    private static async Task<int> CountAsync(TestDatabase database, string where)
    {
        await using var connection = new NpgsqlConnection(database.Settings["ConnectionStrings:Support"]);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"SELECT count(*)::int FROM \"OutgoingMails\" WHERE {where}", connection);
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static Task ExecuteAsync(TestDatabase database, string sql) => PostgresServer.ExecuteAsync(sql, new NpgsqlConnectionStringBuilder(database.Settings["ConnectionStrings:Support"]).Database!);

    private static long NumberOf(MimeMessage mail) => long.Parse(mail.Subject!.Split('#', ']')[1], CultureInfo.InvariantCulture);
}

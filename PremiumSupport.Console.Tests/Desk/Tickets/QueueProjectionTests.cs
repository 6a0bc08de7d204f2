using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Desk.Tickets;

public sealed class SqliteQueueProjectionTests() : QueueProjectionTests(DatabaseProvider.Sqlite);

public sealed class PostgresQueueProjectionTests() : QueueProjectionTests(PostgresServer.OrSkip());

/// <summary>The node's queue follows what changes, however much it is.</summary>
public abstract class QueueProjectionTests(DatabaseProvider provider) : IAsyncLifetime
{
    // SQLite takes 32,766 values in one question.
    private const int Changes = 70_000;

    private readonly Database _database = new(provider);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task More_changes_at_once_than_one_question_may_name_are_read_without_a_failure()
    {
        using var lines = new LogLines();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var bus = new ChangeBus(NullLogger<ChangeBus>.Instance);
        using var queue = new QueueProjection(_database.Factory, bus, TimeProvider.System, logs.CreateLogger<QueueProjection>());
        await queue.StartAsync(Cancel);
        await queue.Loaded;
        Assert.Empty(queue.Rows);

        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hearing = bus.Subscribe(change =>
        {
            if (change.Topic == QueueProjection.Topic && queue.Rows.Count > 0)
            {
                shown.TrySetResult();
            }
        });
        var number = await OpenAsync();
        for (var other = 0; other < Changes; other++)
        {
            bus.Publish(new(TicketCommands.Topic, number + Changes - other));
        }

        bus.Publish(new(TicketCommands.Topic, number));
        await shown.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(number, Assert.Single(queue.Rows).Number);
        await queue.StopAsync(Cancel);
        Assert.Empty(lines.All);
    }

    private async Task<long> OpenAsync()
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var account = new Account { Id = Guid.NewGuid(), Key = "acme", Name = "Acme" };
        var contact = new Contact { Id = Guid.NewGuid(), AccountId = account.Id, Email = "sofia@acme.example", Name = "Sofia" };
        var now = ObligationClock.Whole(TimeProvider.System.GetUtcNow());
        var ticket = new Ticket { Subject = "S", AccountId = account.Id, RequesterId = contact.Id, Channel = Channel.Email, CreatedAt = now, UpdatedAt = now };
        db.AddRange(account, contact, ticket);
        await db.SaveChangesAsync(Cancel);
        return ticket.Number;
    }
}

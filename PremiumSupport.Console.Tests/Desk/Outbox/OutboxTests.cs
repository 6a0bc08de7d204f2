using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Outbox;

/// <summary>Who has which mail, on a standing clock and with nobody who sends.</summary>
public abstract class OutboxTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly StaffCaller Somebody = new(Guid.NewGuid(), "Ada", "ada@demo.example");

    private readonly StandingClock _clock = new(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase? _database;
    private SupportHost _host = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OutboxCommands Commands => _host.Services.GetRequiredService<OutboxCommands>();

    private OutboxQueries Queries => _host.Services.GetRequiredService<OutboxQueries>();

    public async ValueTask InitializeAsync()
    {
        if (provider == DatabaseProvider.PostgreSql && !PostgresServer.IsThere)
        {
            return;
        }

        _database = await TestDatabase.CreateAsync(provider);
        _host = new(
            new Dictionary<string, string?> { ["Email:From"] = "support@desk.example", ["Email:Smtp:Host"] = "127.0.0.1", ["Email:Smtp:Port"] = "1", ["Email:Smtp:Security"] = "None" },
            services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && (QuietHost.IsAlarm(service) || service.ImplementationType?.Name == "MailSender")).ToList())
                {
                    services.Remove(job);
                }
            },
            _database);
        _ = _host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _host.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_that_somebody_took_is_nobody_elses_until_the_lease_ends()
    {
        var id = await AddAsync();
        var taken = Assert.Single(await TakeAsync());
        Assert.Empty(await TakeAsync());
        _clock.Advance(OutboxCommands.LeaseFor - TimeSpan.FromSeconds(1));
        Assert.Empty(await TakeAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        var again = Assert.Single(await TakeAsync());
        Assert.Equal((id, 2, taken.MessageId), (again.Id, again.Tries, again.MessageId));
        Assert.NotEqual(taken.Lease, again.Lease);
    }

    [Fact]
    public async Task Many_who_take_at_once_get_each_mail_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AddAsync()));
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Commands.TakeAsync(6, Cancel)));
        Assert.Equal(ids.Order(), taken.SelectMany(mails => mails).Select(mail => mail.Id).Order());
    }

    [Fact]
    public async Task A_failure_of_whoever_lost_the_lease_changes_nothing_and_a_success_does()
    {
        await AddAsync();
        var first = Assert.Single(await TakeAsync());
        _clock.Advance(OutboxCommands.LeaseFor);
        Assert.Single(await TakeAsync());
        await Commands.NoteFailedAsync(first, new(true, "550 no"), Cancel);
        Assert.Equal(MailState.Waiting, (await StoredAsync(first)).State);
        await Commands.NoteSentAsync(first, Cancel);
        Assert.Equal((MailState.Sent, _clock.GetUtcNow()), ((await StoredAsync(first)).State, (await StoredAsync(first)).SentAt));
    }

    [Fact]
    public async Task A_mail_is_tried_again_and_again_and_is_dead_in_the_end_until_somebody_sends_it_again()
    {
        var id = await AddAsync();
        for (var tries = 1; tries <= DeliveryRules.MostTries; tries++)
        {
            var mail = Assert.Single(await TakeAsync());
            Assert.Equal(tries, mail.Tries);
            await Commands.NoteFailedAsync(mail, new(false, $"451 not now, {tries}"), Cancel);
            var stored = await StoredAsync(mail);
            if (tries < DeliveryRules.MostTries)
            {
                Assert.Equal(MailState.Waiting, stored.State);
                Assert.Empty(await TakeAsync());
                _clock.SetUtcNow(stored.DueAt);
            }
        }

        var dead = Assert.Single(await Queries.ListAsync(MailState.Dead, 10, Cancel));
        Assert.Equal((id, "451 not now, 14"), (dead.Id, dead.LastAnswer));
        Assert.Equal(new OutboxState(0, 1, null), await Queries.StateAsync(Cancel));
        Assert.True(await Commands.SendAgainAsync(id, Somebody, Cancel));
        Assert.Equal((1, dead.MessageId), (Assert.Single(await TakeAsync()) is var again ? again.Tries : 0, again.MessageId));
    }

    [Fact]
    public async Task What_waits_or_is_dead_can_be_discarded_and_what_is_on_its_way_cannot()
    {
        var id = await AddAsync();
        var mail = Assert.Single(await TakeAsync());
        Assert.False(await Commands.DiscardAsync(id, Somebody, Cancel));
        Assert.False(await Commands.WithdrawAsync(id, Somebody, Cancel));
        await Commands.NoteFailedAsync(mail, new(true, "550 no"), Cancel);
        Assert.True(await Commands.DiscardAsync(id, Somebody, Cancel));
        Assert.Equal((MailState.Discarded, "Ada"), ((await StoredAsync(mail)).State, (await StoredAsync(mail)).ChangedBy));
        Assert.False(await Commands.SendAgainAsync(id, Somebody, Cancel));
    }

    [Fact]
    public async Task What_a_dead_process_had_is_free_at_once_where_nobody_else_uses_the_database()
    {
        await AddAsync();
        var taken = Assert.Single(await TakeAsync());
        await Commands.ReclaimAsync(Cancel);
        Assert.Equal(taken.MessageId, Assert.Single(await TakeAsync()).MessageId);
    }

    [Fact]
    public async Task A_mail_answers_its_customers_last_one_and_refers_to_all_of_the_thread()
    {
        var writes = _host.Services.GetRequiredService<WriteQueue>();
        var (outbox, now) = (_host.Services.GetRequiredService<MailOutbox>(), _clock.GetUtcNow());
        var first = await AddAsync(1001);
        await Commands.NoteSentAsync(Assert.Single(await TakeAsync()), Cancel);
        _clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var id in new[] { "<theirs@mail.example>", "theirs@mail.example", "no id\r\nBcc: x", "", null })
        {
            await writes.RunAsync(
                async db =>
                {
                    await MailOutbox.RememberAsync(db, 1001, id, _clock.GetUtcNow());
                    return true;
                },
                null,
                Cancel);
        }

        await AddAsync(1001);
        var second = Assert.Single(await TakeAsync());
        var thread = await Queries.ThreadAsync(second, Cancel);
        Assert.Equal("theirs@mail.example", thread.InReplyTo);
        Assert.Equal([(await Queries.FindAsync(first, Cancel))!.MessageId!, "theirs@mail.example"], thread.References);
    }

    private Task<IReadOnlyList<OutgoingMail>> TakeAsync() => Commands.TakeAsync(100, Cancel);

    private async Task<OutgoingMail> StoredAsync(OutgoingMail mail) => (await Queries.FindAsync(mail.Id, Cancel))!;

    private async Task<Guid> AddAsync(long? number = null)
    {
        PostgresServerOrSkip();
        var outbox = _host.Services.GetRequiredService<MailOutbox>();
        return (await _host.Services.GetRequiredService<WriteQueue>().RunAsync(
            db => Task.FromResult(outbox.Add(db, new(MailKind.UnknownSender, "b@x.example") { TicketNumber = number }, _clock.GetUtcNow())), null, Cancel))!.Value;
    }

    private void PostgresServerOrSkip()
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            PostgresServer.Require();
        }
    }
}

public sealed class SqliteOutboxTests() : OutboxTests(DatabaseProvider.Sqlite);

public sealed class PostgresOutboxTests() : OutboxTests(DatabaseProvider.PostgreSql);

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PremiumSupport.Channels.Email.Inbound.Reading;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound.FullDisk;

public sealed class SqliteFullDiskTests() : FullDiskTests(DatabaseProvider.Sqlite);

public sealed class PostgresFullDiskTests() : FullDiskTests(DatabaseProvider.PostgreSql);

/// <summary>A disk that is full while mail comes in: nothing is lost, nothing is called poison, it is said where somebody looks, and it goes on by itself (trust rule 8).</summary>
public abstract class FullDiskTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Sofia = "sofia@acme.example";

    // No alarm of anybody else falls on the instants that this makes.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20.007);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private readonly StandingClock _clock = new(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase? _database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = provider == DatabaseProvider.PostgreSql && !PostgresServer.IsThere ? null : await TestDatabase.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_kept_waits_for_room_however_long_and_then_becomes_what_it_is()
    {
        var (disk, waits) = (Disk(), new AwaitedLine("wait to be looked into"));
        await using var host = Host(disk, waits);
        var room = new MailRoom(host);
        long[] ids = [await KeptAsync(room, "One", new string('x', 90_000)), await KeptAsync(room, "Two", "Short"), await KeptAsync(room, "Three", new string('y', 90_000))];
        await disk.FillAsync();
        room.Get<ChangeBus>().PublishHere(new(IntakeCommands.Topic, 0));

        // More often than a mail may take the product down.
        for (var round = 0; round < IntakeCommands.MostAttempts + 3; round++)
        {
            await waits.NextAsync(Cancel);
            await RestsAsync();
            Assert.NotNull(room.Get<IntakeStatus>().Obstacle);
            var health = await HealthAsync(room);
            Assert.Equal(HealthStatus.Degraded, health.Status);
            Assert.Contains("cannot be looked into", health.Description, StringComparison.Ordinal);
            _clock.Advance(Step);
        }

        await waits.NextAsync(Cancel);
        await RestsAsync();
        Assert.Contains(await StatesAsync(room), state => state == IntakeState.Received);
        await disk.FreeAsync();
        await UntilSortedAsync(room);

        Assert.All(await StatesAsync(room), state => Assert.Equal(IntakeState.Done, state));
        var numbers = new HashSet<long>();
        foreach (var id in ids)
        {
            var number = (await AgainAsync(() => room.Get<IntakeQueries>().FindAsync(id, MailRoom.Lead, Cancel)))!.Mail.TicketNumber!.Value;
            Assert.True(numbers.Add(number), "Two mails became one ticket.");
            Assert.Single(await AgainAsync(() => room.MessagesAsync(number)));
        }

        Assert.Null(room.Get<IntakeStatus>().Obstacle);
        await UntilAsync(room, async () => (await HealthAsync(room)).Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_file_waits_for_room_on_its_disk_and_its_mail_with_it()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full on this system.");
        var (disk, waits) = (Disk(), new AwaitedLine("no room"));
        var files = default(FullFiles);
        await using var host = Host(disk, waits, services => services.AddSingleton<FileStore>(provider => files = new(provider.GetRequiredService<StorageOptions>())));
        var room = new MailRoom(host);
        await room.Commands.KeepAsync(room.Mailbox, 1, [Fetched(1, MailBytes.Mixed("Content-Type: text/plain\n\nSee the file", "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlines"))], Cancel);

        for (var round = 0; round < IntakeCommands.MostAttempts + 3; round++)
        {
            await waits.NextAsync(Cancel);
            await RestsAsync();
            Assert.Contains("no room", (await HealthAsync(room)).Description, StringComparison.Ordinal);
            _clock.Advance(Step);
        }

        await waits.NextAsync(Cancel);
        files!.IsFull = false;
        await UntilSortedAsync(room);
        var mail = Assert.Single(await room.Get<IntakeQueries>().ListAsync(IntakeState.Done, MailRoom.Lead, Cancel)).Mail;
        Assert.Equal("log.txt", Assert.Single(Assert.Single(await room.MessagesAsync(mail.TicketNumber!.Value)).Files).Facts.Name);
        Assert.Null(room.Get<IntakeStatus>().Obstacle);
    }

    [Fact]
    public async Task Files_that_may_take_no_more_of_the_disk_hold_a_mail_up_for_a_quarter_of_an_hour_and_are_then_told_of()
    {
        var (disk, waits) = (Disk(), new AwaitedLine("no room"));
        await using var host = Host(disk, waits, settings: new() { ["Files:KeepFree"] = $"{long.MaxValue / 2}" });
        var room = new MailRoom(host);
        await room.Commands.KeepAsync(room.Mailbox, 1, [Fetched(1, MailBytes.Mixed("Content-Type: text/plain\n\nSee the file", "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlines"))], Cancel);
        await waits.NextAsync(Cancel);
        await RestsAsync();
        _clock.Advance(TimeSpan.FromMinutes(15) + Step);
        await UntilSortedAsync(room);

        var card = Assert.Single(await room.Get<IntakeQueries>().ListAsync(IntakeState.Done, MailRoom.Lead, Cancel));
        Assert.Equal("See the file", Assert.Single(await room.MessagesAsync(card.Mail.TicketNumber!.Value)).Body);
        Assert.Contains(card.View!.Remarks, remark => remark.Contains("log.txt", StringComparison.Ordinal) && remark.Contains("not taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_kept_stays_in_the_mailbox_and_the_cursor_before_it()
    {
        var servers = MailServers.OrSkip();
        var disk = Disk();
        var box = servers.NewAddress("support");
        await using var host = new SupportHost(new ImapTests().Reading(box, "None", "Imap"), disk.Enter, _database);
        var room = new MailRoom(host, box);
        var status = room.Get<IntakeStatus>();
        await UntilAsync(room, () => Task.FromResult(Assert.Single(status.Mailboxes).ReadAt is not null));
        await disk.FillAsync();
        for (var n = 0; n < 3; n++)
        {
            var mail = ImapTests.Mail(box, $"Mail {n}");
            mail.Body = new MimeKit.TextPart("plain") { Text = string.Concat(Enumerable.Repeat($"Line of mail {n}\r\n", 4_000)) };
            await servers.SendAsync(mail, Cancel);
        }

        await UntilAsync(room, () => Task.FromResult(status.Broken.Count > 0));
        var broken = Assert.Single(status.Broken);
        Assert.True(broken.IsOurs, broken.Failure);
        Assert.Contains(broken.Failure!, (await HealthAsync(room)).Description, StringComparison.Ordinal);
        Assert.Equal((0, 0), await AgainAsync(() => room.Commands.CursorAsync(box, Cancel)));
        Assert.Empty(await StatesAsync(room));

        await disk.FreeAsync();
        await UntilAsync(room, async () => (await StatesAsync(room)).Count(state => state != IntakeState.Received) == 3);
        Assert.Empty(status.Broken);
        await UntilAsync(room, async () => (await HealthAsync(room)).Status == HealthStatus.Healthy);
    }

    private FullStorage Disk()
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            PostgresServer.Require();
        }

        return FullStorage.Of(provider, _database!);
    }

    private SupportHost Host(FullStorage disk, AwaitedLine line, Action<IServiceCollection>? more = null, Dictionary<string, string?>? settings = null) => new(
        new Dictionary<string, string?>([.. MailRoom.Settings, .. settings ?? []]),
        services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<ILoggerProvider>(line);
            disk.Enter(services);
            more?.Invoke(services);
            foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && QuietHost.IsAlarm(service)).ToList())
            {
                services.Remove(job);
            }
        },
        _database);

    // Past the product, so that nothing looks at it before the disk is full.
    private async Task<long> KeptAsync(MailRoom room, string subject, string body)
    {
        var raw = MailBytes.Plain(Sofia, subject, body);
        await using var db = await room.OpenAsync();
        var row = new InboundMail { Mailbox = room.Mailbox, UidValidity = 1, Uid = raw.Length, Fingerprint = MailFingerprint.Of(raw), ArrivedAt = _clock.GetUtcNow(), KeptAt = _clock.GetUtcNow(), DueAt = _clock.GetUtcNow(), Size = raw.Length };
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        db.Add(new InboundBytes { MailId = row.Id, Bytes = raw });
        await db.SaveChangesAsync(Cancel);
        return row.Id;
    }

    private FetchedMail Fetched(long uid, byte[] raw) => new(uid, _clock.GetUtcNow(), raw.Length, raw);

    private Task UntilSortedAsync(MailRoom room) => UntilAsync(
        room, async () => (await room.Get<IntakeQueries>().CountAsync(Cancel)).Waiting == 0,
        () =>
        {
            _clock.Advance(Step);
            return Task.CompletedTask;
        });

    private static async Task UntilAsync(MailRoom room, Func<Task<bool>> isSo, Func<Task>? meanwhile = null)
    {
        using var news = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                news.Release();
            }
        });
        while (!await AgainAsync(isSo))
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            await news.WaitAsync(TimeSpan.FromMilliseconds(200), Cancel);
        }
    }

    private static Task<IReadOnlyList<IntakeState>> StatesAsync(MailRoom room) => AgainAsync<IReadOnlyList<IntakeState>>(async () =>
    {
        await using var db = await room.OpenAsync();
        return await db.Set<InboundMail>().Where(mail => mail.Mailbox == room.Mailbox).Select(mail => mail.State).ToListAsync(Cancel);
    });

    // The test's own reads may get a connection that the server has ended.
    private static async Task<T> AgainAsync<T>(Func<Task<T>> read)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception ended) when (StorageTrouble.Of(ended) is not null)
            {
            }
        }
    }

    // Whoever waits for room has set the alarm for the next try.
    private Task RestsAsync() => _clock.AlarmSetFor(ObligationClock.Whole(_clock.GetUtcNow() + Rest)).WaitAsync(TimeSpan.FromMinutes(1), Cancel);

    private static async Task<HealthReportEntry> HealthAsync(MailRoom room) =>
        Assert.Single((await room.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "mail-intake", Cancel)).Entries).Value;

    private sealed class FullFiles(StorageOptions options) : FileStore(options)
    {
        public volatile bool IsFull = true;

        public override Stream Create(string path) => base.Create(path) is var file && !IsFull ? file : Refusing(file);

        private static FileStream Refusing(Stream file)
        {
            file.Dispose();
            return new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
        }
    }
}

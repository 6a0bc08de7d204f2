using MailKit;
using MailKit.Net.Imap;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound.Kills;

/// <summary>What a run is made of.</summary>
/// <param name="Mails">Half of them are new requests, half answers on tickets.</param>
/// <param name="Threads">Tickets that are answered.</param>
/// <param name="Kills">How often each side is killed at least; it goes on while mails come.</param>
internal sealed record MailKillPlan(int Mails, int Threads, int Kills);

/// <summary>What it showed.</summary>
/// <param name="Differences">Mails that became nothing or more than one thing, in words; none in a good run.</param>
/// <param name="Repeated">Mails that lay in the mailbox more than once, because a kill hid the server's answer from their sender.</param>
internal sealed record MailKillResult(int ProductKills, int ServerKills, int Repeated, IReadOnlyList<string> Differences);

/// <summary>Lets mails come while the product and the IMAP server are killed at random, and counts what each of them became.</summary>
internal sealed class MailKillRun(MailKillPlan plan, MailServers servers, int seed)
{
    private readonly string _box = servers.NewAddress("kill");
    private readonly Random _random = new(seed);
    private int _serverKills;
    private int _productKills;
    private int _repeated;

    public async Task<MailKillResult> RunAsync(CancellationToken cancellation)
    {
        Dictionary<string, string> settings = new()
        {
            ["Email:From"] = "Support <support@ps.test>", ["Email:Imap:Host"] = servers.Host, ["Email:Imap:Port"] = servers.Port("Imap").ToString(System.Globalization.CultureInfo.InvariantCulture), ["Email:Imap:Security"] = "None",
            ["Email:Imap:UserName"] = _box, ["Email:Imap:Password"] = servers.Password, ["Email:Imap:PollEvery"] = "00:00:01", ["Logging:LogLevel:Default"] = "Error",
        };
        await using var product = new SupportProcess(settings);
        var threads = await PrepareAsync(product.Folder);
        await product.StartAsync();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var killing = KillAsync(product, stop.Token);
        await DeliverAsync(threads, cancellation);
        await DoneAsync(product, plan.Mails, cancellation);
        while (Volatile.Read(ref _productKills) < plan.Kills || Volatile.Read(ref _serverKills) < plan.Kills)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }

        await stop.CancelAsync();
        await killing;
        // Whatever was to be doubled by a late restart is doubled by now.
        await DoneAsync(product, plan.Mails, cancellation);
        await product.KillAsync();
        return new(_productKills, _serverKills, _repeated, await JudgeAsync(product.Folder, threads));
    }

    private static string Words(int mail) => $"This is mail number {mail:D5}.";

    private static Dictionary<string, string?> Store(string folder) => new() { ["ConnectionStrings:Support"] = $"Data Source={Path.Combine(folder, "support.db")}", ["Storage:Path"] = folder };

    /// <summary>The tickets that will be answered, with the addresses that the product signs for them.</summary>
    private async Task<IReadOnlyList<(long Number, string Address)>> PrepareAsync(string folder)
    {
        await using var host = new SupportHost(Store(folder).Concat(MailRoom.Settings).ToDictionary());
        var room = new MailRoom(host);
        var mails = await room.TakeAsync([.. Enumerable.Range(0, plan.Threads).Select(thread => MailBytes.Plain("sofia@acme.example", $"Thread {thread}"))]);
        return [.. mails.Select(mail => (mail.TicketNumber!.Value, room.Get<MailSigner>().ReplyAddress(mail.TicketNumber.Value)))];
    }

    /// <summary>Puts every mail into the mailbox, again when the server died before it said that it has it: a sender does the same.</summary>
    private async Task DeliverAsync(IReadOnlyList<(long Number, string Address)> threads, CancellationToken cancellation)
    {
        ImapClient? imap = null;
        for (var mail = 0; mail < plan.Mails; mail++)
        {
            var to = mail % 2 == 0 ? "support@ps.test" : threads[mail / 2 % threads.Count].Address;
            var message = new MimeMessage([new MailboxAddress("Sofia", "sofia@acme.example")], [new MailboxAddress("", to)], $"Mail {mail:D5}", new TextPart("plain") { Text = Words(mail) });
            for (var isThere = false; !isThere;)
            {
                try
                {
                    imap ??= await servers.OpenAsync(_box, cancellation);
                    await imap.Inbox!.AppendAsync(message, MessageFlags.None, cancellation);
                    isThere = true;
                }
                catch (Exception broken) when (broken is IOException or ImapProtocolException or ServiceNotConnectedException or System.Net.Sockets.SocketException or MailKit.Security.AuthenticationException or ImapCommandException or ServiceNotAuthenticatedException)
                {
                    imap?.Dispose();
                    imap = null;
                    Interlocked.Increment(ref _repeated);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
                }
            }
        }

        imap?.Dispose();
    }

    private Task KillAsync(SupportProcess product, CancellationToken stop) => Task.WhenAll(
        AgainAsync(async () =>
        {
            await product.KillAsync();
            Interlocked.Increment(ref _productKills);
            await product.StartAsync();
        }, 500, 4_000, stop),
        AgainAsync(async () =>
        {
            await MailServers.KillImapAsync();
            Interlocked.Increment(ref _serverKills);
            await MailServers.StartImapAsync();
        }, 1_000, 6_000, stop));

    private async Task AgainAsync(Func<Task> kill, int least, int most, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                int rest;
                lock (_random)
                {
                    rest = _random.Next(least, most);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(rest), TimeProvider.System, stop);
                await kill();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Until so many mails have become something and nothing waits.</summary>
    private async Task DoneAsync(SupportProcess product, int count, CancellationToken cancellation)
    {
        using var store = DataRoom.On(Store(product.Folder));
        while (true)
        {
            await using var db = await store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(cancellation);
            var states = await db.Set<InboundMail>().Where(mail => mail.Mailbox == _box).GroupBy(mail => mail.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation);
            if (states.Sum(state => state.Count) >= count && states.All(state => state.Key != IntakeState.Received))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> JudgeAsync(string folder, IReadOnlyList<(long Number, string Address)> threads)
    {
        using var store = DataRoom.On(Store(folder));
        await using var db = await store.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var messages = (await db.Set<PublicMessage>().Where(message => message.From == MessageFrom.Customer).Select(message => new { message.Body, message.TicketNumber, message.Sequence }).ToListAsync()).ToLookup(message => message.Body);
        var differences = new List<string>();
        for (var mail = 0; mail < plan.Mails; mail++)
        {
            var found = messages[Words(mail)].ToList();
            if (found.Count != 1)
            {
                differences.Add($"mail {mail} became {found.Count} messages");
            }
            else if (mail % 2 == 1 ? found[0].TicketNumber != threads[mail / 2 % threads.Count].Number : found[0].Sequence != 1)
            {
                differences.Add($"mail {mail} became message {found[0].Sequence} of ticket {found[0].TicketNumber}");
            }
        }

        var kept = await db.Set<InboundMail>().CountAsync(mail => mail.Mailbox == _box);
        return kept == plan.Mails ? differences : [.. differences, $"{kept} mails are kept of {plan.Mails}"];
    }
}

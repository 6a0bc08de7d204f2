using System.Net;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Channels.Email.Inbound;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

public sealed class SqliteBounceJourneyTests() : BounceJourneyTests(DatabaseProvider.Sqlite);

public sealed class PostgresBounceJourneyTests() : BounceJourneyTests(DatabaseProvider.PostgreSql);

/// <summary>A customer whose mailbox is gone, over real servers: what their mail system sends back finds the mail that it means, and what nobody read is owed again (trust rule 11).</summary>
public abstract class BounceJourneyTests(DatabaseProvider provider)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_only_answer_comes_back_and_is_owed_again_and_a_bounce_of_a_bounce_does_nothing()
    {
        var servers = MailServers.OrSkip();
        await using var database = await TestDatabase.CreateAsync(provider);
        var (desk, customer) = ($"d{Guid.NewGuid().ToString("N")[..12]}@{servers.Domain}", servers.GoneAddress());
        await using var host = new SupportHost(
            new Dictionary<string, string?>(servers.Sending(desk))
            {
                ["Email:ReplyAddress"] = desk,
                ["Email:UndoWindow"] = "00:00:00",
                ["Email:Imap:Host"] = servers.Host,
                ["Email:Imap:Port"] = $"{servers.Port("Imap")}",
                ["Email:Imap:Security"] = "None",
                ["Email:Imap:UserName"] = desk,
                ["Email:Imap:Password"] = servers.Password,
                ["Email:Imap:PollEvery"] = "00:00:01",
            },
            database: database);
        var (api, room) = (new ApiCaller(host.Api()), new MailRoom(host, desk));
        var number = await api.OpenAsync(new { channel = "email", requester = new { email = customer, name = "Sofia" }, account = "acme", subject = "Exports stop", body = "After 10,000 rows." });

        // The receipt: noted, and nothing is owed differently for it.
        await SortedAsync(room, 1);
        Assert.Single(await BouncesAsync(room, number));
        Assert.Null((await FirstResponseAsync(room, number)).AnsweredAt);

        (await api.SayAsync(number, "Choose the other format.")).Is(HttpStatusCode.Created);
        await SortedAsync(room, 2);
        var answer = (await room.MessagesAsync(number))[1];
        Assert.NotNull(answer.BouncedAt);
        var owed = await FirstResponseAsync(room, number);
        Assert.Null(owed.AnsweredAt);
        Assert.Equal((await room.TicketAsync(number)).NextDueAt, owed.DueAt);
        var ledger = (await api.GetAsync($"/api/v1/tickets/{number}/ledger")).Is(HttpStatusCode.OK)["items"].EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        Assert.Equal(["met", "reopened"], ledger.Where(kind => kind is "met" or "reopened"));
        Assert.Contains((await BouncesAsync(room, number))[1].Detail, (await MailsAsync(room))[1].Reason, StringComparison.Ordinal);

        // Another desk's daemon could not deliver the report, and sends that back to us with all that was in it.
        var before = (await room.TicketAsync(number)).Version;
        await servers.SendAsync(BounceOf(await ReportAsync(servers, desk), desk), Cancel);
        await SortedAsync(room, 3);
        Assert.Equal(before, (await room.TicketAsync(number)).Version);
        Assert.Equal(2, (await BouncesAsync(room, number)).Count);
        Assert.Equal([MailKind.Receipt, MailKind.Answer], (await room.Get<OutboxQueries>().OfTicketAsync(number, Cancel)).Select(mail => mail.Kind));
        Assert.Equal(new OutboxState(0, 0, null), await room.Get<OutboxQueries>().StateAsync(Cancel));
    }

    private static async Task<MimeMessage> ReportAsync(MailServers servers, string desk) => (await servers.WaitForAsync(desk, 2, Cancel))[1];

    private static MimeMessage BounceOf(MimeMessage report, string to)
    {
        var status = new MessageDeliveryStatus();
        status.StatusGroups.Add(new HeaderList { { "Reporting-MTA", "dns; mx.other.test" } });
        status.StatusGroups.Add(new HeaderList { { "Final-Recipient", "rfc822; MAILER-DAEMON@mx.ps.test" }, { "Action", "failed" }, { "Status", "5.1.1" } });
        return new MimeMessage([new MailboxAddress("Mail Delivery Subsystem", "MAILER-DAEMON@mx.other.test")], [new MailboxAddress("", to)], "Undelivered Mail Returned to Sender",
            new MultipartReport("delivery-status") { new TextPart("plain") { Text = "Nobody is there." }, status, new MessagePart { Message = report } });
    }

    private static async Task<Obligation> FirstResponseAsync(MailRoom room, long number) => (await room.TicketAsync(number)).Obligations.Single(owed => owed.Metric == Metric.FirstResponse);

    private static async Task<IReadOnlyList<TicketEvent>> BouncesAsync(MailRoom room, long number)
    {
        await using var db = await room.OpenAsync();
        return await db.Set<TicketEvent>().AsNoTracking().Where(happening => happening.TicketNumber == number && happening.Kind == TicketEventKind.Bounced).OrderBy(happening => happening.Id).ToListAsync(Cancel);
    }

    private static async Task<IReadOnlyList<InboundMail>> MailsAsync(MailRoom room)
    {
        await using var db = await room.OpenAsync();
        return await db.Set<InboundMail>().AsNoTracking().Where(mail => mail.Mailbox == room.Mailbox && mail.State != IntakeState.Received).OrderBy(mail => mail.Id).ToListAsync(Cancel);
    }

    private static async Task SortedAsync(MailRoom room, int count)
    {
        using var news = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                news.Release();
            }
        });
        while ((await MailsAsync(room)).Count < count)
        {
            await news.WaitAsync(Cancel);
        }
    }
}

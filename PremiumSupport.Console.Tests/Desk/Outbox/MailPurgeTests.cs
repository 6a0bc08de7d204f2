using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Outbox;

/// <summary>A product that clears nothing away by itself, whenever its own job may run.</summary>
public sealed class KeepingHost() : SupportHost(Settings)
{
    internal static readonly Dictionary<string, string?> Settings = new() { ["Email:KeepOriginals"] = "forever", ["Email:KeepSent"] = "forever" };
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresKeepingHost() : PostgresHost(KeepingHost.Settings);

public sealed class SqliteMailPurgeTests(KeepingHost host) : MailPurgeTests(host), IClassFixture<KeepingHost>;

public sealed class PostgresMailPurgeTests(PostgresKeepingHost host) : MailPurgeTests(host.OrSkip()), IClassFixture<PostgresKeepingHost>;

/// <summary>What mails leave behind goes after its time, and what is still needed stays.</summary>
public abstract class MailPurgeTests(SupportHost host)
{
    private static readonly DateTimeOffset Now = ObligationClock.Whole(TimeProvider.System.GetUtcNow());
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena Lead", "lead@demo.example", IsLead: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_originals_go_but_those_of_open_tickets_and_of_mails_that_wait_for_somebody()
    {
        var (open, closed) = (await TicketAsync(isOpen: true), await TicketAsync(isOpen: false));
        var (ofOpen, ofClosed) = (await MailAsync(IntakeState.Done, 91, open), await MailAsync(IntakeState.Done, 91, closed));
        var young = await MailAsync(IntakeState.Done, 89, closed);
        var (ignored, discarded) = (await MailAsync(IntakeState.Ignored, 91), await MailAsync(IntakeState.Discarded, 91));
        long[] waiting = [await MailAsync(IntakeState.Unverified, 400), await MailAsync(IntakeState.Quarantined, 400), await MailAsync(IntakeState.Pending, 400, closed)];
        // More than one transaction's worth.
        var many = new List<long>();
        for (var n = 0; n < 45; n++)
        {
            many.Add(await MailAsync(IntakeState.Ignored, 200));
        }

        Assert.Equal(48, await Purge(new() { KeepSent = null }).RunAsync(Cancel));
        Assert.Equal(0, await Purge(new() { KeepSent = null }).RunAsync(Cancel));

        long[] gone = [ofClosed, ignored, discarded, .. many], kept = [ofOpen, young, .. waiting];
        Assert.All(await CardsAsync(gone), card => Assert.False(card.HasOriginal));
        Assert.All(await CardsAsync(kept), card => Assert.True(card.HasOriginal));
        // What a ticket shows of a message stays; of a machine's mail only that it came.
        Assert.NotNull((await CardsAsync([ofClosed]))[0].View);
        Assert.Null((await CardsAsync([ignored]))[0].View);
        Assert.Equal(gone.Length + kept.Length, (await CardsAsync([.. gone, .. kept])).Count);
    }

    [Fact]
    public async Task Old_mails_leave_the_outbox_but_those_of_open_tickets_and_what_is_not_settled()
    {
        var (open, closed) = (await TicketAsync(isOpen: true), await TicketAsync(isOpen: false));
        Guid[] gone =
        [
            await SentAsync(MailState.Sent, 91, closed), await SentAsync(MailState.Withdrawn, 91, closed), await SentAsync(MailState.Discarded, 91, null), await SentAsync(MailState.Sent, 91, open, toContact: false),
        ];
        Guid[] kept =
        [
            await SentAsync(MailState.Sent, 91, open), await SentAsync(MailState.Sent, 89, closed), await SentAsync(MailState.Dead, 400, closed), await SentAsync(MailState.Waiting, 400, closed),
        ];

        Assert.Equal(gone.Length, await Purge(new() { KeepOriginals = null }).RunAsync(Cancel));
        var queries = host.Services.GetRequiredService<OutboxQueries>();
        foreach (var id in gone)
        {
            Assert.Null(await queries.FindAsync(id, Cancel));
        }

        foreach (var id in kept)
        {
            Assert.NotNull(await queries.FindAsync(id, Cancel));
        }
    }

    [Fact]
    public async Task Kept_for_ever_is_kept()
    {
        var mail = await MailAsync(IntakeState.Discarded, 10_000);
        Assert.Equal(0, await Purge(new() { KeepOriginals = null, KeepSent = null }).RunAsync(Cancel));
        Assert.True((await CardsAsync([mail]))[0].HasOriginal);
        // The next test that purges shall not find it.
        await Purge(new() { KeepSent = null }).RunAsync(Cancel);
    }

    private MailPurgeCommands Purge(EmailOptions options)
    {
        _ = host.Address;
        return new(host.Services.GetRequiredService<WriteQueue>(), host.Services.GetRequiredService<IDbContextFactory<SupportDb>>(), options, TimeProvider.System);
    }

    private async Task<long> TicketAsync(bool isOpen)
    {
        var number = await new ApiCaller(host.Api()).OpenAsync(ApiCaller.Plain());
        if (!isOpen)
        {
            await host.Services.GetRequiredService<TicketCommands>().ChangeStatusAsync(number, TicketStatus.Solved, Lead, cancellation: Cancel);
        }

        return number;
    }

    private async Task<long> MailAsync(IntakeState state, int days, long? ticket = null)
    {
        _ = host.Address;
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var at = Now.AddDays(-days);
        var mail = new InboundMail { Mailbox = "box", UidValidity = 1, Uid = Random.Shared.NextInt64(), Fingerprint = $"{Guid.NewGuid():N}{Guid.NewGuid():N}", State = state, ArrivedAt = at, KeptAt = at, DueAt = at, DecidedAt = at, TicketNumber = ticket };
        db.Add(mail);
        await db.SaveChangesAsync(Cancel);
        db.AddRange(new InboundBytes { MailId = mail.Id, Bytes = [1, 2, 3] }, new InboundView { MailId = mail.Id, Said = "Words" });
        await db.SaveChangesAsync(Cancel);
        return mail.Id;
    }

    private async Task<Guid> SentAsync(MailState state, int days, long? ticket, bool toContact = true)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var at = Now.AddDays(-days);
        var mail = new OutgoingMail
        {
            Id = Guid.NewGuid(), Kind = MailKind.Answer, State = state, To = "a@x.example", Language = "en", Zone = "", TicketNumber = ticket, ContactId = toContact ? Guid.NewGuid() : null,
            CreatedAt = at, DueAt = state == MailState.Waiting ? Now.AddDays(1) : at, SentAt = state == MailState.Sent ? at : null,
        };
        db.Add(mail);
        await db.SaveChangesAsync(Cancel);
        return mail.Id;
    }

    private async Task<IReadOnlyList<MailCard>> CardsAsync(IEnumerable<long> ids)
    {
        var cards = new List<MailCard>();
        foreach (var id in ids)
        {
            cards.Add((await host.Services.GetRequiredService<IntakeQueries>().FindAsync(id, Lead, Cancel))!);
        }

        return cards;
    }
}

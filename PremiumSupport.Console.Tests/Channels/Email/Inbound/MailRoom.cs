using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Hands mails to a product as its mailbox would, and waits until it has made something of them.</summary>
internal sealed class MailRoom(SupportHost host, string? mailbox = null)
{
    public static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena Lead", "lead@demo.example", IsLead: true);

    /// <summary>Settings of a product that has an address; nothing is sent.</summary>
    public static readonly Dictionary<string, string?> Settings = new() { ["Email:From"] = "Support <support@ps.test>" };

    private long _uid;

    public string Mailbox { get; } = mailbox ?? $"box-{Guid.NewGuid():N}";

    public MailSigner Signer => Get<MailSigner>();

    public IntakeCommands Commands => Get<IntakeCommands>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull
    {
        _ = host.Address;
        return host.Services.GetRequiredService<T>();
    }

    /// <summary>Keeps them all and says where they stand now, in their order; each copy of a mail is one of them.</summary>
    public async Task<IReadOnlyList<InboundMail>> TakeAsync(params byte[][] mails)
    {
        await DoAsync(() => Commands.KeepAsync(Mailbox, 1, [.. mails.Select(raw => new FetchedMail(++_uid, TimeProvider.System.GetUtcNow(), raw.Length, raw))], Cancel));
        var prints = mails.Select(raw => MailFingerprint.Of(raw)).ToList();
        await using var db = await OpenAsync();
        var rows = await db.Set<InboundMail>().AsNoTracking().Where(mail => mail.Mailbox == Mailbox && prints.Contains(mail.Fingerprint)).ToDictionaryAsync(mail => mail.Fingerprint, Cancel);
        return [.. prints.Select(print => rows[print])];
    }

    /// <summary>Does something, then waits until nothing is left to be looked into.</summary>
    public async Task DoAsync(Func<Task> act)
    {
        var queries = Get<IntakeQueries>();
        using var news = new SemaphoreSlim(0);
        using var subscription = Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                news.Release();
            }
        });
        await act();
        while ((await queries.CountAsync(Cancel)).Waiting > 0)
        {
            await news.WaitAsync(Cancel);
        }
    }

    public Task<SupportDb> OpenAsync() => Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    public async Task<Ticket> TicketAsync(long number)
    {
        await using var db = await OpenAsync();
        return await db.Set<Ticket>().AsNoTracking().Include(ticket => ticket.Obligations).Include(ticket => ticket.Requester).SingleAsync(ticket => ticket.Number == number, Cancel);
    }

    public async Task<IReadOnlyList<PublicMessage>> MessagesAsync(long number)
    {
        await using var db = await OpenAsync();
        return await db.Set<PublicMessage>().AsNoTracking().Where(message => message.TicketNumber == number).OrderBy(message => message.Sequence).ToListAsync(Cancel);
    }
}

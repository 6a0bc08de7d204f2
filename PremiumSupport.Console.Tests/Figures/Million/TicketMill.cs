using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla;
using PremiumSupport.Tests.Sla.Oracle;

namespace PremiumSupport.Tests.Figures.Million;

/// <summary>
/// Grinds tickets by the thousand: each is promised, swept and answered by the product's own rules, at moments of its own, and stored as the product stores it, by its own prepared statements in
/// its own write queue. Left out are conversations, timelines and the ledger, which none of the measured queries read.
/// </summary>
internal sealed class TicketMill(QuietHost host)
{
    public const int PerDay = 900;
    public const int Open = 2_000;
    public const int Due = 500;
    public const int Rounds = 3;

    private const int Batch = 2_000;
    private static readonly PreparedStatement<Ticket> NewTicket = new();
    private static readonly PreparedStatement<Obligation> NewObligation = new();
    private static readonly PreparedStatement<FlagMark> NewFlag = new();
    private static readonly EngineWorld World = new(Given.Policy(), Given.Policy());

    private readonly Random _random = new(20_261_122);

    /// <summary>
    /// That many, <see cref="PerDay"/> a day until now: nearly all answered and closed, three in a hundred too late; <see cref="Open"/> open ones whose next flag is twenty minutes away or more; and for
    /// each round 500 whose next flag falls due at the same instant, a minute after the round's before.
    /// </summary>
    public async Task GrindAsync(int tickets)
    {
        var now = host.Clock.GetUtcNow();
        Contact[] contacts;
        await using (var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync())
        {
            contacts = await db.Set<Contact>().AsNoTracking().Where(contact => contact.Account!.Key != "basic").OrderBy(contact => contact.Email).ToArrayAsync();
        }

        var history = tickets - Open - (Due * Rounds);
        var made = Enumerable.Range(0, history).Select(index => Old(contacts, now - TimeSpan.FromDays((history - index) / (double)PerDay) - TimeSpan.FromHours(30)))
            .Concat(Enumerable.Range(0, Open).Select(_ => Fresh(contacts, now - TimeSpan.FromMilliseconds(_random.Next(600_000)))))
            .Concat(Enumerable.Range(0, Due * Rounds).Select(index => Fresh(contacts, now - TimeSpan.FromMinutes(29 - (index / Due)))));
        foreach (var batch in made.Chunk(Batch))
        {
            await host.Get<WriteQueue>().RunAsync(async db =>
            {
                foreach (var (ticket, flags) in batch)
                {
                    await InsertAsync(db, ticket, flags);
                }

                return true;
            });
        }

        // What a server does by itself after such growth.
        await using var statistics = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        statistics.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await statistics.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static async Task InsertAsync(SupportDb db, Ticket ticket, IReadOnlyList<LedgerFact> flags)
    {
        var number = (long)(await NewTicket.FirstAsync(db, ticket))![0]!;
        foreach (var obligation in ticket.Obligations)
        {
            obligation.TicketNumber = number;
            await NewObligation.FirstAsync(db, obligation);
        }

        foreach (var fact in flags)
        {
            var detectedAt = Given.At(fact.Data["detectedAt"]);
            if (FlagMark.Of(number, fact, detectedAt) is { } flag)
            {
                await NewFlag.FirstAsync(db, flag);
            }
        }
    }

    private (Ticket Ticket, IReadOnlyList<LedgerFact> Flags) Old(Contact[] contacts, DateTimeOffset at)
    {
        var contact = contacts[_random.Next(contacts.Length)];
        var channel = _random.Next(5) == 0 ? Channel.Chat : Channel.Email;
        var ticket = new EngineTicket(World, 1, channel, contact.Role, at);
        var promise = ticket.Facts.Obligations[0];
        var share = _random.Next(100) < 3 ? 1 + _random.NextDouble() : Math.Sqrt(_random.NextDouble());
        var answer = promise.StartedAt + ((promise.DueAt - promise.StartedAt) * share);
        Sweep(ticket, answer);
        ticket.Do(Of(Deed.Answer), ObligationClock.Whole(answer));
        return Row(ticket, contact, channel, TicketStatus.Closed, answer);
    }

    private static (Ticket Ticket, IReadOnlyList<LedgerFact> Flags) Fresh(Contact[] contacts, DateTimeOffset at)
    {
        var contact = contacts.First(contact => contact.Role == RequesterRole.SuperAdmin);
        var ticket = new EngineTicket(World, 1, Channel.Email, contact.Role, at);
        return Row(ticket, contact, Channel.Email, TicketStatus.New, at);
    }

    /// <summary>As the timer would: a few milliseconds after each moment.</summary>
    private void Sweep(EngineTicket ticket, DateTimeOffset until)
    {
        while (ticket.Facts.Obligations[0].NextFlagAt is { } next && next < until)
        {
            ticket.Do(Of(Deed.Sweep), next.AddMilliseconds(_random.Next(5)));
        }
    }

    private static (Ticket Ticket, IReadOnlyList<LedgerFact> Flags) Row(EngineTicket made, Contact contact, Channel channel, TicketStatus status, DateTimeOffset updated)
    {
        var facts = made.Facts;
        var ticket = new Ticket
        {
            Subject = "Nobody can sign in since this morning",
            Channel = channel,
            Status = status,
            Severity = facts.Severity,
            AccountId = contact.AccountId,
            RequesterId = contact.Id,
            RequesterRole = contact.Role,
            PolicyVersion = 1,
            CreatedAt = facts.Request.StartedAt,
            UpdatedAt = updated,
            LastSequence = status == TicketStatus.Closed ? 2 : 1,
            Snippet = "Since nine this morning nobody here can sign in.",
            SnippetAuthor = contact.Name,
            LastFromCustomer = status != TicketStatus.Closed,
            Version = 1,
        };
        ticket.Obligations.AddRange(facts.Obligations.Select(promise => new Obligation().Take(promise)));
        TicketStore.Schedule(ticket, facts.Obligations);
        return (ticket, [.. made.Ledger.Where(fact => fact.Kind is LedgerKind.Warned or LedgerKind.Breached)]);
    }

    private static LifeDeed Of(Deed deed) => new(deed, 0, null, false, 0, 0);
}

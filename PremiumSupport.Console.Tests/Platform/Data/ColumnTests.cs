using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

public sealed class SqliteColumnTests() : ColumnTests(DatabaseProvider.Sqlite);

public sealed class PostgresColumnTests() : ColumnTests(PostgresServer.OrSkip());

/// <summary>Values come back as they were stored and compare as they do in memory, on every database and on both ways to write: EF's and the prepared statements'.</summary>
public abstract class ColumnTests(DatabaseProvider provider) : IAsyncLifetime
{
    // Whole milliseconds, as everywhere, told in another zone than UTC.
    private static readonly DateTimeOffset At = new(2026, 10, 25, 2, 30, 15, 123, TimeSpan.FromHours(2));

    private static readonly PreparedStatement<Ticket> NewTicket = new();
    private static readonly PreparedStatement<Obligation> NewObligation = new();
    private static readonly PreparedStatement<Ticket> Find = new("SELECT \"Status\", \"NextDueAt\", \"AssigneeId\", \"LastFromCustomer\", \"Version\" FROM \"Tickets\" WHERE \"Number\" = @Number");

    private readonly Database _database = new(provider);
    private readonly Guid _account = Guid.NewGuid();
    private readonly Guid _contact = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.Writes.StartAsync(Cancel);
        await using var db = await ContextAsync();
        db.AddRange(new Account { Id = _account, Key = "acme", Name = "Acme" }, new Contact { Id = _contact, AccountId = _account, Email = "sofia@acme.example", Name = "Sofia Größe" });
        await db.SaveChangesAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ticket_and_its_promise_come_back_as_they_were(bool isPrepared)
    {
        var ticket = Ticket("Subject");
        var owed = Owed();
        var number = await _database.Writes.RunAsync(
            async db =>
            {
                if (isPrepared)
                {
                    owed.TicketNumber = (long)(await NewTicket.FirstAsync(db, ticket))![0]!;
                    await NewObligation.FirstAsync(db, owed);
                    return owed.TicketNumber;
                }

                ticket.Obligations.Add(owed);
                db.Add(ticket);
                await db.SaveChangesAsync(Cancel);
                return ticket.Number;
            },
            cancellation: Cancel);
        Assert.Equal(1001, number);

        await using var db = await ContextAsync();
        var stored = await db.Set<Ticket>().AsNoTracking().Include(ticket => ticket.Obligations).SingleAsync(Cancel);
        Assert.Equal((At, At, TimeSpan.Zero), (stored.CreatedAt, stored.NextDueAt, stored.CreatedAt.Offset));
        Assert.Equal((Channel.Mailbox, TicketStatus.Waiting, Severity.BusinessCritical, ClaimState.Declined, ClaimCriterion.DataLoss), (stored.Channel, stored.Status, stored.Severity, stored.Claim, stored.Criterion));
        Assert.Equal(["one", "zwölf", "\"quoted\" \\ \n"], stored.Tags);
        var promise = Assert.Single(stored.Obligations);
        Assert.Equal((TimeSpan.FromHours(30.5), null), (promise.TargetDuration, promise.TargetBusinessDays));
        Assert.Equal(owed.OpenSpans, promise.OpenSpans);
        Assert.Equal(owed.Warnings, promise.Warnings);
    }

    [Fact]
    public async Task A_prepared_statement_reads_what_the_model_says()
    {
        var found = await _database.Writes.RunAsync(
            async db =>
            {
                await NewTicket.FirstAsync(db, Ticket("Subject"));
                return await Find.FirstAsync(db, 1001L);
            },
            cancellation: Cancel);

        Assert.Equal([TicketStatus.Waiting, At.ToUniversalTime(), null, true, 7L], found!);
        Assert.Null(await _database.Writes.RunAsync(db => Find.FirstAsync(db, 9999L), cancellation: Cancel));
    }

    [Fact]
    public async Task Instants_compare_and_sort_whatever_zone_they_were_told_in()
    {
        await using (var db = await ContextAsync())
        {
            // The hour that the clocks of Berlin show twice.
            db.AddRange(Ticket("second", At.AddHours(1).ToOffset(TimeSpan.FromHours(1))), Ticket("first", At), Ticket("third", At.AddHours(2).ToOffset(TimeSpan.FromHours(-9))));
            await db.SaveChangesAsync(Cancel);
        }

        await using var reading = await ContextAsync();
        Assert.Equal(["first", "second", "third"], await reading.Set<Ticket>().OrderBy(ticket => ticket.NextDueAt).Select(ticket => ticket.Subject).ToListAsync(Cancel));
        var edge = At.AddHours(1).ToOffset(TimeSpan.FromHours(5));
        Assert.Equal(["second"], await reading.Set<Ticket>().Where(ticket => ticket.NextDueAt == edge).Select(ticket => ticket.Subject).ToListAsync(Cancel));
        Assert.Equal(2, await reading.Set<Ticket>().CountAsync(ticket => ticket.NextDueAt >= edge, Cancel));
    }

    [Fact]
    public async Task Words_are_found_in_any_letter_case_and_only_as_they_stand_there()
    {
        await using (var db = await ContextAsync())
        {
            db.AddRange(Ticket("Nobody can SIGN in"), Ticket("100% of a_b"), Ticket("1000 of aXb"), Ticket(@"C:\temp"));
            await db.SaveChangesAsync(Cancel);
        }

        var queries = new TicketQueries(_database.Factory);
        var staff = new StaffCaller(Guid.NewGuid(), "Mara", "mara@desk.example");
        async Task<string> FoundAsync(string words) => string.Join(' ', (await queries.SearchAsync(words, staff, Cancel)).Order());
        Assert.Equal("1001", await FoundAsync("sign IN"));
        Assert.Equal("1002", await FoundAsync("100%"));
        Assert.Equal("1002", await FoundAsync("A_B"));
        Assert.Equal("1004", await FoundAsync(@"c:\T"));
        Assert.Equal("1003", await FoundAsync("#1003"));
        Assert.Equal("1001 1002 1003 1004", await FoundAsync("SOFIA@acme"));
        Assert.Equal("1001 1002 1003 1004", await FoundAsync("größe"));
        Assert.Equal("", await FoundAsync("' OR 1=1 --"));
    }

    [Fact]
    public async Task A_disabled_person_stays_disabled_for_ever()
    {
        await using (var db = await ContextAsync())
        {
            db.Add(new StaffUser { Id = Guid.NewGuid(), UserName = "gone@desk.example", DisplayName = "Gone", LockoutEnd = StaffCard.DisabledUntil });
            await db.SaveChangesAsync(Cancel);
        }

        await using var reading = await ContextAsync();
        Assert.Equal(StaffCard.DisabledUntil, (await reading.Users.AsNoTracking().SingleAsync(user => user.LockoutEnd == StaffCard.DisabledUntil, Cancel)).LockoutEnd);
    }

    [Fact]
    public async Task The_roles_are_there_from_the_beginning_and_passkeys_have_a_table()
    {
        await using var db = await ContextAsync();
        Assert.Equal(Roles.All.Order(), await db.Roles.OrderBy(role => role.Name).Select(role => role.Name).ToListAsync(Cancel));
        Assert.Equal(0, await db.Set<IdentityUserPasskey<Guid>>().CountAsync(Cancel));
    }

    private Task<SupportDb> ContextAsync() => _database.Factory.CreateDbContextAsync(Cancel);

    private Ticket Ticket(string subject, DateTimeOffset? due = null) => new()
    {
        Subject = subject, AccountId = _account, RequesterId = _contact, Channel = Channel.Mailbox, Status = TicketStatus.Waiting, Severity = Severity.BusinessCritical,
        Claim = ClaimState.Declined, Criterion = ClaimCriterion.DataLoss, Tags = ["one", "zwölf", "\"quoted\" \\ \n"], CreatedAt = At, UpdatedAt = At, NextDueAt = due ?? At,
        LastFromCustomer = true, Version = 7,
    };

    private static Obligation Owed()
    {
        var request = new PromiseRequest
        {
            AccountName = "Acme", EntitledUntil = At.AddYears(1), RequesterName = "Sofia", Role = RequesterRole.User, Channel = Channel.Email, Claim = ClaimState.None, Criterion = null, StartedAt = At,
        };
        var owed = new Obligation().Take(PromiseClock.Promise(DefaultPolicy.Create(new(), "Europe/Berlin"), request)[0]);
        (owed.TargetDuration, owed.TargetBusinessDays) = (TimeSpan.FromHours(30.5), null);
        return owed;
    }
}

using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Teams;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets;

public sealed class SqliteQueueViewTests() : QueueViewTests(DatabaseProvider.Sqlite);

public sealed class PostgresQueueViewTests() : QueueViewTests(PostgresServer.OrSkip());

/// <summary>A view is said twice, in SQL for the API and in memory for the screens. Here both are held against each other.</summary>
public abstract class QueueViewTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int Tickets = 400;

    private static readonly DateTimeOffset Now = Given.At("2026-01-13 12:00:00");
    private static readonly Guid Mara = Guid.Parse("00000000-0000-0000-0000-00000000000a");

    private readonly Database _database = new(provider);
    private List<QueueRow> _rows = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var account = new Account { Id = Guid.NewGuid(), Key = "acme", Name = "Acme" };
        var contact = new Contact { Id = Guid.NewGuid(), AccountId = account.Id, Email = "sofia@acme.example", Name = "Sofia" };
        // An account that Mara is dedicated to, by its team, and one that she is not.
        var (other, team) = (new Account { Id = Guid.NewGuid(), Key = "globex", Name = "Globex" }, new Team { Id = Guid.NewGuid(), Name = "Nordics" });
        db.AddRange(account, contact, other, team, new StaffUser { Id = Mara, UserName = "mara", DisplayName = "Mara" });
        db.AddRange(new TeamMember { TeamId = team.Id, StaffId = Mara }, new AccountCare { AccountId = other.Id, TeamId = team.Id });
        var random = new Random(7);
        for (var index = 0; index < Tickets; index++)
        {
            db.Add(Generate(random, index % 3 == 0 ? other.Id : account.Id, contact.Id));
        }

        await db.SaveChangesAsync(Cancel);
        _rows = await QueueRows.ReadAsync(db, care: await TeamQueries.CareAsync(db, Cancel));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_view_holds_the_same_tickets_in_the_database_and_in_memory()
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        foreach (var view in Enum.GetValues<QueueView>())
        {
            var stored = QueueRows.In(db, view, Mara, Now).Select(ticket => ticket.Number).ToHashSet();
            var held = _rows.Where(row => row.IsIn(view, Mara, Now)).Select(row => row.Number).ToHashSet();

            Assert.Equal(stored.Order(), held.Order());
            // A view that held nothing, or everything, would have shown nothing.
            Assert.InRange(held.Count, 20, view == QueueView.All ? _rows.Count : _rows.Count - 20);
        }
    }

    [Fact]
    public async Task What_is_sorted_for_everybody_says_the_same_of_each_view()
    {
        var tally = QueueTally.Of(_rows, Now);
        foreach (var view in Enum.GetValues<QueueView>())
        {
            var held = _rows.Where(row => row.IsIn(view, Mara, Now)).Order(QueueRow.SoonestDue).ToList();
            Assert.Equal(held.Select(row => row.Number), tally.Of(view, Mara).Select(row => row.Number));
            Assert.Equal(held.Count, tally.Counts(Mara)[view]);
        }

        Assert.Empty(tally.Of(QueueView.MyAccounts, Guid.NewGuid()));
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var pressing = QueueRows.Pressing(QueueRows.Open(db), Now).Select(ticket => ticket.Number).ToList();
        Assert.Equal(pressing.Order(), _rows.Where(row => row.IsPressing(Now)).Select(row => row.Number).Order());
    }

    [Fact]
    public async Task The_queue_is_in_the_same_order_in_the_database_and_in_memory()
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var stored = QueueRows.Open(db).OrderBy(ticket => ticket.NextDueAt == null).ThenBy(ticket => ticket.NextDueAt).ThenBy(ticket => ticket.Number).Select(ticket => ticket.Number).ToList();

        Assert.Equal(stored, _rows.Order(QueueRow.SoonestDue).Select(row => row.Number));
    }

    [Fact]
    public void Soonest_due_is_first_the_most_overdue_on_top_and_what_owes_nothing_last()
    {
        var ordered = _rows.Order(QueueRow.SoonestDue).ToList();
        Assert.True(ordered[0].NextDueAt < Now);
        Assert.Null(ordered[^1].NextDueAt);
        Assert.Equal(ordered.Select(row => row.NextDueAt ?? DateTimeOffset.MaxValue).Order(), ordered.Select(row => row.NextDueAt ?? DateTimeOffset.MaxValue));
        Assert.Contains(ordered.Zip(ordered.Skip(1)), pair => pair.First.NextDueAt is not null && pair.First.NextDueAt == pair.Second.NextDueAt && pair.First.Number < pair.Second.Number);
    }

    [Fact]
    public void A_call_that_got_nobody_stands_where_its_next_try_does_unless_something_is_owed_sooner()
    {
        var (soon, later, nothing) = (Given.At("2026-01-13 12:10:00"), Given.At("2026-01-13 14:00:00"), (DateTimeOffset?)null);
        var row = _rows[0];
        QueueRow Row(long number, DateTimeOffset? due, DateTimeOffset? call = null, int attempts = 0) => row with { Number = number, NextDueAt = due, NextCallAt = call, CallAttempts = attempts };

        Assert.Equal(soon, Row(1, later, soon, attempts: 1).PressingAt);
        Assert.Equal(soon, Row(1, soon, later, attempts: 1).PressingAt);
        Assert.Equal(later, Row(1, nothing, later, attempts: 2).PressingAt);
        Assert.Equal(later, Row(1, later, soon).PressingAt);
        QueueRow[] rows = [Row(1, nothing), Row(2, later), Row(3, nothing, soon, attempts: 1), Row(4, later.AddMinutes(1), later, attempts: 3), Row(5, soon)];
        Assert.Equal([3, 5, 2, 4, 1], rows.Order(QueueRow.SoonestDue).Select(one => one.Number));
    }

    [Theory]
    [InlineData(-1, false, false)]
    [InlineData(0, true, false)]
    [InlineData(1, false, true)]
    public async Task Rule_3_at_its_deadline_a_ticket_is_at_risk_and_one_millisecond_later_breached(int millisecondsAfter, bool isLastMoment, bool isBreached)
    {
        var row = _rows.First(row => row is { NextDueAt: not null, Badge.BreachedAt: null } && row.NextDueAt > Now && row.Badge.AtRiskAt < row.NextDueAt.Value.AddMilliseconds(-1));
        var at = row.NextDueAt!.Value.AddMilliseconds(millisecondsAfter);
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);

        Assert.Equal(isBreached, row.IsIn(QueueView.Breached, Mara, at));
        Assert.Equal(!isBreached, row.IsIn(QueueView.AtRisk, Mara, at));
        Assert.Equal(isBreached, QueueRows.In(db, QueueView.Breached, Mara, at).Any(ticket => ticket.Number == row.Number));
        Assert.Equal(!isBreached, QueueRows.In(db, QueueView.AtRisk, Mara, at).Any(ticket => ticket.Number == row.Number));
        Assert.Equal(isLastMoment, row.NextDueAt == at);
    }

    private static Ticket Generate(Random random, Guid account, Guid contact)
    {
        var ticket = new Ticket
        {
            Subject = "S", AccountId = account, RequesterId = contact,
            Channel = Pick<Channel>(random), Status = Pick<TicketStatus>(random), Severity = Pick<Severity>(random), Claim = Pick<ClaimState>(random),
            AssigneeId = random.Next(3) switch { 0 => Mara, 1 => Guid.NewGuid(), _ => null },
            SnoozedUntil = random.Next(6) == 0 ? Now.AddHours(1) : null, CreatedAt = Now.AddHours(-3), UpdatedAt = Now,
        };

        // Instants on a coarse grid around now, so that "at exactly" happens often.
        for (var metric = 0; metric < random.Next(3); metric++)
        {
            var due = Now.AddMinutes(random.Next(-6, 7) * 10);
            var answered = random.Next(3) == 0 ? due.AddMinutes(random.Next(-2, 3) * 10) : (DateTimeOffset?)null;
            var isFlagged = random.Next(2) == 0 && due < Now;
            ticket.Obligations.Add(new()
            {
                Metric = (Metric)metric, Cycle = 1, StartedAt = due.AddHours(-1), AtRiskAt = due.AddMinutes(-20), DueAt = due,
                AnsweredAt = answered, BreachedAt = isFlagged ? due : null, DetectedAt = isFlagged ? Now : null, PolicyVersion = 1,
            });
        }

        TicketStore.Schedule(ticket, [.. ticket.Obligations.Select(obligation => obligation.ToFacts())]);
        return ticket;
    }

    private static T Pick<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}

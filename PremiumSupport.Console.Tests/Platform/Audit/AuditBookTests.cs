using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Audit;

public sealed class SqliteAuditBookTests() : AuditBookTests(DatabaseProvider.Sqlite);

public sealed class PostgresAuditBookTests() : AuditBookTests(PostgresServer.OrSkip());

/// <summary>Entries come and stay as they are, and are found.</summary>
public abstract class AuditBookTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly Database _database = new(provider);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AuditQueries Queries => new(_database.Factory);

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.Writes.StartAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_entry_says_what_differs_and_nothing_else()
    {
        await NoteAsync("changed", ("people", "bea@desk.example", "Bea"), new { Role = "Specialist", Name = "Bea", Zone = (string?)null }, new { Role = "Admin", Name = "Bea", Zone = "Europe/Rome" });
        await NoteAsync("changed", ("people", "bea@desk.example", "Bea"), new { Role = "Admin" }, new { Role = "Admin" });
        var entry = Assert.Single((await Queries.SearchAsync(new(), cancellation: Cancel)).Entries);
        Assert.Equal((Start, StaffFakes.Admin.StaffId, "Ada Admin", "people", "changed", "bea@desk.example", "Bea"), (entry.At, entry.ActorId, entry.ActorName, entry.Area, entry.Deed, entry.Subject, entry.SubjectName));
        Assert.Equal([new("role", "Specialist", "Admin"), new("zone", null, "Europe/Rome")], entry.Changes);
    }

    [Fact]
    public async Task What_is_called_as_secrets_are_is_refused_with_the_change_itself()
    {
        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => NoteAsync("made", ("API keys", "psk", ""), null, new { Token = "psk_canary" }));
        Assert.Contains("Token", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await Queries.SearchAsync(new(), cancellation: Cancel)).Entries);
    }

    [Theory]
    [InlineData("""UPDATE "Audit" SET "Deed" = 'did nothing to'""")]
    [InlineData("""DELETE FROM "Audit" """)]
    public async Task Nobody_changes_or_removes_an_entry(string statement)
    {
        await NoteAsync("disabled", ("people", "bea@desk.example", "Bea"));
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(statement, Cancel));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal("disabled", Assert.Single((await Queries.SearchAsync(new(), cancellation: Cancel)).Entries).Deed);
    }

    [Fact]
    public async Task It_is_searched_by_person_area_subject_and_time()
    {
        await NoteAsync("disabled", ("people", "bea_1@desk.example", "Bea"));
        await NoteAsync("revoked", ("API keys", "psk_ab…", "Nightly export"), by: StaffFakes.Lead, at: Start.AddHours(1));
        await NoteAsync("enabled", ("people", "bea91@desk.example", "Another"), at: Start.AddHours(2));
        Assert.Equal(["enabled", "revoked", "disabled"], await FindAsync(new()));
        Assert.Equal(["revoked"], await FindAsync(new(Person: "lea l")));
        Assert.Equal(["enabled", "disabled"], await FindAsync(new(Area: "people")));
        Assert.Equal(["revoked"], await FindAsync(new(Subject: "nightly")));
        Assert.Equal(["disabled"], await FindAsync(new(Subject: "bea_")));
        Assert.Equal(["revoked"], await FindAsync(new(From: Start.AddHours(1), To: Start.AddHours(2))));
        Assert.Empty(await FindAsync(new(Person: "nobody")));
        Assert.Equal(["API keys", "people"], (await Queries.AreasAsync(Cancel)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        await _database.Writes.RunAsync(
            db =>
            {
                for (var i = 0; i < (2 * AuditQueries.PageSize) + 7; i++)
                {
                    StaffFakes.Admin.Note(db, Start.AddSeconds(i), "changed", ("people", $"{i}", ""));
                }

                return Task.FromResult(true);
            },
            cancellation: Cancel);
        List<string> seen = [];
        long? before = null;
        do
        {
            var page = await Queries.SearchAsync(new(), before, Cancel);
            seen.AddRange(page.Entries.Select(entry => entry.Subject));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(0, (2 * AuditQueries.PageSize) + 7).Reverse().Select(i => $"{i}"), seen);
    }

    private async Task<IEnumerable<string>> FindAsync(AuditFilter filter) => (await Queries.SearchAsync(filter, cancellation: Cancel)).Entries.Select(entry => entry.Deed);

    private Task<bool> NoteAsync(string deed, (string, string, string) subject, object? before = null, object? after = null, StaffCaller? by = null, DateTimeOffset? at = null) => _database.Writes.RunAsync(
        db =>
        {
            (by ?? StaffFakes.Admin).Note(db, at ?? Start, deed, subject, before, after);
            return Task.FromResult(true);
        },
        cancellation: Cancel);
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Figures;

/// <summary>A year that lies behind a desk, with what reports read of it: tickets, promises, closings, flags and the ledger's rows. The rows' hashes are none.</summary>
internal static class ClosedYear
{
    private const long Year = 365L * 24 * 3_600_000;

    /// <summary>A year of tickets: half standard emails of a Super Admin, the rest chats; one in ten claims to be critical; answered after up to 70 minutes.</summary>
    public static async Task FillAsync(SupportDb db, DateTimeOffset now, int tickets)
    {
        var rows = new BulkRows(db);
        var sofia = await db.Set<Contact>().SingleAsync(contact => contact.Email == "sofia@acme.example");
        var first = now.ToUnixTimeMilliseconds() - Year;
        var (start, number) = ($"({first} + i * {Year / tickets})", "(1000000 + i)");
        var answered = $"({start} + (i * 7919 % 4200) * 1000)";
        var due = $"({start} + 3600000)";
        var late = "(i * 7919 % 4200) > 3600";
        string Word<T>(string property, object value) => rows.Literal<T>(property, value);
        string When<T>(string property, string condition, object yes, object no) => $"CASE WHEN {condition} THEN {Word<T>(property, yes)} ELSE {Word<T>(property, no)} END";

        await rows.InsertAsync<Ticket>(tickets, new()
        {
            ["Number"] = number, ["Subject"] = "'A ticket of last year'", ["AccountId"] = Word<Ticket>("AccountId", sofia.AccountId), ["RequesterId"] = Word<Ticket>("RequesterId", sofia.Id),
            ["Channel"] = When<Ticket>("Channel", "i % 2 = 0", Channel.Email, Channel.Chat), ["Status"] = Word<Ticket>("Status", TicketStatus.Closed),
            ["Claim"] = When<Ticket>("Claim", "i % 10 = 0", ClaimState.Declined, ClaimState.None), ["CreatedAt"] = rows.Instant(start), ["UpdatedAt"] = rows.Instant(answered),
        });
        await rows.InsertAsync<Obligation>(tickets, new()
        {
            ["TicketNumber"] = number, ["Cycle"] = "1", ["Calendar"] = "'24x7'", ["TargetDuration"] = Word<Obligation>("TargetDuration", TimeSpan.FromHours(1)),
            ["StartedAt"] = rows.Instant(start), ["AnchorAt"] = rows.Instant(start), ["BaseDueAt"] = rows.Instant(due), ["GrossDueAt"] = rows.Instant(due), ["DueAt"] = rows.Instant(due),
            ["AtRiskAt"] = rows.Instant(due), ["AnsweredAt"] = rows.Instant(answered), ["BreachedAt"] = $"CASE WHEN {late} THEN {rows.Instant(due)} END",
            // As long as the reasons of a real promise are.
            ["Explanation"] = $"'[{string.Join(',', Enumerable.Repeat("{\"Kind\":7,\"Values\":{\"calendar\":\"24x7\",\"start\":\"2026-11-22T15:32:32.123Z\"}}", 8))}]'",
        });
        await rows.InsertAsync<TicketEvent>(tickets, new()
        {
            ["TicketNumber"] = number, ["Kind"] = Word<TicketEvent>("Kind", TicketEventKind.StatusChanged), ["At"] = rows.Instant(answered), ["Detail"] = "'closed'", ["Before"] = "'open'",
        });
        await rows.InsertAsync<FlagMark>(tickets, new()
        {
            ["TicketNumber"] = number, ["Cycle"] = "1", ["Step"] = "'breach'", ["At"] = rows.Instant(due), ["DetectedAt"] = rows.Instant($"{due} + 1 + i % 40"),
        }, late);
        await LedgerAsync(rows, tickets, sofia.AccountId, start, due, answered, late, number);
        await db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite() ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");
    }

    private static async Task LedgerAsync(BulkRows rows, int tickets, Guid account, string start, string due, string answered, string late, string number)
    {
        var promised = $"'{{\"atRiskAt\":\"' || {rows.Text($"{start} + 2700000")} || '\",\"calendar\":\"24x7\",\"channel\":\"email\",\"commitment\":\"guaranteed\",\"dueAt\":\"' || {rows.Text(due)} || '\",\"plan\":\"premium\",\"policyVersion\":\"1\",\"role\":\"superAdmin\",\"severity\":\"standard\",\"target\":\"01:00:00\"}}'";
        Dictionary<string, string> Row(LedgerKind kind, int place, string at, string data) => new()
        {
            ["AccountId"] = rows.Literal<LedgerEntry>("AccountId", account), ["Sequence"] = $"1000000 + i * 4 + {place}", ["TicketNumber"] = number, ["Kind"] = rows.Literal<LedgerEntry>("Kind", kind),
            ["At"] = rows.Instant(at), ["Metric"] = rows.Literal<LedgerEntry>("Metric", Metric.FirstResponse), ["Cycle"] = "1", ["Data"] = data,
            ["PreviousHash"] = $"'{LedgerChain.Genesis}'", ["Hash"] = $"'{LedgerChain.Genesis}'",
        };

        var outcome = $"'{{\"dueAt\":\"' || {rows.Text(due)} || '\"}}'";
        await rows.InsertAsync<LedgerEntry>(tickets, Row(LedgerKind.Promised, 0, start, promised));
        await rows.InsertAsync<LedgerEntry>(tickets, Row(LedgerKind.Met, 2, answered, outcome), $"NOT ({late})");
        await rows.InsertAsync<LedgerEntry>(tickets, Row(LedgerKind.Breached, 1, due, outcome), late);
        await rows.InsertAsync<LedgerEntry>(tickets, Row(LedgerKind.Answered, 2, answered, outcome), late);
    }
}

using PremiumSupport.Desk.Ledger;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>Rule 16 on copies of a real database: whatever is done to it by hand is found and named, by the audit and by the command.</summary>
public sealed class LedgerTamperingTests(WrittenLedger written) : IClassFixture<WrittenLedger>
{
    private const string Acme = "\"AccountId\" = (SELECT \"Id\" FROM \"Accounts\" WHERE \"Key\" = 'acme')";

    [Fact]
    public async Task What_nobody_touched_verifies_without_a_difference()
    {
        using var copy = await written.CopyAsync();

        Assert.Empty(await copy.AuditAsync());
        var (code, answer, complaint) = await copy.CommandAsync();
        Assert.Equal((0, ""), (code, complaint));
        Assert.Contains("The ledger is whole", answer, StringComparison.Ordinal);
        Assert.Matches("Checked 3 chains, [0-9]+ rows and [0-9]+ promises in ", answer);
    }

    /// <summary>What is done, and the words that name it.</summary>
    public static TheoryData<string, string[]> Lies => new()
    {
        { $"UPDATE \"Ledger\" SET \"Data\" = replace(\"Data\", '24x7', 'office') WHERE {Acme} AND \"Sequence\" = 1", ["acme row 1, ticket 1001: This row was changed"] },
        { $"UPDATE \"Ledger\" SET \"At\" = \"At\" + 10000000 WHERE {Acme} AND \"Sequence\" = 1", ["acme row 1, ticket 1001: This row was changed"] },
        { $"UPDATE \"Ledger\" SET \"At\" = \"At\" + 1 WHERE {Acme} AND \"Sequence\" = 1", ["acme row 1, ticket 1001: This row was changed: its instant"] },
        { $"UPDATE \"Ledger\" SET \"Kind\" = 'Forgiven' WHERE {Acme} AND \"Sequence\" = 3", ["acme row 3", "This row was changed", "'Forgiven', which is none"] },
        { $"UPDATE \"Ledger\" SET \"Metric\" = 'Smile' WHERE {Acme} AND \"Sequence\" = 1", ["acme row 1", "This row was changed", "about Smile 1"] },
        { $"UPDATE \"Ledger\" SET \"TicketNumber\" = 1002 WHERE {Acme} AND \"Sequence\" = 1", ["acme row 1, ticket 1002: This row was changed"] },
        { $"UPDATE \"Ledger\" SET \"Sequence\" = 'first' WHERE {Acme} AND \"Sequence\" = 1", ["acme row"] },
        { $"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = 4", ["acme row 3: Row 4 was removed."] },
        { $"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" BETWEEN 4 AND 6", ["acme row 3: Rows 4 to 6 were removed (3 rows)."] },
        { $"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = 1", ["acme row 0: Row 1 was removed."] },
        { $"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = (SELECT max(\"Sequence\") FROM \"Ledger\" WHERE {Acme})", ["1 row was removed at the end of the chain"] },
        { $"DELETE FROM \"Ledger\" WHERE {Acme}", ["rows were removed at the end of the chain", "was never promised"] },
        { $"DELETE FROM \"LedgerHeads\" WHERE {Acme}", ["The chain has no head: it was removed."] },
        { $"UPDATE \"LedgerHeads\" SET \"Hash\" = '00' WHERE {Acme}", ["The head says that the last row has hash 00"] },
        {
            $"INSERT INTO \"Ledger\" (\"AccountId\", \"Sequence\", \"TicketNumber\", \"Kind\", \"At\", \"Metric\", \"Cycle\", \"Data\", \"PreviousHash\", \"Hash\") SELECT \"AccountId\", \"Sequence\" + 1, 1001, 'Claimed', \"At\", NULL, NULL, '{{}}', \"Hash\", 'ab' FROM \"Ledger\" WHERE {Acme} ORDER BY \"Sequence\" DESC LIMIT 1",
            ["1 row was inserted behind the head", "This row was changed"]
        },
        {
            // Room is made in the middle, and a row slipped in.
            $"UPDATE \"Ledger\" SET \"Sequence\" = -\"Sequence\" - 1 WHERE {Acme} AND \"Sequence\" >= 3; UPDATE \"Ledger\" SET \"Sequence\" = -\"Sequence\" WHERE {Acme} AND \"Sequence\" < 0; "
            + $"UPDATE \"LedgerHeads\" SET \"Sequence\" = \"Sequence\" + 1 WHERE {Acme}; "
            + $"INSERT INTO \"Ledger\" (\"AccountId\", \"Sequence\", \"TicketNumber\", \"Kind\", \"At\", \"Metric\", \"Cycle\", \"Data\", \"PreviousHash\", \"Hash\") SELECT \"AccountId\", 3, 1001, 'Claimed', \"At\", NULL, NULL, '{{}}', \"Hash\", 'ab' FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = 2",
            ["acme row 3, ticket 1001: This row was changed", "were written as rows 3 to", "1 row was inserted before"]
        },
        {
            $"UPDATE \"Ledger\" SET \"Sequence\" = -5 WHERE {Acme} AND \"Sequence\" = 2; UPDATE \"Ledger\" SET \"Sequence\" = 2 WHERE {Acme} AND \"Sequence\" = 5; UPDATE \"Ledger\" SET \"Sequence\" = 5 WHERE {Acme} AND \"Sequence\" = -5",
            ["Row 2 was written as row 5", "Row 5 was written as row 2", "the order was changed"]
        },
        { "UPDATE \"Obligations\" SET \"DueAt\" = \"DueAt\" + 36000000000 WHERE \"TicketNumber\" = 1001", ["acme row 1, ticket 1001: The stored DueAt of first response, cycle 1 says"] },
        { "UPDATE \"Obligations\" SET \"GrossDueAt\" = \"GrossDueAt\" + 10000 WHERE \"TicketNumber\" = 1001", ["ticket 1001: The stored GrossDueAt of first response"] },
        { "UPDATE \"Obligations\" SET \"StartedAt\" = \"StartedAt\" + 10000 WHERE \"TicketNumber\" = 1001", ["ticket 1001: The stored StartedAt of first response"] },
        { "UPDATE \"Obligations\" SET \"AtRiskAt\" = \"AtRiskAt\" + 10000 WHERE \"TicketNumber\" = 1001", ["ticket 1001: The stored AtRiskAt of first response"] },
        { "UPDATE \"Obligations\" SET \"AnsweredAt\" = \"StartedAt\" WHERE \"TicketNumber\" = 1002", ["ticket 1002: The stored AnsweredAt of first response"] },
        { "UPDATE \"Obligations\" SET \"BreachedAt\" = NULL, \"DetectedAt\" = NULL WHERE \"TicketNumber\" = 1002", ["ticket 1002: The stored BreachedAt of first response, cycle 1 says nothing", "The stored DetectedAt"] },
        { "UPDATE \"Obligations\" SET \"PolicyVersion\" = 7 WHERE \"TicketNumber\" = 1001", ["The stored PolicyVersion of first response, cycle 1 says 7; the ledger makes it 1."] },
        { "UPDATE \"Obligations\" SET \"Commitment\" = 'Target' WHERE \"TicketNumber\" = 1001", ["The stored Commitment of first response, cycle 1 says target; the ledger makes it guaranteed."] },
        { "UPDATE \"Obligations\" SET \"TargetDuration\" = '02:00:00' WHERE \"TicketNumber\" = 1001", ["The stored Target of first response, cycle 1 says 02:00:00; the ledger makes it 01:00:00."] },
        { "UPDATE \"Obligations\" SET \"Calendar\" = 'office' WHERE \"TicketNumber\" = 1001", ["The stored Calendar of first response, cycle 1 says office; the ledger makes it 24x7."] },
        { "UPDATE \"Obligations\" SET \"Commitment\" = 'Maybe' WHERE \"TicketNumber\" = 1001", ["A stored promise of this account was changed: it cannot be read"] },
        { "UPDATE \"Obligations\" SET \"Cycle\" = 9 WHERE \"TicketNumber\" = 1001", ["The stored first response, cycle 9 was never promised", "The first response, cycle 1 was promised, and no such promise is stored."] },
        { "DELETE FROM \"Obligations\" WHERE \"TicketNumber\" = 1001", ["acme row 1, ticket 1001: The first response, cycle 1 was promised, and no such promise is stored."] },
        { "DELETE FROM \"Tickets\" WHERE \"Number\" = 1001", ["The stored first response, cycle 1 belongs to ticket 1001, and there is no such ticket."] },
        { "UPDATE \"PolicyVersions\" SET \"Json\" = replace(\"Json\", '00:30:00', '00:45:00')", ["* row 1: The stored policy version 1 is not what was published", "00:45:00"] },
        { "DELETE FROM \"PolicyVersions\"", ["* row 1: Policy version 1 was published, and it is not stored."] },
        { "UPDATE \"SlaExceptions\" SET \"To\" = \"To\" + 6000000000", ["* row 2: The stored To of the exception"] },
        { "DELETE FROM \"SlaExceptions\"", ["* row 2: The exception", "was approved, and it is not stored as that."] },
        { "DELETE FROM \"Ledger\" WHERE \"Sequence\" = 1 AND \"Kind\" = 'Published'", ["* row 0: Row 1 was removed.", "policyVersion says 1, and no such version was published."] },
        { "UPDATE \"Accounts\" SET \"Key\" = 'acme2' WHERE \"Key\" = 'acme'", ["acme2 row 1, ticket 1001: This row was changed"] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Each_lie_is_found_and_named_and_the_command_ends_with_1(string sql, string[] words)
    {
        using var copy = await written.CopyAsync();
        Assert.True(copy.Execute(sql) > 0, "Nothing was tampered with.");

        var found = await copy.AuditAsync();
        var (code, answer, complaint) = await copy.CommandAsync();

        Assert.NotEmpty(found);
        Assert.Equal((1, ""), (code, complaint));
        Assert.All(words, word => Assert.Contains(word, answer, StringComparison.Ordinal));
        Assert.All(found, mismatch => Assert.Contains(mismatch.What, answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_window_reports_on_its_own_rows_and_on_broken_chains_always()
    {
        using var copy = await written.CopyAsync();
        copy.Execute("UPDATE \"Obligations\" SET \"DueAt\" = \"DueAt\" + 10000 WHERE \"TicketNumber\" = 1001");
        var start = new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

        Assert.NotEmpty(await copy.AuditAsync(new(start, start.AddMinutes(1))));
        Assert.Empty(await copy.AuditAsync(new(start.AddMinutes(1), null)));
        Assert.Equal(0, (await copy.CommandAsync("--from", "2026-03-04T09:01:00Z")).Code);

        copy.Execute($"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = 4");
        Assert.Contains(await copy.AuditAsync(new(start.AddYears(1), null)), mismatch => mismatch.What == "Row 4 was removed.");
    }

    [Theory]
    [InlineData("--from yesterday", "--from says 'yesterday', which is no instant")]
    [InlineData("--from 2026-03-05 --to 2026-03-04", "--from is later than --to")]
    [InlineData("--heads nowhere.json", "--heads names 'nowhere.json', and there is no such file")]
    [InlineData("everything", "'everything' is nothing that verify-ledger knows")]
    [InlineData("--Database:Provider=Clay", "Database:Provider")]
    public async Task Bad_usage_is_answered_with_a_sentence_and_2(string args, string sentence)
    {
        using var copy = await written.CopyAsync();

        var (code, answer, complaint) = await copy.CommandAsync(args.Split(' '));

        Assert.Equal((2, ""), (code, answer));
        Assert.Contains(sentence, complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_command_says_so_and_makes_none()
    {
        using var copy = new LedgerCopy();

        var (code, _, complaint) = await copy.CommandAsync();

        Assert.Equal(2, code);
        Assert.Contains("There is no database", complaint, StringComparison.Ordinal);
        Assert.False(File.Exists(copy.File));
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.CommandLine;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>The tampering of <see cref="LedgerTamperingTests"/> on PostgreSQL, one lie after the other on the same database.</summary>
public sealed class PostgresTamperingTests(PostgresWrittenLedger fixture) : IClassFixture<PostgresWrittenLedger>
{
    private const string Acme = "\"AccountId\" = (SELECT \"Id\" FROM \"Accounts\" WHERE \"Key\" = 'acme')";

    private static readonly (string Sql, string Words)[] Lies =
    [
        ("UPDATE \"Obligations\" SET \"DueAt\" = \"DueAt\" + interval '1 hour' WHERE \"TicketNumber\" = 1001", "The stored DueAt of first response, cycle 1 says"),
        ("UPDATE \"PolicyVersions\" SET \"Json\" = replace(\"Json\", '00:30:00', '00:45:00')", "The stored policy version 1 is not what was published"),
        ($"UPDATE \"Ledger\" SET \"Data\" = replace(\"Data\", '24x7', 'office') WHERE {Acme} AND \"Sequence\" = 1", "acme row 1, ticket 1001: This row was changed"),
        ($"UPDATE \"Ledger\" SET \"At\" = \"At\" + interval '1 microsecond' WHERE {Acme} AND \"Sequence\" = 2", "This row was changed: its instant is not in whole milliseconds"),
        ($"UPDATE \"Ledger\" SET \"Kind\" = 'Forgiven' WHERE {Acme} AND \"Sequence\" = 3", "'Forgiven', which is none"),
        ($"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" BETWEEN 7 AND 8", "Rows 7 to 8 were removed (2 rows)."),
        ($"DELETE FROM \"Ledger\" WHERE {Acme} AND \"Sequence\" = (SELECT max(\"Sequence\") FROM \"Ledger\" WHERE {Acme})", "1 row was removed at the end of the chain"),
        ($"UPDATE \"Ledger\" SET \"Sequence\" = -5 WHERE {Acme} AND \"Sequence\" = 4; UPDATE \"Ledger\" SET \"Sequence\" = 4 WHERE {Acme} AND \"Sequence\" = 5; UPDATE \"Ledger\" SET \"Sequence\" = 5 WHERE {Acme} AND \"Sequence\" = -5", "Row 4 was written as row 5"),
    ];

    [Fact]
    public async Task What_is_whole_verifies_and_each_lie_is_found_and_named()
    {
        var written = fixture.OrSkip();
        var whole = await CommandAsync(written);
        Assert.Equal((0, ""), (whole.Code, whole.Complaint));
        Assert.Contains("The ledger is whole", whole.Answer, StringComparison.Ordinal);

        await using var db = await written.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        foreach (var (sql, words) in Lies)
        {
            Assert.True(await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken) > 0, sql);
            var told = await CommandAsync(written);
            Assert.Equal((1, ""), (told.Code, told.Complaint));
            Assert.Contains(words, told.Answer, StringComparison.Ordinal);
            Assert.NotEmpty((await written.Get<LedgerAudit>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Mismatches);
        }
    }

    private static async Task<(int Code, string Answer, string Complaint)> CommandAsync(WrittenLedger written)
    {
        await using var answer = new StringWriter();
        await using var complaint = new StringWriter();
        var code = await VerifyLedger.RunAsync(["--Database:Provider=PostgreSql", $"--ConnectionStrings:Support={written.Address}"], answer, complaint);
        return (code, answer.ToString(), complaint.ToString());
    }
}

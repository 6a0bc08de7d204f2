using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.CommandLine;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Tests.Desk.Ledger;

/// <summary>A database to tamper with.</summary>
public sealed class LedgerCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("premium-support-").FullName;

    public string File => Path.Combine(_folder, "support.db");

    /// <summary>Runs SQL as somebody with the file at hand would: no foreign keys, no questions.</summary>
    public int Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys=OFF; " + sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>One value.</summary>
    public string Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>What the audit finds.</summary>
    internal async Task<IReadOnlyList<LedgerMismatch>> AuditAsync(LedgerWindow window = default)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = _folder });
        builder.Configuration["ConnectionStrings:Support"] = $"Data Source={File};Pooling=False";
        builder.AddSupportData();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLedger();
        using var host = builder.Build();
        return (await host.Services.GetRequiredService<LedgerAudit>().VerifyAsync(window, cancellation: TestContext.Current.CancellationToken)).Mismatches;
    }

    /// <summary>What the command says and ends with.</summary>
    public async Task<(int Code, string Answer, string Complaint)> CommandAsync(params string[] args)
    {
        await using var answer = new StringWriter();
        await using var complaint = new StringWriter();
        var code = await VerifyLedger.RunAsync([.. args, $"--ConnectionStrings:Support=Data Source={File};Pooling=False"], answer, complaint);
        return (code, answer.ToString(), complaint.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using System.Globalization;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.CommandLine;

/// <summary>
/// <c>verify-ledger [--from instant] [--to instant] [--heads file]</c>: checks the ledger of the configured database, names every difference in a line of its own and ends
/// with 0, with 1 on any difference, or with 2 when it could not check. It starts no server, migrates nothing and only reads, so it runs beside one.
/// </summary>
internal static class VerifyLedger
{
    public const int Clean = 0;
    public const int Different = 1;
    public const int Impossible = 2;

    private const string Name = "verify-ledger";

    /// <summary>Whether the arguments ask for it.</summary>
    public static bool IsAsked(string[] args) => args is [Name, ..];

    /// <summary>Runs it on the arguments behind its name; all others are keys of the configuration, as for the server.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter answer, TextWriter complaint)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        try
        {
            var (from, to) = (Instant(builder.Configuration, "from"), Instant(builder.Configuration, "to"));
            if (Unknown(args) is { } unknown)
            {
                throw new ArgumentException($"'{unknown}' is nothing that {Name} knows. Say {Name} [--from instant] [--to instant] [--heads file], and keys of the configuration as --Key=value.");
            }

            if (from > to)
            {
                throw new ArgumentException("--from is later than --to: the window ends before it begins.");
            }

            var heads = builder.Configuration["heads"] is { Length: > 0 } file ? await ReadAsync(file) : null;
            builder.AddSupportData();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddLedger();
            await using var app = builder.Build();
            var queries = app.Services.GetRequiredService<LedgerQueries>();
            if (await queries.ObstacleAsync() is { } obstacle)
            {
                throw new ArgumentException(obstacle);
            }

            return await VerifyAsync(app.Services.GetRequiredService<LedgerAudit>(), queries, new(from, to), heads, answer);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await complaint.WriteLineAsync($"{Name}: {fault.Message.ReplaceLineEndings(" ")}");
            return Impossible;
        }
    }

    private static async Task<int> VerifyAsync(LedgerAudit audit, LedgerQueries queries, LedgerWindow window, string? heads, TextWriter answer)
    {
        var differences = 0L;
        if (heads is not null)
        {
            var check = await HeadCheck.RunAsync(queries, heads, default);
            if (check.Value is not { } known)
            {
                throw new ArgumentException(check.Refusal!.Message);
            }

            await answer.WriteLineAsync(Line($"Exported heads of {known.At}: {known.Heads} chains, signed by key {known.KeyId}, which is {(known.IsOurKey ? "" : "not ")}the key of this workspace."));
            foreach (var mismatch in known.Mismatches)
            {
                differences++;
                await answer.WriteLineAsync(Line(mismatch));
            }
        }

        var report = await audit.VerifyAsync(window, mismatch =>
        {
            differences++;
            answer.WriteLine(Line(mismatch));
        });
        await answer.WriteLineAsync(Line($"Checked {report.Chains} chains, {report.Rows} rows and {report.Promises} promises in {report.Took.TotalSeconds:0.0} s ({report.Rows / Math.Max(report.Took.TotalSeconds, 0.001):0} rows/s)."));
        await answer.WriteLineAsync(differences == 0 ? "The ledger is whole, and everything stored says the same." : Line($"{differences} {(differences == 1 ? "difference" : "differences")}."));
        return differences == 0 ? Clean : Different;
    }

    private static DateTimeOffset? Instant(ConfigurationManager configuration, string key) => configuration[key] is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant
        : throw new ArgumentException($"--{key} says '{text}', which is no instant; write 2026-11-22T15:32:32Z.");

    private static async Task<string> ReadAsync(string file) =>
        File.Exists(file) ? await File.ReadAllTextAsync(file) : throw new ArgumentException($"--heads names '{file}', and there is no such file.");

    /// <summary>The first argument that is neither an option with its value nor a key of the configuration.</summary>
    private static string? Unknown(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--from" or "--to" or "--heads" && i + 1 < args.Length)
            {
                i++;
            }
            else if (!args[i].StartsWith("--", StringComparison.Ordinal) || !args[i].Contains('=', StringComparison.Ordinal))
            {
                return args[i];
            }
        }

        return null;
    }

    private static string Line(LedgerMismatch mismatch) => mismatch.Ticket == 0
        ? Line($"{mismatch.Account} row {mismatch.Sequence}: {mismatch.What}")
        : Line($"{mismatch.Account} row {mismatch.Sequence}, ticket {mismatch.Ticket}: {mismatch.What}");

    private static string Line(FormattableString text) => FormattableString.Invariant(text).ReplaceLineEndings(" ");
}

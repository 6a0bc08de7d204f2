using Microsoft.Data.Sqlite;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.CommandLine;

/// <summary>
/// <c>backup [file]</c> copies the configured SQLite database while the server runs; <c>restore file</c> puts a copy in its place while the server is stopped. Everything else on the line is a key of the
/// configuration, as for the server. Ends with 0, or with 1 and a sentence. A PostgreSQL server has tools of its own for both (README).
/// </summary>
internal static class KeepCopies
{
    /// <summary>Whether the arguments ask for one of the two.</summary>
    public static bool IsAsked(string[] args) => args is ["backup" or "restore", ..];

    /// <summary>Runs it; the first argument is its name.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter answer, TextWriter complaint, TimeProvider clock)
    {
        var file = args is [_, var first, ..] && !first.StartsWith("--", StringComparison.Ordinal) ? first : null;
        try
        {
            var builder = WebApplication.CreateBuilder(args[(file is null ? 1 : 2)..]);
            var options = DatabaseOptions.Read(builder.Configuration);
            if (options.Provider != DatabaseProvider.Sqlite)
            {
                throw new InvalidOperationException("This copies SQLite's file. For PostgreSQL use pg_dump and pg_restore.");
            }

            var database = SqliteSetup.ConnectionString(options.ConnectionString, builder.Environment.ContentRootPath);
            if (args[0] == "backup")
            {
                file ??= Path.Combine(SqliteBackup.FolderOf(database), $"{clock.GetUtcNow():yyyyMMdd-HHmmss}.db");
                await (File.Exists(SqliteBackup.FileOf(database)) ? SqliteBackup.MakeAsync(database, file) : throw new InvalidOperationException($"There is no database at {SqliteBackup.FileOf(database)}."));
                await answer.WriteLineAsync($"Copied to {file}. What lies under Storage:Path belongs to it.");
                return 0;
            }

            var kept = await SqliteBackup.RestoreAsync(database, file ?? throw new InvalidOperationException("Say which copy: restore file."), clock.GetUtcNow());
            await answer.WriteLineAsync($"{file} is the database now.{(kept is null ? "" : $" The one before is kept as {kept}.")}");
            return 0;
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or UnauthorizedAccessException or SqliteException)
        {
            await complaint.WriteLineAsync($"{args[0]}: {fault.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}

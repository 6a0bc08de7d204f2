using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PremiumSupport.Platform.Data;

/// <summary>Tells a database that cannot write right now, its disk full say, from work that is wrong in itself: the first heals, and what was to be done is to be done again.</summary>
public static class StorageTrouble
{
    // SQLite's own numbers: busy, locked, out of memory, read only, input or output failed, full, cannot be opened.
    private static readonly int[] Sqlite = [5, 6, 7, 8, 10, 13, 14];

    // "No space left on device" and "disk quota exceeded", as systems number them.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>What is wrong with the storage, in a sentence for operators; null when the failure is another one. Looks behind what others have wrapped around it.</summary>
    public static string? Of(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (Words(cause) is { } words)
            {
                return words;
            }
        }

        return null;
    }

    private static string? Words(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: 13 } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the database is full.",
        SqliteException { SqliteErrorCode: 8 } or PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "The database takes no writes.",
        SqliteException sqlite when Sqlite.Contains(sqlite.SqliteErrorCode) => $"The database cannot write: {sqlite.Message}",
        PostgresException { SqlState: ['5', '3' or '7' or '8', ..] } postgres => $"The database cannot write: {postgres.MessageText}.",
        PostgresException => null,
        DbException { IsTransient: true } => "The database does not answer.",
        IOException io when Full.Contains(io.HResult) => "The disk is full.",
        _ => null,
    };
}

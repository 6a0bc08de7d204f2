using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PremiumSupport.Platform.Data;

/// <summary>A transaction that only reads and sees the database as it stood at its first question, however long it goes on and whoever writes meanwhile.</summary>
public static class ReadSnapshot
{
    /// <summary>Begins one on the context. It keeps nobody from writing.</summary>
    public static Task<IDbContextTransaction> BeginReadAsync(this SupportDb db, CancellationToken cancellation = default) => db.Database.BeginTransactionAsync(
        // SQLite's driver would take the write lock at once but for this level, which it carries out as a plain BEGIN: readers of a write-ahead log see a snapshot.
        db.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, cancellation);
}

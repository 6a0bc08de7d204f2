using System.Data.Common;

namespace PremiumSupport.Platform.Data;

/// <summary>How the write queue reaches the database: one connection at a time, contexts on it, and transactions that run beside no other node's.</summary>
public interface IWriteConnection
{
    /// <summary>How many jobs may share a transaction.</summary>
    int LargestGroup { get; }

    /// <summary>An open connection, to be disposed by the caller.</summary>
    Task<DbConnection> OpenAsync();

    /// <summary>A context on that connection, which it does not own.</summary>
    SupportDb CreateContext(DbConnection connection);

    /// <summary>Waits until no other node is writing and begins a transaction, during which none does. The name is what <see cref="HasCommittedAsync"/> knows it by.</summary>
    Task<(DbTransaction Transaction, string Name)> BeginAsync(DbConnection connection);

    /// <summary>Whether a transaction committed whose commit was not answered. Throws when the database cannot be asked.</summary>
    Task<bool> HasCommittedAsync(string name);
}

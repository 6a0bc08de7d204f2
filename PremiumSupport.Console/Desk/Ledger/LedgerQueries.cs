using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>A chain by its account; one whose account is gone has no key.</summary>
internal sealed record ChainName(Guid AccountId, string? Key, LedgerMark? Head)
{
    /// <summary>The key, or what stands for it.</summary>
    public string Name => Key ?? AccountId.ToString("D");
}

/// <summary>Reads the ledger, and what it vouches for, as they stood at one moment, while others go on writing.</summary>
public sealed class LedgerQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>Begins to read. The first question fixes the moment.</summary>
    internal async Task<LedgerSnapshotQueries> OpenAsync(CancellationToken cancellation = default)
    {
        var db = await factory.CreateDbContextAsync(cancellation);
        try
        {
            return new(db, await db.BeginReadAsync(cancellation));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>The stored end of every chain that has one, the vendor's first, then by key.</summary>
    public async Task<IReadOnlyList<ExportedHead>> HeadsAsync(CancellationToken cancellation = default)
    {
        await using var snapshot = await OpenAsync(cancellation);
        return [.. (await snapshot.ChainsAsync(cancellation)).Where(chain => chain.Head is not null).Select(chain => new ExportedHead(chain.Name, chain.Head!.Sequence, chain.Head.Hash))];
    }

    /// <summary>The name of the key that signs heads here; null before it was first used.</summary>
    internal async Task<string?> KeyIdAsync(CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Setting>().Where(setting => setting.Key == HeadKeyCommands.PublicSetting).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The name of the account of that key; null when there is none.</summary>
    internal async Task<string?> AccountNameAsync(string key, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Account>().Where(account => account.Key == key).Select(account => account.Name).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Whether there is a database of this version; null when there is, else a sentence.</summary>
    public async Task<string?> ObstacleAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return !await db.Database.CanConnectAsync(cancellation) ? "There is no database to be reached: see ConnectionStrings:Support."
            : (await db.Database.GetPendingMigrationsAsync(cancellation)).Any() ? "The database is not of this version yet: start the program once, which brings it up to date."
            : null;
    }
}

/// <summary>One moment of the ledger; see <see cref="LedgerQueries.OpenAsync"/>. Rows are streamed: no answer is held whole.</summary>
internal sealed class LedgerSnapshotQueries(SupportDb db, IDbContextTransaction transaction) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }

    /// <summary>How many rows there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellation) => db.Set<LedgerEntry>().LongCountAsync(cancellation);

    /// <summary>Every chain, the vendor's first, then by key: those that have rows, those that have a head, and those that should have either because something was promised.</summary>
    public async Task<List<ChainName>> ChainsAsync(CancellationToken cancellation)
    {
        var keys = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(account => account.Id, account => account.Key, cancellation);
        var heads = await db.Set<LedgerHead>().AsNoTracking().ToDictionaryAsync(head => head.AccountId, head => new LedgerMark(head.Sequence, head.Hash), cancellation);
        var rows = await db.Set<LedgerEntry>().Select(entry => entry.AccountId).Distinct().ToListAsync(cancellation);
        var owed = await db.Set<Ticket>().Where(ticket => ticket.Obligations.Count > 0).Select(ticket => ticket.AccountId).Distinct().ToListAsync(cancellation);
        keys[LedgerBook.Vendor] = LedgerBook.VendorKey;
        return [.. rows.Concat(heads.Keys).Concat(owed).Append(LedgerBook.Vendor).Distinct().Select(id => new ChainName(id, keys.GetValueOrDefault(id), heads.GetValueOrDefault(id)))
            .OrderByDescending(chain => chain.AccountId == LedgerBook.Vendor).ThenBy(chain => chain.Name, StringComparer.Ordinal)];
    }

    /// <summary>The rows of a chain in the order of their sequences.</summary>
    public IAsyncEnumerable<LedgerRow> RowsAsync(Guid accountId) =>
        // Words as they are stored: one that is none is to be found, and not to stop the reading.
        db.Set<LedgerEntry>().AsNoTracking().Where(entry => entry.AccountId == accountId).OrderBy(entry => entry.Sequence).Select(entry => new LedgerRow(
            entry.Sequence, entry.TicketNumber, (string)(object)entry.Kind, entry.At, (string?)(object?)entry.Metric, entry.Cycle, entry.Data, entry.PreviousHash, entry.Hash)).AsAsyncEnumerable();

    /// <summary>The stored promises of an account's tickets.</summary>
    public IAsyncEnumerable<StoredPromise> PromisesAsync(Guid accountId) => Stored(
        from ticket in db.Set<Ticket>().AsNoTracking()
        where ticket.AccountId == accountId
        from obligation in ticket.Obligations
        select obligation);

    /// <summary>Stored promises whose ticket is gone.</summary>
    public IAsyncEnumerable<StoredPromise> OrphansAsync() =>
        Stored(db.Set<Obligation>().AsNoTracking().Where(obligation => !db.Set<Ticket>().Any(ticket => ticket.Number == obligation.TicketNumber)));

    /// <summary>The stored policy versions.</summary>
    public Task<List<PolicyVersion>> PoliciesAsync(CancellationToken cancellation) => db.Set<PolicyVersion>().AsNoTracking().OrderBy(policy => policy.Version).ToListAsync(cancellation);

    /// <summary>The stored exceptions that count.</summary>
    public Task<List<SlaException>> ExceptionsAsync(CancellationToken cancellation) =>
        db.Set<SlaException>().AsNoTracking().Where(exception => exception.State == ExceptionState.Approved).ToListAsync(cancellation);

    /// <summary>The hash that a chain has at a sequence; null when it has no such row.</summary>
    public Task<string?> HashAsync(Guid accountId, long sequence, CancellationToken cancellation) =>
        db.Set<LedgerEntry>().Where(entry => entry.AccountId == accountId && entry.Sequence == sequence).Select(entry => entry.Hash).FirstOrDefaultAsync(cancellation);

    private static IAsyncEnumerable<StoredPromise> Stored(IQueryable<Obligation> obligations) => obligations.Select(obligation => new StoredPromise(
        obligation.TicketNumber, obligation.Metric, obligation.Cycle, obligation.Commitment, obligation.TargetDuration, obligation.TargetBusinessDays, obligation.Calendar, obligation.PolicyVersion, obligation.Severity,
        obligation.StartedAt, obligation.AnchorAt, obligation.BaseDueAt, obligation.GrossDueAt, obligation.DueAt, obligation.AtRiskAt,
        obligation.AnsweredAt, obligation.BreachedAt, obligation.DetectedAt, obligation.PausedAt, obligation.MergedAt, obligation.IsWithdrawn)).AsAsyncEnumerable();
}

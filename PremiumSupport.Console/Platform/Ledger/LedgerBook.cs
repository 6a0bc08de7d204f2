using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Platform.Ledger;

/// <summary>Appends to the ledger, inside the write queue's transaction: being the one writer, the head that it reads is the head.</summary>
public static class LedgerBook
{
    /// <summary>The vendor's own chain, on which policy versions and approved exceptions stand.</summary>
    public static readonly Guid Vendor = Guid.Empty;

    /// <summary>The account key of the vendor's own chain; no account can be called so.</summary>
    public const string VendorKey = "*";

    private static readonly PreparedStatement<LedgerEntry> NewEntry = new();

    private static readonly PreparedStatement<LedgerHead> Head = new("SELECT \"Sequence\", \"Hash\" FROM \"LedgerHeads\" WHERE \"AccountId\" = @AccountId");

    private static readonly PreparedStatement<LedgerHead> Advance = new(
        "INSERT INTO \"LedgerHeads\" (\"AccountId\", \"Sequence\", \"Hash\") VALUES (@AccountId, @Sequence, @Hash) "
        + "ON CONFLICT (\"AccountId\") DO UPDATE SET \"Sequence\" = excluded.\"Sequence\", \"Hash\" = excluded.\"Hash\"");

    /// <summary>Appends facts to the vendor's own chain; see <see cref="AppendAsync(SupportDb, Guid, string, long, IReadOnlyList{LedgerFact})"/>.</summary>
    public static Task AppendAsync(SupportDb db, IReadOnlyList<LedgerFact> facts) => AppendAsync(db, Vendor, VendorKey, 0, facts);

    /// <summary>Appends facts about a ticket to an account's chain, in their order, as changes that the context saves or that go with it when the work is refused.</summary>
    public static async Task AppendAsync(SupportDb db, Guid accountId, string accountKey, long ticket, IReadOnlyList<LedgerFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        if (await db.Set<LedgerHead>().FindAsync(accountId) is not { } head)
        {
            head = new() { AccountId = accountId };
            db.Add(head);
        }

        db.AddRange(Chain(accountId, accountKey, ticket, facts, head));
    }

    /// <summary>The same by prepared statements, at once: for the hot lane, which refuses nothing once it has begun to write.</summary>
    public static async Task WriteAsync(SupportDb db, Guid accountId, string accountKey, long ticket, IReadOnlyList<LedgerFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        var stored = await Head.FirstAsync(db, accountId);
        var head = new LedgerHead { AccountId = accountId };
        if (stored is not null)
        {
            (head.Sequence, head.Hash) = ((long)stored[0]!, (string)stored[1]!);
        }

        foreach (var entry in Chain(accountId, accountKey, ticket, facts, head))
        {
            await NewEntry.FirstAsync(db, entry);
        }

        await Advance.FirstAsync(db, head);
    }

    /// <summary>Facts as entries behind a head, which moves along.</summary>
    private static IEnumerable<LedgerEntry> Chain(Guid accountId, string accountKey, long ticket, IReadOnlyList<LedgerFact> facts, LedgerHead head)
    {
        foreach (var fact in facts)
        {
            var (data, previous) = (LedgerChain.Canonical(fact.Data), head.Hash);
            head.Sequence++;
            head.Hash = LedgerChain.Hash(previous, accountKey, head.Sequence, ticket, fact.Kind, fact.At, fact.Metric, fact.Cycle, data);
            yield return new()
            {
                AccountId = accountId,
                Sequence = head.Sequence,
                TicketNumber = ticket,
                Kind = fact.Kind,
                At = fact.At,
                Metric = fact.Metric,
                Cycle = fact.Cycle,
                Data = data,
                PreviousHash = previous,
                Hash = head.Hash,
            };
        }
    }
}

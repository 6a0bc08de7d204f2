using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Tests.Sla.Proof;

/// <summary>A ledger in memory: what the store would hold, and what somebody with a pen might do to it.</summary>
internal sealed class Books
{
    private readonly Dictionary<string, List<LedgerRow>> _chains = new() { [LedgerVerifier.VendorKey] = [] };

    /// <summary>Heads as stored; those not named are right.</summary>
    public Dictionary<string, LedgerMark?> Heads { get; } = [];

    public IEnumerable<string> Accounts => _chains.Keys;

    public List<LedgerRow> this[string account] => _chains.TryGetValue(account, out var chain) ? chain : _chains[account] = [];

    /// <summary>Appends facts as the desk does.</summary>
    public void Append(string account, long ticket, IEnumerable<LedgerFact> facts)
    {
        foreach (var fact in facts)
        {
            var (chain, data) = (this[account], LedgerChain.Canonical(fact.Data));
            var (sequence, previous) = (chain.Count + 1, chain.LastOrDefault()?.Hash ?? LedgerChain.Genesis);
            chain.Add(new(
                sequence, ticket, fact.Kind.ToString(), fact.At, fact.Metric?.ToString(), fact.Cycle, data, previous,
                LedgerChain.Hash(previous, account, sequence, ticket, fact.Kind, fact.At, fact.Metric, fact.Cycle, data)));
        }
    }

    /// <summary>A policy version on the vendor's chain.</summary>
    public void Publish(SlaPolicy policy, DateTimeOffset at, bool appliesToOpen = false) => Append(LedgerVerifier.VendorKey, 0,
    [
        new(LedgerKind.Published, at, null, null, new Dictionary<string, string>
        {
            ["version"] = $"{policy.Version}", ["policy"] = PolicyJson.Write(policy), ["note"] = policy.Note, ["author"] = "Ada", ["appliesTo"] = appliesToOpen ? "newAndOpen" : "new", ["tzdb"] = BusinessCalendar.TzdbVersion,
        }),
    ]);

    /// <summary>An approved exception on the vendor's chain.</summary>
    public void Declare(ExceptionWindow window, DateTimeOffset declaredFrom, DateTimeOffset approvedAt) => Append(LedgerVerifier.VendorKey, 0,
    [
        new(LedgerKind.Declared, approvedAt, null, null, new Dictionary<string, string>
        {
            ["id"] = window.Id.ToString("D"), ["from"] = ObligationClock.Text(declaredFrom), ["to"] = ObligationClock.Text(window.To), ["scopeKind"] = LedgerFacts.Word(window.Scope),
            ["scopeValue"] = window.ScopeValue ?? "", ["reason"] = LedgerFacts.Word(window.Reason), ["note"] = window.Note, ["author"] = "Ada", ["approver"] = "Bob",
        }),
    ]);

    /// <summary>Writes a chain anew from a row on, as somebody would who knows how it is hashed.</summary>
    public void Rehash(string account, int from = 0)
    {
        var chain = this[account];
        for (var i = from; i < chain.Count; i++)
        {
            var row = chain[i] with { Sequence = i + 1, PreviousHash = i == 0 ? LedgerChain.Genesis : chain[i - 1].Hash };
            chain[i] = row with
            {
                Hash = LedgerChain.Hash(row.PreviousHash, account, row.Sequence, row.Ticket, Enum.Parse<LedgerKind>(row.Kind), row.At, row.Metric is null ? null : Enum.Parse<Metric>(row.Metric), row.Cycle, row.Data),
            };
        }
    }

    /// <summary>Changes one field of one row's data.</summary>
    public void Write(string account, int index, string field, string? value)
    {
        var data = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(this[account][index].Data)!;
        if (value is null)
        {
            data.Remove(field);
        }
        else
        {
            data[field] = value;
        }

        this[account][index] = this[account][index] with { Data = LedgerChain.Canonical(data) };
    }

    /// <summary>Everything that the verifier finds.</summary>
    public List<LedgerMismatch> Verify(DateTimeOffset? asOf = null) => Verify(asOf, out _);

    /// <summary>Everything that the verifier finds, and what became of every promise.</summary>
    public List<LedgerMismatch> Verify(DateTimeOffset? asOf, out List<LedgerOutcome> outcomes)
    {
        var mismatches = new List<LedgerMismatch>();
        var verifier = new LedgerVerifier(PolicyJson.Read, mismatches.Add, asOf);
        outcomes = [];
        foreach (var (account, rows) in _chains)
        {
            var walk = verifier.Walk(account, Heads.TryGetValue(account, out var head) ? head : rows.Count == 0 ? null : new(rows[^1].Sequence, rows[^1].Hash));
            rows.ForEach(walk.Add);
            walk.End();
            outcomes.AddRange(walk.Outcomes());
        }

        verifier.Close();
        return mismatches;
    }
}

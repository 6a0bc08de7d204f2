using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>What became of exported heads.</summary>
/// <param name="At">When they were exported.</param>
/// <param name="Heads">How many chains they speak of.</param>
/// <param name="KeyId">The key that signed them.</param>
/// <param name="IsOurKey">Whether that is the key of this workspace.</param>
/// <param name="Mismatches">Chains that no longer contain their head.</param>
public sealed record HeadsChecked(string At, int Heads, string KeyId, bool IsOurKey, IReadOnlyList<LedgerMismatch> Mismatches);

/// <summary>Exports the ends of the chains, signed, and shows later that the chains still contain them.</summary>
public sealed class LedgerHeads(LedgerQueries queries, HeadKeyCommands keys, TimeProvider clock)
{
    /// <summary>The ends of all chains as of now.</summary>
    public async Task<Outcome<HeadSheet>> ExportAsync(CancellationToken cancellation = default)
    {
        if (await keys.SigningKeyAsync(cancellation) is not { } key)
        {
            return Refusal.Conflict("signing-key", "This node cannot open the signing key: its key ring is not that of the node that made it. Let the nodes share their key ring.");
        }

        using var signing = key.ECDsa;
        var heads = await queries.HeadsAsync(cancellation);
        return HeadSheet.Sign(ObligationClock.Whole(clock.GetUtcNow()), heads, key);
    }

    /// <summary>Whether each chain still contains its exported head. What rows say is the audit's matter.</summary>
    public Task<Outcome<HeadsChecked>> CheckAsync(string text, CancellationToken cancellation = default) => HeadCheck.RunAsync(queries, text, cancellation);
}

/// <summary>The check alone, which needs no key of ours: exported heads bring the public one along.</summary>
internal static class HeadCheck
{
    public static async Task<Outcome<HeadsChecked>> RunAsync(LedgerQueries queries, string text, CancellationToken cancellation)
    {
        var read = await HeadSheet.ReadAsync(text);
        if (read.Value is not { } sheet)
        {
            return read.Refusal!;
        }

        await using var snapshot = await queries.OpenAsync(cancellation);
        var chains = (await snapshot.ChainsAsync(cancellation)).ToDictionary(chain => chain.Name);
        var mismatches = new List<LedgerMismatch>();
        foreach (var head in sheet.Heads)
        {
            var hash = chains.TryGetValue(head.Account, out var chain) ? await snapshot.HashAsync(chain.AccountId, head.Sequence, cancellation) : null;
            if (hash is null)
            {
                mismatches.Add(new(head.Sequence, head.Account, 0, $"The head exported at {sheet.At} is row {head.Sequence}, and the chain has no such row any more: rows were removed."));
            }
            else if (hash != head.Hash)
            {
                mismatches.Add(new(head.Sequence, head.Account, 0, $"The head exported at {sheet.At} had hash {head.Hash} at row {head.Sequence}, and that row has {hash} now: the chain was written anew."));
            }
        }

        return new HeadsChecked(sheet.At, sheet.Heads.Count, sheet.PublicKey.Kid, sheet.PublicKey.Kid == await queries.KeyIdAsync(cancellation), mismatches);
    }
}

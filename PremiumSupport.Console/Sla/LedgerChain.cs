using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PremiumSupport.Sla;

/// <summary>
/// The arithmetic of the ledger's chain (rule 16): each row's hash covers its content and the hash before it, so a row changed, removed or slipped in shows.
/// </summary>
public static class LedgerChain
{
    /// <summary>The hash before the first row of a chain.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The text of a fact's data: JSON with its keys in ordinal order.</summary>
    public static string Canonical(IReadOnlyDictionary<string, string> data) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(data.ToDictionary(), StringComparer.Ordinal));

    /// <summary>SHA-256 in lower-case hex over the fields of a row, one per line, and the hash before it.</summary>
    public static string Hash(string previousHash, string account, long sequence, long ticket, LedgerKind kind, DateTimeOffset at, Metric? metric, int? cycle, string canonicalData)
    {
        var text = string.Join('\n', previousHash, account, sequence.ToString(CultureInfo.InvariantCulture), ticket.ToString(CultureInfo.InvariantCulture), kind, ObligationClock.Text(at), metric?.ToString() ?? "", cycle?.ToString(CultureInfo.InvariantCulture) ?? "", canonicalData);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

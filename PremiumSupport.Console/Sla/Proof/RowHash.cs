using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PremiumSupport.Sla.Proof;

/// <summary>
/// The hash of a row, computed by the rule that <see cref="LedgerChain.Hash"/> states and not by its code. One instance serves row after row, on one thread.
/// </summary>
internal sealed class RowHash(string account)
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Whether the row has the hash that its content has under a sequence.</summary>
    public bool Fits(LedgerRow row, long sequence)
    {
        Span<char> hex = stackalloc char[SHA256.HashSizeInBytes * 2];
        Compute(row, sequence);
        Convert.TryToHexStringLower(_hash, hex, out _);
        return hex.SequenceEqual(row.Hash);
    }

    /// <summary>The hash that its content has.</summary>
    public string Of(LedgerRow row)
    {
        Compute(row, row.Sequence);
        return Convert.ToHexStringLower(_hash);
    }

    private void Compute(LedgerRow row, long sequence)
    {
        _text.ResetWrittenCount();
        Line(row.PreviousHash);
        Line(account);
        Line(sequence.ToString(CultureInfo.InvariantCulture));
        Line(row.Ticket.ToString(CultureInfo.InvariantCulture));
        Line(row.Kind);
        Line(ObligationClock.Text(row.At));
        Line(row.Metric ?? "");
        Line(row.Cycle?.ToString(CultureInfo.InvariantCulture) ?? "");
        Encoding.UTF8.GetBytes(row.Data, _text);
        SHA256.HashData(_text.WrittenSpan, _hash);
    }

    private void Line(string text)
    {
        Encoding.UTF8.GetBytes(text, _text);
        _text.GetSpan(1)[0] = (byte)'\n';
        _text.Advance(1);
    }
}

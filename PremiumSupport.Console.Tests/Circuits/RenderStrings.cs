using System.Buffers.Binary;

namespace PremiumSupport.Tests.Circuits;

/// <summary>Reads the texts of a render batch: the last of its tables, to which the last four bytes lead.</summary>
internal static class RenderStrings
{
    // Offsets of the five tables.
    private const int Footer = 20;

    public delegate void Take(ReadOnlySpan<byte> utf8);

    /// <summary>Gives each text of the batch, as UTF-8; each is in the table once, however often it is rendered.</summary>
    public static void Each(ReadOnlySpan<byte> batch, Take take)
    {
        if (batch.Length < Footer)
        {
            return;
        }

        var table = BinaryPrimitives.ReadInt32LittleEndian(batch[^4..]);
        for (var at = table; at + 4 <= batch.Length - Footer; at += 4)
        {
            var place = BinaryPrimitives.ReadInt32LittleEndian(batch[at..]);
            var (length, shift) = (0, 0);
            byte part;
            do
            {
                part = batch[place++];
                length |= (part & 0x7F) << shift;
                shift += 7;
            }
            while ((part & 0x80) != 0);
            take(batch.Slice(place, length));
        }
    }
}

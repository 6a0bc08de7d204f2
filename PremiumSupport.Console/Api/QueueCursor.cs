using System.Buffers.Text;
using System.Globalization;
using System.Text;
using PremiumSupport.Desk.Tickets;

namespace PremiumSupport.Api;

/// <summary>A place in the queue as an opaque word.</summary>
internal static class QueueCursor
{
    public static string Write(QueuePosition position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{position.DueAt?.UtcTicks ?? 0}.{position.Number}")));

    public static bool TryRead(string? cursor, out QueuePosition? position)
    {
        position = null;
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        if (cursor.Length > 100 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        position = new(ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero), number);
        return true;
    }
}

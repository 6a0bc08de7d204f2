using System.Globalization;

namespace PremiumSupport.Api;

/// <summary>A place in a conversation of messages and notes.</summary>
/// <param name="Sequence">The public message, or the one that the note stands behind.</param>
/// <param name="Note">The note's id; 0 for the message itself.</param>
internal readonly record struct ConversationPosition(long Sequence, long Note);

/// <summary>A place in a conversation as an opaque word, to read on from.</summary>
internal static class ConversationCursor
{
    public static string Write(ConversationPosition position) => string.Create(CultureInfo.InvariantCulture, $"{position.Sequence}.{position.Note}");

    /// <summary>Without a cursor, reading starts behind the message <paramref name="afterSequence"/>, with the notes that stand there.</summary>
    public static bool TryRead(string? cursor, long afterSequence, out ConversationPosition position)
    {
        position = new(afterSequence, 0);
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        var parts = cursor.Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var note))
        {
            return false;
        }

        position = new(sequence, note);
        return true;
    }
}

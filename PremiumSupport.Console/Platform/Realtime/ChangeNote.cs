using System.Globalization;
using System.Text;

namespace PremiumSupport.Platform.Realtime;

/// <summary>Changes as they travel between nodes: <c>node|topic:id,id|topic:id</c>, in notes of a size that PostgreSQL carries.</summary>
internal static class ChangeNote
{
    /// <summary>PostgreSQL takes fewer than 8000 bytes. Topics are words of ours, in ASCII.</summary>
    public const int LargestNote = 7_900;

    /// <summary>The changes, each once, in as few notes as hold them.</summary>
    public static IReadOnlyList<string> Write(string node, IEnumerable<Change> changes)
    {
        var notes = new List<string>();
        var note = new StringBuilder(node);
        foreach (var topic in changes.Distinct().GroupBy(change => change.Topic))
        {
            var isOpen = false;
            foreach (var change in topic)
            {
                var id = change.Id.ToString(CultureInfo.InvariantCulture);
                if (note.Length + topic.Key.Length + id.Length + 2 > LargestNote)
                {
                    notes.Add(note.ToString());
                    note.Clear().Append(node);
                    isOpen = false;
                }

                note.Append(isOpen ? "," : $"|{topic.Key}:").Append(id);
                isOpen = true;
            }
        }

        if (note.Length > node.Length)
        {
            notes.Add(note.ToString());
        }

        return notes;
    }

    /// <summary>The node that wrote a note, and its changes. What cannot be read, such as the note of another version, is taken as "everything".</summary>
    public static (string Node, IReadOnlyList<Change> Changes) Read(string note)
    {
        var parts = note.Split('|');
        var changes = new List<Change>();
        foreach (var part in parts.Skip(1))
        {
            if (part.Split(':') is not [var topic, var ids])
            {
                return (parts[0], [Change.Everything]);
            }

            foreach (var id in ids.Split(','))
            {
                if (!long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    return (parts[0], [Change.Everything]);
                }

                changes.Add(new(topic, number));
            }
        }

        return (parts[0], changes);
    }
}

using System.Text;
using System.Text.Json;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>The server said, or its page showed, that a message is on disk.</summary>
/// <param name="Ordinal">Counts the messages of that writer from 0.</param>
/// <param name="Sequence">Where it stands in the conversation; null where the writer is not told.</param>
internal sealed record Ack(long Conversation, string Writer, int Ordinal, long? Sequence)
{
    /// <summary>What was written, different for every message of a run.</summary>
    public string Text => TextOf(Writer, Ordinal);

    public static string TextOf(string writer, int ordinal) => $"{writer} writes {ordinal}";
}

/// <summary>What all writers were told, outside the server and written to a file before the writer acts on it.</summary>
internal sealed class AckLog(string file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Returns when the file has it.</summary>
    public void Write(Ack ack)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(ack) + "\n");
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush();
            _count++;
        }
    }

    /// <summary>Everything in the file of a run.</summary>
    public static IReadOnlyList<Ack> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var acks = new List<Ack>();
        while (reader.ReadLine() is { } line)
        {
            acks.Add(JsonSerializer.Deserialize<Ack>(line)!);
        }

        return acks;
    }

    public void Dispose() => _file.Dispose();
}

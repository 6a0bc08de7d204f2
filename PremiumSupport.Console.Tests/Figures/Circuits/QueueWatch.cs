using System.Buffers.Text;
using PremiumSupport.Tests.Circuits;

namespace PremiumSupport.Tests.Figures.Circuits;

/// <summary>What one page saw of <see cref="QueueChanges"/>: how old each subject was when it came, and whether one came that was older than what stood there.</summary>
internal sealed class QueueWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _versions = [];
    private readonly List<double> _ages = [];

    /// <summary>Older subjects that came after newer ones.</summary>
    public int Disorder { get; private set; }

    /// <summary>Takes a batch.</summary>
    public void Take(CircuitPage page, byte[] batch)
    {
        var now = QueueChanges.Now;
        lock (_gate)
        {
            RenderStrings.Each(batch, text => Read(text, now));
        }
    }

    /// <summary>Milliseconds from sending a change to its text's arrival, since they were last taken.</summary>
    public double[] TakeAges()
    {
        lock (_gate)
        {
            double[] ages = [.. _ages];
            _ages.Clear();
            return ages;
        }
    }

    /// <summary>Whether the page shows what was last said of each ticket.</summary>
    public bool Shows(IReadOnlyDictionary<long, int> versions)
    {
        lock (_gate)
        {
            return versions.All(ticket => ticket.Value == 0 || _versions.GetValueOrDefault(ticket.Key) == ticket.Value);
        }
    }

    private void Read(ReadOnlySpan<byte> text, long now)
    {
        var start = text.IndexOf((byte)'~') + 1;
        if (start == 0 || !Utf8Parser.TryParse(text[start..], out long number, out var digits)
            || !Utf8Parser.TryParse(text[(start += digits + 1)..], out int version, out digits) || !Utf8Parser.TryParse(text[(start + digits + 1)..], out long sent, out _))
        {
            return;
        }

        var known = _versions.GetValueOrDefault(number);
        if (version < known)
        {
            Disorder++;
        }
        else if (version > known)
        {
            _versions[number] = version;
            _ages.Add((now - sent) / 1000.0);
        }
    }
}

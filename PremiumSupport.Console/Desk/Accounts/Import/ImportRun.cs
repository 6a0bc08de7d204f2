namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>How far an import is.</summary>
public enum ImportState { Looking, Looked, Running, Done, Failed }

/// <summary>Rows by what became of them.</summary>
public readonly record struct ImportCount(int New, int Changed, int Same, int Refused)
{
    /// <summary>All rows.</summary>
    public int All => New + Changed + Same + Refused;

    /// <summary>With more rows.</summary>
    public ImportCount With(IEnumerable<ImportOutcome> outcomes)
    {
        var count = this;
        foreach (var outcome in outcomes)
        {
            count = outcome.Verdict switch
            {
                ImportVerdict.New => count with { New = count.New + 1 },
                ImportVerdict.Changed => count with { Changed = count.Changed + 1 },
                ImportVerdict.Same => count with { Same = count.Same + 1 },
                _ => count with { Refused = count.Refused + 1 },
            };
        }

        return count;
    }
}

/// <summary>A file on its way in. Lives in this node's memory: after a restart the file is brought again, and what it did already is found done.</summary>
public sealed class ImportRun(Guid id, ImportKind kind, string fileName, long bytes)
{
    /// <summary>Which one.</summary>
    public Guid Id => id;

    /// <summary>What the file holds.</summary>
    public ImportKind Kind => kind;

    /// <summary>What the file is called.</summary>
    public string FileName => fileName;

    /// <summary>Its size.</summary>
    public long Bytes => bytes;

    /// <summary>How far it is.</summary>
    public ImportState State { get; internal set; }

    /// <summary>What would become of its rows; whole once it was looked at.</summary>
    public ImportCount Expected { get; internal set; }

    /// <summary>What has become of them.</summary>
    public ImportCount Count { get; internal set; }

    /// <summary>What would become of the first rows.</summary>
    public IReadOnlyList<ImportOutcome> First { get; internal set; } = [];

    /// <summary>Some of those that would be refused, for whom the first rows show none.</summary>
    public IReadOnlyList<ImportOutcome> FirstRefused { get; internal set; } = [];

    /// <summary>A sentence when it failed.</summary>
    public string? Problem { get; internal set; }

    internal string Path { get; init; } = "";

    internal string RefusedPath => Path + ".refused";

    internal CancellationTokenSource Stopping { get; } = new();
}

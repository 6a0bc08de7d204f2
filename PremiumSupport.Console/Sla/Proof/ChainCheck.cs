namespace PremiumSupport.Sla.Proof;

/// <summary>
/// Walks one chain and finds what was done to it by hand: a row changed, removed, slipped in or moved, and rows cut off at the end. Rows come in the order of
/// their sequences. What a row says is not judged here.
/// </summary>
internal sealed class ChainCheck(string account, LedgerMark? head, Action<long, long, string> report)
{
    // A row that was moved is looked for this far from where it stands; farther ones are reported as changed, which they are too.
    private const int Reach = 1_000;

    // Looking costs hashes, and a chain that was shuffled throughout needs no more examples.
    private int _patience = 100_000;

    private readonly RowHash _hash = new(account);
    private readonly List<Run> _moved = [];
    private long _last;
    private string _lastHash = LedgerChain.Genesis;

    /// <summary>Sequence under which the last row was written.</summary>
    private long _lastWritten;

    /// <summary>Rows that stand together and were written together, elsewhere.</summary>
    private sealed record Run(long First, long Shift, long Ticket, bool IsAfterInsertion)
    {
        public long Last { get; set; } = First;
    }

    public void Add(LedgerRow row)
    {
        var isNext = row.Sequence == _last + 1;
        if (!isNext)
        {
            Jump(row);
        }

        if (row.At.Offset != TimeSpan.Zero || row.At.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            report(row.Sequence, row.Ticket, "This row was changed: its instant is not in whole milliseconds, and the ledger writes no other.");
        }

        if (_hash.Fits(row, row.Sequence))
        {
            if (isNext && row.PreviousHash != _lastHash && _moved.LastOrDefault()?.Last != _last)
            {
                report(_last, 0, _last == 0
                    ? $"The chain does not begin where it should: row {row.Sequence} was chained to a row before it."
                    : $"Row {_last} was changed and its hash with it: row {row.Sequence}, written after it, was chained to a row with hash {Short(row.PreviousHash)}, and row {_last} has {Short(_lastHash)}.");
            }

            _lastWritten = row.Sequence;
        }
        else if (WrittenAs(row) is { } written)
        {
            Moved(row, written);
        }
        else
        {
            report(row.Sequence, row.Ticket, $"This row was changed: its content has hash {Short(_hash.Of(row))}, and it was written with {Short(row.Hash)}.");
            _lastWritten = row.Sequence - (_moved.LastOrDefault()?.Shift ?? 0);
        }

        (_last, _lastHash) = (row.Sequence, row.Hash);
    }

    /// <summary>No more rows.</summary>
    public void End()
    {
        foreach (var run in _moved)
        {
            var (count, first) = (run.Last - run.First + 1, run.First - run.Shift);
            var where = count == 1 ? $"Row {run.First} was written as row {first}" : $"Rows {run.First} to {run.Last} were written as rows {first} to {first + count - 1}";
            report(run.First, run.Ticket, $"{where}: " + (run.IsAfterInsertion ? $"{Rows(run.Shift)} inserted before." : "the order was changed, or rows before were removed and these renumbered."));
        }

        if (head is null)
        {
            if (_last > 0)
            {
                report(_last, 0, "The chain has no head: it was removed.");
            }
        }
        else if (head.Sequence > _last)
        {
            report(_last, 0, $"{Rows(head.Sequence - _last)} removed at the end of the chain: the head is row {head.Sequence}, and the last row is {_last}.");
        }
        else if (head.Sequence < _last)
        {
            report(head.Sequence + 1, 0, $"{Rows(_last - head.Sequence)} inserted behind the head, which is row {head.Sequence}.");
        }
        else if (head.Hash != _lastHash && _last > 0)
        {
            report(_last, 0, $"The head says that the last row has hash {Short(head.Hash)}, and row {_last} has {Short(_lastHash)}: one of them was changed.");
        }
    }

    private void Jump(LedgerRow row)
    {
        if (row.Sequence <= _last)
        {
            report(row.Sequence, row.Ticket, $"Row {row.Sequence} stands twice on the chain: one of them was inserted.");
        }
        else if (head is null || row.Sequence <= head.Sequence)
        {
            var missing = row.Sequence - _last - 1;
            report(_last, 0, missing == 1 ? $"Row {_last + 1} was removed." : $"Rows {_last + 1} to {row.Sequence - 1} were removed ({missing} rows).");
        }
    }

    /// <summary>A true row in a place that is not its own.</summary>
    private void Moved(LedgerRow row, long written)
    {
        var shift = row.Sequence - written;
        if (_moved.LastOrDefault() is { } run && run.Last == row.Sequence - 1 && run.Shift == shift)
        {
            run.Last = row.Sequence;
        }
        else
        {
            // The row before took the number of this one: it is the one that does not belong.
            _moved.Add(new(row.Sequence, shift, row.Ticket, shift > 0 && written == _lastWritten - shift + 1));
        }

        _lastWritten = written;
    }

    private long? WrittenAs(LedgerRow row)
    {
        var shift = _moved.LastOrDefault()?.Shift ?? 0;
        if (shift != 0 && _hash.Fits(row, row.Sequence - shift))
        {
            return row.Sequence - shift;
        }

        for (var distance = 1; distance <= Reach && _patience > 0; distance++, _patience -= 2)
        {
            if (_hash.Fits(row, row.Sequence - distance))
            {
                return row.Sequence - distance;
            }

            if (_hash.Fits(row, row.Sequence + distance))
            {
                return row.Sequence + distance;
            }
        }

        return null;
    }

    private static string Rows(long count) => count == 1 ? "1 row was" : $"{count} rows were";

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : hash;
}

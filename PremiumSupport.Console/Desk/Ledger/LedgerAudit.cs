using System.Diagnostics;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>
/// Checks everything that the ledger can show (rule 16): the chains, every deadline and outcome recomputed from them, and whether the stored columns, policy versions and
/// exceptions say the same. Reads one moment of the database, so it can run beside a desk at work, and memory grows with the promises of the largest account only.
/// </summary>
public sealed class LedgerAudit(LedgerQueries queries, TimeProvider clock)
{
    /// <summary>So many differences are kept for an answer; a ledger that has more needs no longer list.</summary>
    public const int Kept = 1_000;

    /// <summary>Checks the ledger.</summary>
    /// <param name="window">Which rows are reported on.</param>
    /// <param name="each">Takes every difference as it is found, beyond <see cref="Kept"/> too.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<LedgerReport> VerifyAsync(LedgerWindow window = default, Action<LedgerMismatch>? each = null, IProgress<LedgerProgress>? progress = null, CancellationToken cancellation = default) =>
        // Minutes of arithmetic on a large ledger: not on the thread of whoever asks, which may be a circuit's.
        Task.Run(() => new Run(queries, clock, window, each, progress, cancellation).VerifyAsync(), cancellation);

    /// <summary>What became of every promise of one account, from its chain alone, in the order of their rows; with the vendor's facts, what was found wrong on the way, and the chain's end.</summary>
    internal async Task<(IReadOnlyList<LedgerOutcome> Outcomes, VendorFacts Vendor, IReadOnlyList<LedgerMismatch> Faults, ExportedHead? Head)> OutcomesAsync(string account, CancellationToken cancellation)
    {
        var mismatches = new List<LedgerMismatch>();
        var verifier = new LedgerVerifier(PolicyJson.Read, mismatches.Add);
        await using var snapshot = await queries.OpenAsync(cancellation);
        IReadOnlyList<LedgerOutcome> outcomes = [];
        ExportedHead? head = null;
        foreach (var chain in (await snapshot.ChainsAsync(cancellation)).Where(chain => chain.Key == LedgerBook.VendorKey || chain.Key == account))
        {
            var walk = verifier.Walk(chain.Name, chain.Head);
            await foreach (var row in snapshot.RowsAsync(chain.AccountId).WithCancellation(cancellation))
            {
                walk.Add(row);
            }

            walk.End();
            if (chain.Key == account)
            {
                outcomes = [.. walk.Outcomes()];
                head = chain.Head is { } end ? new(account, end.Sequence, end.Hash) : null;
            }
        }

        return (outcomes, verifier.Vendor, mismatches, head);
    }

    /// <summary>One check.</summary>
    private sealed class Run
    {
        private readonly LedgerQueries _queries;
        private readonly TimeProvider _clock;
        private readonly LedgerWindow _window;
        private readonly Action<LedgerMismatch>? _each;
        private readonly IProgress<LedgerProgress>? _progress;
        private readonly CancellationToken _cancellation;
        private readonly LedgerVerifier _verifier;
        private readonly List<LedgerMismatch> _found = [];

        // An account's change parts a stored promise from the chain that began it; both wait here for each other.
        private readonly Dictionary<PromiseKey, (StoredPromise Stored, string Account)> _untold = [];
        private readonly Dictionary<PromiseKey, (LedgerOutcome Told, string Account)> _unstored = [];
        private long _more;
        private long _checked;
        private long _rows;
        private long _promises;

        public Run(LedgerQueries queries, TimeProvider clock, LedgerWindow window, Action<LedgerMismatch>? each, IProgress<LedgerProgress>? progress, CancellationToken cancellation)
        {
            (_queries, _clock, _window, _each, _progress, _cancellation) = (queries, clock, window, each, progress, cancellation);
            _verifier = new(PolicyJson.Read, Report);
        }

        public async Task<LedgerReport> VerifyAsync()
        {
            var (at, watch) = (_clock.GetUtcNow(), Stopwatch.StartNew());
            await using var snapshot = await _queries.OpenAsync(_cancellation);
            var total = _progress is null ? 0 : await snapshot.CountAsync(_cancellation);
            var chains = await snapshot.ChainsAsync(_cancellation);
            foreach (var chain in chains)
            {
                await WalkAsync(snapshot, chain, total);
                if (chain.AccountId == LedgerBook.Vendor)
                {
                    await CompareVendorAsync(snapshot);
                }
            }

            _verifier.Close();
            await foreach (var orphan in snapshot.OrphansAsync().WithCancellation(_cancellation))
            {
                Report(new(0, "", orphan.Ticket, $"The stored {orphan.Name} belongs to ticket {orphan.Ticket}, and there is no such ticket."));
            }

            CompareRest();
            return new(at, _checked, _found, _more, chains.Count, _rows, _promises, watch.Elapsed);
        }

        private async Task WalkAsync(LedgerSnapshotQueries snapshot, ChainName chain, long total)
        {
            var walk = _verifier.Walk(chain.Name, chain.Head);
            if (chain.Key is null)
            {
                Report(new(0, chain.Name, 0, $"The chain belongs to account {chain.AccountId:D}, and there is no such account: its rows cannot be hashed as they were."));
            }

            var last = 0L;
            try
            {
                await foreach (var row in snapshot.RowsAsync(chain.AccountId).WithCancellation(_cancellation))
                {
                    walk.Add(row);
                    last = row.Sequence;
                    _checked += _window.Holds(row.At) ? 1 : 0;
                    if (++_rows % 1_000 == 0)
                    {
                        _progress?.Report(new(_rows, total, chain.Name));
                    }
                }
            }
            catch (Exception fault) when (IsUnreadable(fault))
            {
                Report(new(last, chain.Name, 0, $"The row behind row {last} was changed: it cannot be read ({fault.Message.ReplaceLineEndings(" ")})."));
            }

            walk.End();
            _promises += walk.Promises;
            _progress?.Report(new(_rows, total, chain.Name));
            await CompareAsync(snapshot, chain, walk);
        }

        /// <summary>Holds the stored columns of an account's promises against its chain.</summary>
        private async Task CompareAsync(LedgerSnapshotQueries snapshot, ChainName chain, LedgerWalk walk)
        {
            var matched = new HashSet<PromiseKey>();
            try
            {
                await foreach (var stored in snapshot.PromisesAsync(chain.AccountId).WithCancellation(_cancellation))
                {
                    if (walk.Outcome(stored.Key) is { } told)
                    {
                        matched.Add(stored.Key);
                        Compare(stored, told, chain.Name);
                    }
                    else
                    {
                        _untold[stored.Key] = (stored, chain.Name);
                    }
                }
            }
            catch (Exception fault) when (IsUnreadable(fault))
            {
                Report(new(0, chain.Name, 0, $"A stored promise of this account was changed: it cannot be read ({fault.Message.ReplaceLineEndings(" ")})."));
                return;
            }

            if (matched.Count < walk.Promises)
            {
                foreach (var told in walk.Outcomes().Where(told => !matched.Contains(told.Key)))
                {
                    _unstored[told.Key] = (told, chain.Name);
                }
            }
        }

        private void Compare(StoredPromise stored, LedgerOutcome told, string account)
        {
            foreach (var difference in stored.Differences(told))
            {
                Report(new(told.Sequence, account, stored.Ticket, difference) { At = told.StartedAt });
            }
        }

        private void CompareRest()
        {
            foreach (var (key, (stored, account)) in _untold)
            {
                if (_unstored.Remove(key, out var other))
                {
                    Compare(stored, other.Told, other.Account);
                }
                else
                {
                    Report(new(0, account, key.Ticket, $"The stored {stored.Name} was never promised: no row of the ledger says so.") { At = stored.StartedAt });
                }
            }

            foreach (var (key, (told, account)) in _unstored)
            {
                Report(new(told.Sequence, account, key.Ticket, $"The {StoredPromise.NameOf(key)} was promised, and no such promise is stored.") { At = told.StartedAt });
            }
        }

        private async Task CompareVendorAsync(LedgerSnapshotQueries snapshot)
        {
            try
            {
                foreach (var mismatch in VendorComparison.Of(_verifier.Vendor, await snapshot.PoliciesAsync(_cancellation), await snapshot.ExceptionsAsync(_cancellation)))
                {
                    Report(mismatch);
                }
            }
            catch (Exception fault) when (IsUnreadable(fault))
            {
                Report(new(0, LedgerBook.VendorKey, 0, $"A stored policy version or exception was changed: it cannot be read ({fault.Message.ReplaceLineEndings(" ")})."));
            }
        }

        private void Report(LedgerMismatch mismatch)
        {
            if (!_window.Holds(mismatch.At))
            {
                return;
            }

            _each?.Invoke(mismatch);
            if (_found.Count < Kept)
            {
                _found.Add(mismatch);
            }
            else
            {
                _more++;
            }
        }

        /// <summary>A value that its column cannot hold, put there by hand. A database that does not answer is another matter.</summary>
        private static bool IsUnreadable(Exception fault) => fault is InvalidOperationException or FormatException or InvalidCastException or ArgumentException or OverflowException;
    }
}

namespace PremiumSupport.Sla.Proof;

/// <summary>
/// What reaches across tickets and chains: promises that end on one side and begin on the other (rule 9), and claims with their decisions, which an account's change may
/// separate.
/// </summary>
internal sealed class CarryBook
{
    private readonly Dictionary<(string From, string Into), Side> _ended = [];
    private readonly Dictionary<(string From, string Into), Side> _begun = [];
    private readonly HashSet<long> _claimed = [];
    private readonly List<(string Account, long Sequence, long Ticket, DateTimeOffset At)> _decided = [];
    private readonly HashSet<long> _declined = [];
    private readonly List<(string Account, long Sequence, long Ticket, DateTimeOffset At)> _retargeted = [];

    /// <summary>One side of a carry, as texts so that it is compared and told at once.</summary>
    private sealed record Side(string Account, long Sequence, long Ticket, DateTimeOffset At, string Inputs, (string Field, string Value)[] State);

    /// <summary>Notes where a promise goes on; gives when it ended on the other side, if that is known already.</summary>
    public DateTimeOffset? Begin(string account, PromiseReplay promise, long sequence)
    {
        var name = (promise.CarriedFrom!, promise.Key.ToString());
        _begun[name] = new(account, sequence, promise.Key.Ticket, promise.StartedAt, Inputs(promise), State(promise));
        return _ended.GetValueOrDefault(name)?.At;
    }

    public void End(string account, PromiseReplay promise, long sequence) =>
        _ended[(promise.Key.ToString(), promise.MergedInto!)] = new(account, sequence, promise.Key.Ticket, promise.MergedAt!.Value, Inputs(promise), State(promise));

    public void Claimed(long ticket) => _claimed.Add(ticket);

    public void Decided(long ticket, string account, long sequence, DateTimeOffset at, bool isDeclined)
    {
        _decided.Add((account, sequence, ticket, at));
        if (isDeclined)
        {
            _declined.Add(ticket);
        }
    }

    public void Retargeted(long ticket, string account, long sequence, DateTimeOffset at) => _retargeted.Add((account, sequence, ticket, at));

    /// <summary>Compares both sides of everything.</summary>
    public IEnumerable<LedgerMismatch> Close()
    {
        foreach (var (name, begun) in _begun)
        {
            if (!_ended.TryGetValue(name, out var ended))
            {
                yield return Of(begun, $"carriedFrom says {name.From}, and no row says that {name.From} goes on as {name.Into} (rule 9).");
                continue;
            }

            if (ended.Inputs != begun.Inputs)
            {
                yield return Of(begun, $"It is promised to {begun.Inputs}; {name.From}, which it carries on, was promised to {ended.Inputs} (rule 10).");
            }

            foreach (var (here, there) in begun.State.Zip(ended.State))
            {
                if (here.Value != there.Value)
                {
                    yield return Of(begun, $"{here.Field} says {here.Value}; {name.From}, which it carries on, ended with {there.Value} (rule 9).");
                }
            }
        }

        foreach (var (name, ended) in _ended)
        {
            if (!_begun.ContainsKey(name))
            {
                yield return Of(ended, $"into says {name.Into}, and no promise of that name carries {name.From} on (rule 9).");
            }
        }

        foreach (var decided in _decided.Where(decided => !_claimed.Contains(decided.Ticket)))
        {
            yield return new(decided.Sequence, decided.Account, decided.Ticket, "A claim is decided, and no row says that business critical was claimed.") { At = decided.At };
        }

        foreach (var moved in _retargeted.Where(moved => !_declined.Contains(moved.Ticket)))
        {
            yield return new(moved.Sequence, moved.Account, moved.Ticket, "reason says declined, and no row says that the claim was declined.") { At = moved.At };
        }
    }

    private static LedgerMismatch Of(Side side, string what) => new(side.Sequence, side.Account, side.Ticket, what) { At = side.At };

    private static string Inputs(PromiseReplay promise) => $"{promise.Inputs.With(promise.Terms.Severity)}, {string.Join(' ', promise.Inputs.Hubs)}".TrimEnd(',', ' ');

    private static (string, string)[] State(PromiseReplay promise)
    {
        var terms = promise.Terms;
        return
        [
            ("at", Words.Of(promise.StartedAt)), ("dueAt", Words.Of(terms.BaseDueAt)), ("grossDueAt", Words.Of(terms.GrossDueAt)), ("netDueAt", Words.Of(terms.DueAt)), ("anchorAt", Words.Of(terms.AnchorAt)),
            ("atRiskAt", Words.Of(terms.AtRiskAt)), ("breachedAt", Words.Of(promise.BreachedAt)), ("pausedAt", Words.Of(promise.PausedAt)), ("severity", LedgerFacts.Word(terms.Severity)),
            ("commitment", LedgerFacts.Word(terms.Commitment)), ("target", Words.Of(terms.Target)), ("calendar", terms.Calendar), ("policyVersion", FormattableString.Invariant($"{terms.PolicyVersion}")),
            ("stops", string.Join(' ', terms.Stills.Select(still => $"{still.Exception ?? "waiting"}/{Words.Of(still.From)}/{Words.Of(still.To)}").Order(StringComparer.Ordinal))),
            ("warned", Steps(terms, isFired: true)), ("toWarn", Steps(terms, isFired: false)),
        ];
    }

    private static string Steps(Terms terms, bool isFired) =>
        string.Join(' ', terms.Warnings.Where(warning => warning.IsFired == isFired).Select(warning => warning.Key).Order(StringComparer.Ordinal));
}

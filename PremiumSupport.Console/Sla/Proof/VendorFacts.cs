namespace PremiumSupport.Sla.Proof;

/// <summary>A policy version as the vendor's chain published it.</summary>
public sealed record PublishedPolicy(long Sequence, DateTimeOffset At, SlaPolicy Policy, string Text, bool AppliesToOpen)
{
    /// <summary>The rule that speaks of a request: the first that fits, from the top.</summary>
    internal PolicyRule? RuleFor(Metric metric, Inputs inputs, Severity severity)
    {
        foreach (var rule in Policy.Rules)
        {
            if (rule.Metric == metric && rule.Channel == inputs.Channel && (rule.Role is null || rule.Role == inputs.Role) && (rule.Severity is null || rule.Severity == severity)
                && (rule.Plan is null || string.Equals(rule.Plan, inputs.Plan, StringComparison.OrdinalIgnoreCase)))
            {
                return rule;
            }
        }

        return null;
    }
}

/// <summary>An exception as the vendor's chain declared it, approved.</summary>
/// <param name="Sequence">Its row.</param>
/// <param name="Id">Its id.</param>
/// <param name="ApprovedAt">Since when it exists for the clocks.</param>
/// <param name="DeclaredFrom">The start as declared.</param>
/// <param name="From">Since when it counts: never before its approval (rule 13).</param>
/// <param name="To">The first instant that counts again.</param>
/// <param name="Scope">What it is for.</param>
/// <param name="ScopeValue">Which one; null for everything.</param>
/// <param name="Reason">The API's word.</param>
/// <param name="Note">What customers read.</param>
public sealed record DeclaredException(
    long Sequence, string Id, DateTimeOffset ApprovedAt, DateTimeOffset DeclaredFrom, DateTimeOffset From, DateTimeOffset To, ExceptionScope Scope, string? ScopeValue, string Reason, string Note)
{
    /// <summary>Whether it is about such a request.</summary>
    internal bool Covers(string account, Inputs inputs) => Scope switch
    {
        ExceptionScope.Everything => true,
        ExceptionScope.Account => Is(account),
        ExceptionScope.Channel => Is(LedgerFacts.Word(inputs.Channel)),
        _ => inputs.Hubs.Any(Is),
    };

    private bool Is(string value) => value.Equals(ScopeValue, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the vendor's own chain says: the policy versions and the approved exceptions, by which all other chains are judged.</summary>
public sealed class VendorFacts
{
    private readonly Dictionary<int, PublishedPolicy> _policies = [];
    private readonly Dictionary<string, DeclaredException> _exceptions = new(StringComparer.Ordinal);
    private List<DeclaredException>? _byStart;

    /// <summary>Every version, in the order of its publishing.</summary>
    public IReadOnlyCollection<PublishedPolicy> Policies => _policies.Values;

    /// <summary>Every exception, in the order of beginnings.</summary>
    public IReadOnlyList<DeclaredException> Exceptions =>
        _byStart ??= [.. _exceptions.Values.OrderBy(exception => exception.From).ThenBy(exception => exception.Id, StringComparer.Ordinal)];

    /// <summary>The policy of a version; null when none was published.</summary>
    public PublishedPolicy? Policy(int version) => _policies.GetValueOrDefault(version);

    /// <summary>The exception of that id; null when none was approved.</summary>
    public DeclaredException? Exception(string id) => _exceptions.GetValueOrDefault(id);

    /// <summary>Highest version so far; 0 when there is none.</summary>
    internal int LastVersion { get; private set; }

    internal void Add(PublishedPolicy policy)
    {
        _policies[policy.Policy.Version] = policy;
        LastVersion = Math.Max(LastVersion, policy.Policy.Version);
    }

    internal bool Add(DeclaredException exception)
    {
        _byStart = null;
        return _exceptions.TryAdd(exception.Id, exception);
    }
}

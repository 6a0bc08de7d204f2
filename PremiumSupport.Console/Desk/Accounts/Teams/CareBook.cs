namespace PremiumSupport.Desk.Accounts.Teams;

/// <summary>
/// Who of the staff is dedicated to which account, by its team or as the one whom it knows, as of one reading. Accounts of the same team and contact share one set, so that what is sorted
/// by it costs what there are teams, not what there are accounts.
/// </summary>
public sealed class CareBook
{
    private readonly Dictionary<Guid, IReadOnlySet<Guid>> _byAccount;

    private CareBook(Dictionary<Guid, IReadOnlySet<Guid>> byAccount) => _byAccount = byAccount;

    /// <summary>Nobody.</summary>
    public static IReadOnlySet<Guid> Nobody { get; } = new HashSet<Guid>();

    /// <summary>Nobody is dedicated to anything.</summary>
    public static CareBook Empty { get; } = new([]);

    /// <summary>The people dedicated to an account; the same set for the same team and contact.</summary>
    public IReadOnlySet<Guid> Of(Guid accountId) => _byAccount.GetValueOrDefault(accountId, Nobody);

    /// <summary>The book of what was read.</summary>
    internal static CareBook Of(IReadOnlyList<AccountCare> cares, IEnumerable<TeamMember> people)
    {
        var members = people.ToLookup(member => member.TeamId, member => member.StaffId);
        var sets = new Dictionary<(Guid?, Guid?), IReadOnlySet<Guid>>();
        var byAccount = new Dictionary<Guid, IReadOnlySet<Guid>>(cares.Count);
        foreach (var care in cares)
        {
            var key = (care.TeamId, care.TechnicalContactId);
            if (!sets.TryGetValue(key, out var carers))
            {
                IEnumerable<Guid> team = care.TeamId is { } id ? members[id] : [];
                sets[key] = carers = team.Concat(care.TechnicalContactId is { } contact ? [contact] : []).ToHashSet();
            }

            byAccount[care.AccountId] = carers;
        }

        return new(byAccount);
    }
}

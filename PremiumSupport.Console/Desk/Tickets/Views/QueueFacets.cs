namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>What rows can be narrowed by that is not known beforehand: the accounts and the tags that occur in them.</summary>
/// <param name="Accounts">Key and name, by name.</param>
/// <param name="Tags">In ordinal order.</param>
public sealed record QueueFacets(IReadOnlyList<(string Key, string Name)> Accounts, IReadOnlyList<string> Tags)
{
    /// <summary>Those of no row.</summary>
    public static QueueFacets None { get; } = new([], []);

    /// <summary>Those of rows.</summary>
    public static QueueFacets Of(IEnumerable<QueueRow> rows)
    {
        var accounts = new Dictionary<string, string>();
        var tags = new HashSet<string>();
        foreach (var row in rows)
        {
            accounts.TryAdd(row.AccountKey, row.AccountName);
            if (row.Tags.Count > 0)
            {
                tags.UnionWith(row.Tags);
            }
        }

        return new([.. accounts.Select(account => (account.Key, account.Value)).OrderBy(account => account.Value, StringComparer.OrdinalIgnoreCase)], [.. tags.Order(StringComparer.Ordinal)]);
    }
}

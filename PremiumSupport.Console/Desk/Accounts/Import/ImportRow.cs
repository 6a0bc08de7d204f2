namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>What a file holds.</summary>
public enum ImportKind { Accounts, Contacts, Tickets }

/// <summary>What became, or would become, of a row.</summary>
public enum ImportVerdict { New, Changed, Same, Refused }

/// <summary>A row of a file as it stands there.</summary>
/// <param name="Line">Where it begins, counted from 1 with the heading.</param>
/// <param name="Cells">By column; missing ones are empty.</param>
public sealed record ImportRow(int Line, IReadOnlyList<string> Cells);

/// <summary>What became of a row.</summary>
/// <param name="Subject">The key, the address or the reference.</param>
/// <param name="What">Why it was refused, or what is different.</param>
public sealed record ImportOutcome(ImportRow Row, ImportVerdict Verdict, string Subject, string What);

/// <summary>The columns of each kind of file, and those that a file must have. Order and letter case do not matter; other columns are left alone.</summary>
public static class ImportColumns
{
    /// <summary>The known columns.</summary>
    public static IReadOnlyList<string> Of(ImportKind kind) => kind switch
    {
        ImportKind.Accounts => ["key", "name", "zone", "plan", "premium_from", "premium_until", "hub", "edition", "qualifies", "hub_from", "hub_until"],
        ImportKind.Contacts => ["account", "email", "name", "role", "zone", "locale"],
        _ => ["reference", "account", "email", "name", "subject", "message", "created", "solved"],
    };

    /// <summary>Those without which no row can be understood.</summary>
    public static IReadOnlyList<string> Needed(ImportKind kind) => kind switch
    {
        ImportKind.Accounts => ["key"],
        ImportKind.Contacts => ["account", "email"],
        _ => ["reference", "account", "email", "subject", "message", "created", "solved"],
    };

    /// <summary>A heading as columns are called here: "Premium from" is premium_from.</summary>
    public static string Tidy(string heading) => heading.Trim().Trim('\ufeff').ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}

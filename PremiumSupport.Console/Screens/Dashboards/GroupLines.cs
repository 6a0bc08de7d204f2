using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>Accounts and specialists of a report as lines.</summary>
internal static class GroupLines
{
    /// <summary>Accounts.</summary>
    public static IReadOnlyList<GroupLine> OfAccounts(IEnumerable<KeptGroup> groups) =>
        [.. groups.Select(group => new GroupLine(group.Name, group.Kept, group.Word.Length == 0 ? null : filter => filter with { Account = group.Word }))];

    /// <summary>Specialists, and the tickets of nobody among them.</summary>
    public static IReadOnlyList<GroupLine> OfSpecialists(IEnumerable<KeptGroup> groups) =>
        [.. groups.Select(group => new GroupLine(group.Name.Length == 0 ? "Nobody" : group.Name, group.Kept, filter => filter with { Specialist = group.Word }))];
}

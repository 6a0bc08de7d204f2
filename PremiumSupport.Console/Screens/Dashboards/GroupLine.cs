using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>A line of a breakdown.</summary>
/// <param name="Name">What people call the group.</param>
/// <param name="Kept">Its figures in both periods.</param>
/// <param name="Narrow">What leads to the promises that it counted; null where no list can name it.</param>
public sealed record GroupLine(string Name, KeptPair Kept, Func<PromiseFilter, PromiseFilter>? Narrow);

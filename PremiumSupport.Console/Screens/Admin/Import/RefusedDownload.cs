using PremiumSupport.Desk.Accounts.Import;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Admin.Import;

/// <summary>The rows that an import refused, as a file.</summary>
internal static class RefusedDownload
{
    /// <summary>Maps it beside its page.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/admin/import/{id:guid}/refused.csv", (Guid id, ImportDesk desk) =>
        desk.Refused(id) is { } path ? Results.File(path, "text/csv; charset=utf-8", "refused-rows.csv") : Results.NotFound()).RequireAuthorization(Access.Admin).ExcludeFromDescription();
}

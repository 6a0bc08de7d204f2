using System.Net.Mime;
using System.Text.Json;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Screens.Admin.Ledger;

/// <summary>The heads of the chains as a file for an admin to keep: what the API answers, by cookie.</summary>
internal static class HeadsDownload
{
    /// <summary>Maps it beside its page.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/admin/ledger/heads", async (LedgerHeads heads, CancellationToken cancellation) =>
    {
        var exported = await heads.ExportAsync(cancellation);
        return exported.Value is { } sheet
            ? Results.File(JsonSerializer.SerializeToUtf8Bytes(sheet, WireJson.Options), MediaTypeNames.Application.Json, $"ledger-heads-{sheet.At[..10]}.json")
            : exported.Refusal!.ToResult();
    }).RequireAuthorization(Access.Admin).ExcludeFromDescription();
}

using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Files;

/// <summary>
/// Takes files in: the bytes as they are, under an id that the sender minted, so that a PUT that is repeated after a lost answer is the same file. A PUT also means that no page of
/// another origin can send one with somebody's cookie. The name travels in Content-Disposition, never in an address that a log might keep.
/// </summary>
internal sealed class UploadEndpoints(UploadCommands uploads, FileLimitCommands limits, FileStore store, TicketQueries tickets)
{
    public async Task<IResult> PutAsync(Guid id, HttpContext http)
    {
        if (await OwnerAsync(http) is not { } owner)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        // The account's own limit holds instead, counted while the file is read.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var (file, problem) = await uploads.ReceiveAsync(new(id, owner.Id, owner.AccountId, NameOf(http.Request), http.Request.ContentLength, http.Request.Body), http.RequestAborted);
        return problem is not null ? problem.ToResult() : Results.Json(UploadOut.Of(file!, http.Request.Path), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Puts a pending upload away. One that is not there is as good as put away, so a repeated DELETE is answered alike.</summary>
    public async Task<IResult> DeleteAsync(Guid id, HttpContext http)
    {
        if (await OwnerAsync(http) is not { } owner)
        {
            return Refusal.TicketNotFound.ToResult();
        }

        await uploads.DiscardAsync(id, owner.Id, http.RequestAborted);
        return Results.NoContent();
    }

    public async Task<IResult> ThumbnailAsync(Guid id, HttpContext http) =>
        await OwnerAsync(http) is { } owner ? StoredFileResult.Thumbnail(store, await uploads.PendingAsync(id, owner.Id, http.RequestAborted)) : Refusal.TicketNotFound.ToResult();

    public async Task<IResult> LimitsAsync(HttpContext http) =>
        await OwnerAsync(http) is { } owner ? Results.Json(LimitsOut.Of(await limits.OfAsync(owner.AccountId, http.RequestAborted))) : Refusal.TicketNotFound.ToResult();

    /// <summary>Who uploads, and under whose limits: a customer under their account's, staff under those of the account whose ticket it is for. Null when there is no such ticket.</summary>
    private async Task<(Guid Id, Guid AccountId)?> OwnerAsync(HttpContext http) => CallerReader.From(http.User) switch
    {
        CustomerCaller customer => (customer.ContactId, customer.AccountId),
        StaffCaller staff when long.TryParse(http.GetRouteValue("number") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await tickets.GetAsync(number, staff, http.RequestAborted) is { } ticket => (staff.StaffId, ticket.Account.Id),
        _ => null,
    };

    private static string? NameOf(HttpRequest request) =>
        ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition)
            ? (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString()
            : null;
}

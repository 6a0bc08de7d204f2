using PhoneNumbers;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>Turns the vendor's word about a person into a session, and ends it.</summary>
internal sealed class SessionEndpoints(Workspace workspace, ContactCommands commands, ContactQueries contacts, CustomerSessions sessions, Policies policies, TimeProvider clock)
{
    public async Task<IResult> BeginAsync(HttpContext http)
    {
        var (input, problem) = await ApiBody.ReadAsync<SessionInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var check = await IdentityToken.CheckAsync(input!.IdentityToken, [workspace.WidgetSecret], now);
        if (check.Identity is not { } identity)
        {
            return Problem.Result(StatusCodes.Status401Unauthorized, check.Code, check.Sentence);
        }

        var kept = await commands.VouchAsync(new(identity.Account, identity.Email, identity.Name, identity.Role, identity.Locale), http.RequestAborted);
        if (kept is null)
        {
            return Results.Json(new SessionOut(
                null, null, new(identity.Email, identity.Name, identity.Role ?? RequesterRole.User, identity.Account, null),
                Offer.To(null, identity.Platform, policies.Current, now), null, null, now));
        }

        var (token, end) = await sessions.CreateAsync(kept.Id, identity.Platform, identity.ExpiresAt, http.RequestAborted);
        return await AnswerAsync(kept.Id, identity.Platform, token, end, now, http);
    }

    public Task<IResult> ShowAsync(HttpContext http) =>
        AnswerAsync(http.Customer().ContactId, CallerReader.Platform(http.User), null, null, clock.GetUtcNow(), http);

    public async Task<IResult> EndAsync(HttpContext http)
    {
        await sessions.EndAsync(BearerToken.Read(http.Request)!, http.RequestAborted);
        return Results.NoContent();
    }

    private async Task<IResult> AnswerAsync(Guid contactId, ClientPlatform platform, string? token, DateTimeOffset? end, DateTimeOffset now, HttpContext http)
    {
        if (await contacts.FindAsync(contactId, http.RequestAborted) is not { } contact)
        {
            return Problem.Result(StatusCodes.Status401Unauthorized, "invalid-token", "The person of this session is no longer here.");
        }

        var channels = Offer.To(contact, platform, policies.Current, now);
        var phone = channels.Any(channel => channel.Available) && workspace.PhoneNumber.Length > 0 ? workspace.PhoneNumber : null;
        return Results.Json(new SessionOut(
            token, end ?? await EndOfAsync(http), new(contact.Email, contact.Name, contact.Role, contact.AccountKey, contact.Account.Name), channels, phone, Readable(phone), now));
    }

    // Grouped as its country groups it; a number that the library does not know is shown as it is.
    private static string? Readable(string? number)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            return number is null ? null : numbers.Format(numbers.Parse(number, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return number;
        }
    }

    private async Task<DateTimeOffset?> EndOfAsync(HttpContext http) =>
        BearerToken.Read(http.Request) is { } token ? (await sessions.FindAsync(token, http.RequestAborted))?.ExpiresAt : null;
}

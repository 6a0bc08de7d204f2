using PhoneNumbers;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Platform.Web;
using PremiumSupport.Platform.Web.Limits;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>
/// Turns the vendor's word about a person into a session, and ends it. A token with a <c>jti</c> begins one session. A page that renders it again, after a reload or in
/// a second tab, is given that session as long as the same browser asks: the frame names its browser by a key that it keeps in its own origin's storage
/// (<c>browserKey</c>), or shows the session's token that it still holds. From anywhere else, and after a log-out, the token is refused as replayed.
/// </summary>
internal sealed class SessionEndpoints(
    WidgetSecrets secrets, WidgetSecretCommands uses, ContactCommands commands, ContactQueries contacts, CustomerSessions sessions, Policies policies, WidgetLimits limits, Workspace workspace, TimeProvider clock)
{
    public async Task<IResult> BeginAsync(HttpContext http)
    {
        if (limits.Unknown.Look(ClientAddress.Of(http)) is { } pause)
        {
            return Problem.TooMany(http, pause, "Too many identity tokens that are not good have come from here.");
        }

        var (input, problem) = await ApiBody.ReadAsync<SessionInput>(http);
        if (problem is not null)
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var browserKey = input!.BrowserKey;
        if (browserKey is not null && !SessionToken.IsBrowserKey(browserKey))
        {
            return Problem.Result(400, "invalid", "A browser's key has 22 to 128 letters, digits, hyphens and underscores.", new Dictionary<string, string[]> { ["browserKey"] = ["Send 22 to 128 characters of base64url."] });
        }

        var check = await IdentityToken.CheckAsync(input.IdentityToken, await secrets.AllAsync(http.RequestAborted), now);
        if (check.Identity is not { } identity)
        {
            // Only what nobody signed is a guess; a token that is too old is a page that was left open.
            if (check.Code == "invalid-token")
            {
                limits.Unknown.Take(ClientAddress.Of(http));
            }

            if (check.RetiredKeyId is { } retired)
            {
                await uses.NoteAsync(retired, isRefusal: true, now, http.RequestAborted);
            }

            return Problem.Result(StatusCodes.Status401Unauthorized, check.Code, check.Sentence);
        }

        if (limits.Person.Take($"{identity.Account}\n{identity.Subject}") is { } wait)
        {
            return Problem.TooMany(http, wait, "This person has begun many sessions in a short time.");
        }

        // Looked up before anything is taken over: what a token says that was used elsewhere changes nobody.
        if (identity.TokenId is { } id && await sessions.FindReplayAsync(id, browserKey, BearerToken.Read(http.Request), http.RequestAborted) is { } replay)
        {
            return replay.Session is { } resumed ? await AnswerAsync(resumed, now, http) : Replayed();
        }

        var kept = await commands.VouchAsync(new(identity.Account, identity.Email, identity.Name, identity.Role, identity.Locale), http.RequestAborted);
        if (kept is null)
        {
            return Results.Json(new SessionOut(
                null, null, new(identity.Email, identity.Name, identity.Role ?? RequesterRole.User, identity.Account, null),
                Offer.To(null, identity.Platform, policies.Current, now), null, null, now));
        }

        var begun = await sessions.BeginAsync(
            // A token that ended by our clock and not by the vendor's is taken, so its session has to live as long as the doubt.
            new(kept.Id, identity.Platform, identity.ExpiresAt > now ? identity.ExpiresAt : identity.ExpiresAt + IdentityToken.Skew)
            {
                KeyId = identity.KeyId,
                Use = identity.TokenId is { } tokenId ? new(tokenId, identity.ExpiresAt + IdentityToken.Skew) : null,
                BrowserKey = browserKey,
            },
            http.RequestAborted);
        await uses.NoteAsync(identity.KeyId, isRefusal: false, now, http.RequestAborted);
        return begun is null ? Replayed() : await AnswerAsync(begun, now, http);
    }

    public async Task<IResult> ShowAsync(HttpContext http) =>
        await AnswerAsync(http.Customer().ContactId, CallerReader.Platform(http.User), null, await EndOfAsync(http), clock.GetUtcNow(), http);

    public async Task<IResult> EndAsync(HttpContext http)
    {
        await sessions.EndAsync(BearerToken.Read(http.Request)!, http.RequestAborted);
        return Results.NoContent();
    }

    private static IResult Replayed() => Problem.Result(
        StatusCodes.Status401Unauthorized, "replayed-token", "This identity token has begun a session already, in another browser or one that is over. The page has to be given a new one.");

    private Task<IResult> AnswerAsync(GivenSession session, DateTimeOffset now, HttpContext http) =>
        AnswerAsync(session.ContactId, session.Platform, session.Token, session.ExpiresAt, now, http);

    private async Task<IResult> AnswerAsync(Guid contactId, ClientPlatform platform, string? token, DateTimeOffset? end, DateTimeOffset now, HttpContext http)
    {
        if (await contacts.FindAsync(contactId, http.RequestAborted) is not { } contact)
        {
            return Problem.Result(StatusCodes.Status401Unauthorized, "invalid-token", "The person of this session is no longer here.");
        }

        var channels = Offer.To(contact, platform, policies.Current, now);
        var phone = channels.Any(channel => channel.Available) && workspace.PhoneNumber.Length > 0 ? workspace.PhoneNumber : null;
        return Results.Json(new SessionOut(
            token, end, new(contact.Email, contact.Name, contact.Role, contact.AccountKey, contact.Account.Name) { Staff = contact.TechnicalContact }, channels, phone, Readable(phone), now));
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

using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>Which tokens a scheme takes; both unless told otherwise.</summary>
internal sealed class BearerOptions : AuthenticationSchemeOptions
{
    public bool TakesApiKeys { get; set; } = true;

    public bool TakesSessions { get; set; } = true;
}

/// <summary>
/// Knows callers by their bearer token: an API key acts for its staff member, a session is a customer. Both are looked up by hash on every request, so that
/// revoking has effect at once.
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<BearerOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    ApiKeyQueries keys,
    KeyUse uses,
    StaffDirectory staff,
    CustomerSessions sessions,
    ICustomerDirectory customers,
    TimeProvider clock) : AuthenticationHandler<BearerOptions>(options, logs, encoder)
{
    private string _code = "missing-token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Read(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        _code = "invalid-token";
        var properties = new AuthenticationProperties();
        var principal = token.Length > Secret.MaxLength ? null : token.StartsWith(CustomerSession.Prefix, StringComparison.Ordinal)
            ? await FindCustomerAsync(token, properties)
            : await FindStaffAsync(token);
        return principal is null ? AuthenticateResult.Fail(_code) : AuthenticateResult.Success(new(principal, properties, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return AccessProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, _code);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AccessProblem.WriteAsync(Context, StatusCodes.Status403Forbidden, "forbidden");

    private async Task<ClaimsPrincipal?> FindStaffAsync(string token)
    {
        if (!Options.TakesApiKeys || await keys.FindAsync(token, Context.RequestAborted) is not { RevokedAt: null } key)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (!key.WorksAt(now))
        {
            _code = "expired-token";
            return null;
        }

        // A member of staff who was switched off takes every key that acts for them along.
        if (await staff.FindAsync(key.StaffId, Context.RequestAborted) is not { IsDisabled: false } card)
        {
            return null;
        }

        uses.Note(key, now);
        return Principals.Staff(card, Scheme.Name, key.Id, key.Scopes);
    }

    private async Task<ClaimsPrincipal?> FindCustomerAsync(string token, AuthenticationProperties properties)
    {
        if (!Options.TakesSessions || await sessions.FindAsync(token, Context.RequestAborted) is not { } session)
        {
            return null;
        }

        if (session.ExpiresAt <= clock.GetUtcNow())
        {
            _code = "expired-token";
            return null;
        }

        // A hub connection is authenticated once; by this it closes when the session is over.
        properties.ExpiresUtc = session.ExpiresAt;
        return await customers.FindAsync(session.ContactId, Context.RequestAborted) is { } customer ? Principals.Customer(customer, session, Scheme.Name) : null;
    }
}

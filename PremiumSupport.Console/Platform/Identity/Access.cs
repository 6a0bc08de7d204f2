using Microsoft.AspNetCore.Authorization;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// The names of the authorization policies, and all of their rules in one place (trust rule 1). What names none needs <see cref="Staff"/>. Each policy names its
/// schemes, so that a cookie never opens what asks for a token, nor the other way round.
/// </summary>
public static class Access
{
    /// <summary>Signed-in staff of any role.</summary>
    public const string Staff = "staff";

    /// <summary>Signed-in team leads and admins.</summary>
    public const string Lead = "lead";

    /// <summary>Signed-in admins.</summary>
    public const string Admin = "admin";

    /// <summary>Any valid API key. No cookie, no customer session.</summary>
    public const string Api = "api";

    /// <summary>An API key with the scope <see cref="Scopes.Tickets"/>.</summary>
    public const string ApiTickets = "api-tickets";

    /// <summary>An API key with the scope <see cref="Scopes.Reports"/> that acts for a team lead or an admin.</summary>
    public const string ApiReports = "api-reports";

    /// <summary>An API key with the scope <see cref="Scopes.Admin"/> that acts for a team lead or an admin: exceptions.</summary>
    public const string ApiLead = "api-lead";

    /// <summary>An API key with the scope <see cref="Scopes.Admin"/> that acts for an admin.</summary>
    public const string ApiAdmin = "api-admin";

    /// <summary>A customer with a session token.</summary>
    public const string Customer = "customer";

    /// <summary>The chat hub: signed-in staff, an API key with the scope <see cref="Scopes.Tickets"/>, or a customer session.</summary>
    public const string Chat = "chat";

    /// <summary>What no customer may ever see: signed-in staff, or an API key with the scope <see cref="Scopes.Tickets"/> (trust rule 5).</summary>
    public const string Notes = "notes";

    private static readonly string[] Leads = [Roles.TeamLead, Roles.Admin];

    /// <summary>Defines the policies and the fallback.</summary>
    internal static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Staff, Cookie(Roles.All));
        options.AddPolicy(Lead, Cookie(Leads));
        options.AddPolicy(Admin, Cookie([Roles.Admin]));
        options.AddPolicy(Api, Key(Roles.All));
        options.AddPolicy(ApiTickets, Key(Roles.All, Scopes.Tickets));
        options.AddPolicy(ApiReports, Key(Leads, Scopes.Reports));
        options.AddPolicy(ApiLead, Key(Leads, Scopes.Admin));
        options.AddPolicy(ApiAdmin, Key([Roles.Admin], Scopes.Admin));
        options.AddPolicy(Customer, policy => policy.AddAuthenticationSchemes(Schemes.Session).RequireAuthenticatedUser().RequireClaim(Claims.ContactId));
        options.AddPolicy(Chat, policy => policy.AddAuthenticationSchemes(Schemes.Caller).RequireAuthenticatedUser().RequireAssertion(context => MayChat(context.User)));
        options.AddPolicy(Notes, policy => policy.AddAuthenticationSchemes(Schemes.Caller).RequireAuthenticatedUser().RequireRole(Roles.All).RequireAssertion(context => MayChat(context.User) && !IsCustomer(context.User)));
        options.DefaultPolicy = options.GetPolicy(Staff)!;
        options.FallbackPolicy = options.DefaultPolicy;
    }

    private static Action<AuthorizationPolicyBuilder> Cookie(IEnumerable<string> roles) =>
        policy => policy.AddAuthenticationSchemes(Schemes.Cookie).RequireAuthenticatedUser().RequireRole(roles);

    private static Action<AuthorizationPolicyBuilder> Key(IEnumerable<string> roles, string? scope = null) => policy =>
    {
        policy.AddAuthenticationSchemes(Schemes.ApiKey).RequireAuthenticatedUser().RequireRole(roles).RequireClaim(Claims.ApiKeyId);
        if (scope is not null)
        {
            policy.RequireClaim(Claims.Scope, scope);
        }
    };

    private static bool IsCustomer(System.Security.Claims.ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Claims.ContactId);

    private static bool MayChat(System.Security.Claims.ClaimsPrincipal user) =>
        IsCustomer(user)
        || (Roles.All.Any(user.IsInRole) && (!user.HasClaim(claim => claim.Type == Claims.ApiKeyId) || user.HasClaim(Claims.Scope, Scopes.Tickets)));
}

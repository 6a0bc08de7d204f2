using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace PremiumSupport.Platform.Identity;

/// <summary>How the staff cookie behaves.</summary>
internal static class StaffCookie
{
    public const string LoginPath = "/account/login";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "ps.staff";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = LoginPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = ChallengeAsync;
        options.Events.OnRedirectToAccessDenied = ForbidAsync;
    }

    /// <summary>Whether a principal still is what it says. The framework's own check is every 30 minutes; a cookie must end at once (trust rule 7).</summary>
    public static async ValueTask<bool> IsCurrentAsync(ClaimsPrincipal? user, StaffDirectory staff, CancellationToken cancellation = default) =>
        Guid.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && await staff.FindAsync(id, cancellation) is { IsDisabled: false } card
        && card.SecurityStamp == user!.FindFirstValue(Claims.SecurityStamp);

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var staff = context.HttpContext.RequestServices.GetRequiredService<StaffDirectory>();
        if (!await IsCurrentAsync(context.Principal, staff, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Schemes.Cookie);
        }
    }

    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (AccessProblem.IsForPrograms(context.Request))
        {
            return AccessProblem.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, "sign-in");
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static Task ForbidAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (AccessProblem.IsForPrograms(context.Request))
        {
            return AccessProblem.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, "forbidden");
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

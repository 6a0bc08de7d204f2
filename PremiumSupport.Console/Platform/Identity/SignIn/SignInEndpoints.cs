using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.SignIn.Pages;
using PremiumSupport.Platform.Web.Limits;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Signing in by password, and out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StaffCookie.LoginPath, Show).AllowAnonymous();
        routes.MapPost(StaffCookie.LoginPath, SignInAsync).AllowAnonymous();
        routes.MapPost("/account/logout", SignOutAsync).AllowAnonymous();
    }

    private static IResult Show(HttpContext context, string? returnUrl, string? email, string? ended) => context.User.Identity?.IsAuthenticated == true
        ? Results.Redirect(LocalUrl.OrHome(returnUrl))
        : Page(context, returnUrl, email, error: ended is null ? null : Ended);

    /// <summary>Said to those whom their own page has led here (wwwroot/console/reconnect.js).</summary>
    private const string Ended = "Your sign-in has ended: it ran out, or somebody changed or switched off your access. What you were writing is kept on this device and is there again when you have signed in.";

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, PasswordSignIn passwords, SignInLimits limits, string? returnUrl)
    {
        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form)
        {
            // Also the second of two clicks: the first has signed in, and the form's token was nobody's.
            return context.User.Identity?.IsAuthenticated == true ? Results.Redirect(LocalUrl.OrHome(returnUrl)) : Page(context, returnUrl, null, error: AccountForm.Stale);
        }

        var target = form["returnUrl"] is [{ Length: > 0 } posted, ..] ? posted : returnUrl;
        string email = form["Input.Email"].ToString(), password = form["Input.Password"].ToString();
        string? emailError = string.IsNullOrWhiteSpace(email) ? "Enter your email address." : null, passwordError = password.Length == 0 ? "Enter your password." : null;
        if (emailError is not null || passwordError is not null)
        {
            return Page(context, target, email, emailError, passwordError);
        }

        if (limits.Failed.Look(ClientAddress.Of(context)) is { } wait)
        {
            return TooMany(context, target, email, wait);
        }

        if (await passwords.TryAsync(email, password))
        {
            return Results.Redirect(LocalUrl.OrHome(target));
        }

        limits.Failed.Take(ClientAddress.Of(context));
        return Page(context, target, email, passwordError: "Email or password is not right. After five wrong tries, wait five minutes.");
    }

    private static RazorComponentResult<LoginPage> TooMany(HttpContext context, string? returnUrl, string? email, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var page = Page(context, returnUrl, email, passwordError: $"Too many sign-ins from here have failed. Try again in {(seconds == 1 ? "a second" : $"{seconds} seconds")}.");
        page.StatusCode = StatusCodes.Status429TooManyRequests;
        return page;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<StaffUser> signIn)
    {
        if (context.User.Identity?.IsAuthenticated == true && await AccountForm.ReadAsync(context, antiforgery) is null)
        {
            return Results.BadRequest();
        }

        await signIn.SignOutAsync();
        return Results.Redirect(StaffCookie.LoginPath);
    }

    private static RazorComponentResult<LoginPage> Page(HttpContext context, string? returnUrl, string? email, string? emailError = null, string? passwordError = null, string? error = null) =>
        AccountForm.Page<LoginPage>(context, new()
        {
            [nameof(LoginPage.ReturnUrl)] = LocalUrl.OrHome(returnUrl),
            [nameof(LoginPage.Email)] = email,
            [nameof(LoginPage.EmailError)] = emailError,
            [nameof(LoginPage.PasswordError)] = passwordError,
            [nameof(LoginPage.Error)] = error,
        });
}

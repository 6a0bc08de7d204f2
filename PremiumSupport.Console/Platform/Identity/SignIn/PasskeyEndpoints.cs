using System.Buffers.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.SignIn.Pages;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>Signing in without a password, and keeping one's passkeys. The browser's half is <c>wwwroot/account/passkey.js</c>.</summary>
internal static class PasskeyEndpoints
{
    /// <summary>As many as anybody has devices.</summary>
    private const int MaxPerPerson = 20;

    private const int MaxNameLength = 60;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/passkey/options", RequestOptionsAsync).AllowAnonymous();
        routes.MapPost("/account/passkey/sign-in", SignInAsync).AllowAnonymous();
        var own = routes.MapGroup("/account/passkeys").RequireAuthorization(Access.Staff);
        own.MapGet("", ShowAsync);
        own.MapPost("/options", CreationOptionsAsync);
        own.MapPost("/add", AddAsync);
        own.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> RequestOptionsAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<StaffUser> signIn) =>
        await antiforgery.IsRequestValidAsync(context)
            ? Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : Refuse(AccountForm.Stale);

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<StaffUser> signIn, StaffDirectory staff)
    {
        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form)
        {
            return Refuse(AccountForm.Stale);
        }

        if (await AssertAsync(signIn, form["credential"].ToString()) is not { Succeeded: true } known
            || await staff.FindAsync(known.User.Id, context.RequestAborted) is not { IsDisabled: false })
        {
            return Refuse("This passkey is not known here. Sign in with your password.");
        }

        // Keeps the counter by which a copied authenticator would give itself away. A short lockout after wrong passwords does not stop a passkey:
        // else anybody could keep a colleague out.
        await signIn.UserManager.AddOrUpdatePasskeyAsync(known.User, known.Passkey);
        await signIn.SignInAsync(known.User, isPersistent: true);
        return Results.Json(new { location = LocalUrl.OrHome(form["returnUrl"]) });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, UserManager<StaffUser> users) =>
        await users.GetUserAsync(context.User) is { } user ? await PageAsync(context, users, user) : Results.NotFound();

    private static async Task<IResult> CreationOptionsAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<StaffUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context) || await signIn.UserManager.GetUserAsync(context.User) is not { } user)
        {
            return Refuse(AccountForm.Stale);
        }

        var options = await signIn.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = user.Email ?? user.DisplayName, DisplayName = user.DisplayName });
        return Results.Content(options, "application/json");
    }

    private static async Task<IResult> AddAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<StaffUser> signIn)
    {
        var users = signIn.UserManager;
        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form || await users.GetUserAsync(context.User) is not { } user)
        {
            return Refuse(AccountForm.Stale);
        }

        if ((await users.GetPasskeysAsync(user)).Count >= MaxPerPerson)
        {
            return Refuse("Remove a passkey that you no longer use first.");
        }

        if (await AttestAsync(signIn, form["credential"].ToString()) is not { Succeeded: true } made || made.UserEntity.Id != user.Id.ToString())
        {
            return Refuse("The passkey could not be checked. Please try again.");
        }

        var name = form["Input.Name"].ToString().Trim();
        made.Passkey.Name = name.Length == 0 ? "Passkey" : name[..Math.Min(name.Length, MaxNameLength)];
        return (await users.AddOrUpdatePasskeyAsync(user, made.Passkey)).Succeeded ? Results.Json(new { location = "/account/passkeys" }) : Refuse("The passkey could not be kept. Please try again.");
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, IAntiforgery antiforgery, UserManager<StaffUser> users)
    {
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return Results.NotFound();
        }

        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form)
        {
            return await PageAsync(context, users, user, AccountForm.Stale);
        }

        if (Base64Url.IsValid(form["id"].ToString()))
        {
            await users.RemovePasskeyAsync(user, Base64Url.DecodeFromChars(form["id"].ToString()));
        }

        return Results.Redirect("/account/passkeys");
    }

    private static async Task<IResult> PageAsync(HttpContext context, UserManager<StaffUser> users, StaffUser user, string? error = null) => AccountForm.Page<PasskeysPage>(context, new()
    {
        [nameof(PasskeysPage.Name)] = user.DisplayName,
        [nameof(PasskeysPage.Passkeys)] = (IReadOnlyList<PasskeyRow>)[.. (await users.GetPasskeysAsync(user))
            .OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new PasskeyRow(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt))],
        [nameof(PasskeysPage.Error)] = error,
    });

    // Both throw when the request for options has been too long ago, and on JSON that no browser makes.
    private static async Task<PasskeyAssertionResult<StaffUser>?> AssertAsync(SignInManager<StaffUser> signIn, string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or System.Text.Json.JsonException or FormatException)
        {
            return null;
        }
    }

    private static async Task<PasskeyAttestationResult?> AttestAsync(SignInManager<StaffUser> signIn, string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or System.Text.Json.JsonException or FormatException)
        {
            return null;
        }
    }

    private static IResult Refuse(string sentence) =>
        Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: sentence, extensions: new Dictionary<string, object?> { ["code"] = "passkey-refused" });
}

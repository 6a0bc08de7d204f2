using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.SignIn.Pages;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>The pages behind one-time links. A link that does not work is not there: 404, whatever the reason.</summary>
internal static class StaffLinkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account/first-admin", ShowFirstAdminAsync).AllowAnonymous();
        routes.MapPost("/account/first-admin", MakeFirstAdminAsync).AllowAnonymous();
        routes.MapGet("/account/password", ShowPasswordAsync).AllowAnonymous();
        routes.MapPost("/account/password", ChoosePasswordAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowFirstAdminAsync(HttpContext context, FirstAdmin first, string? token) =>
        await first.IsOpenAsync(token, context.RequestAborted) ? Page(context, asksWho: true, token) : Results.NotFound();

    private static async Task<IResult> MakeFirstAdminAsync(HttpContext context, IAntiforgery antiforgery, FirstAdmin first, SignInManager<StaffUser> signIn, string? token)
    {
        if (!await first.IsOpenAsync(token, context.RequestAborted))
        {
            return Results.NotFound();
        }

        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form)
        {
            return Page(context, asksWho: true, token, error: AccountForm.Stale);
        }

        string name = form["Input.Name"].ToString(), email = form["Input.Email"].ToString();
        var made = await first.UseAsync(token, name, email, form["Input.Password"].ToString(), context.RequestAborted);
        return !made.IsDone ? Page(context, asksWho: true, token, name, email, made.Problem)
            : made.Value == Guid.Empty ? Results.NotFound()
            : await EnterAsync(signIn, made.Value);
    }

    private static async Task<IResult> ShowPasswordAsync(HttpContext context, IDbContextFactory<SupportDb> database, TimeProvider clock, string? token) =>
        await IsOpenAsync(context, database, clock, token) ? Page(context, asksWho: false, token) : Results.NotFound();

    private static async Task<IResult> ChoosePasswordAsync(
        HttpContext context, IAntiforgery antiforgery, StaffCommands staff, SignInManager<StaffUser> signIn, IDbContextFactory<SupportDb> database, TimeProvider clock, string? token)
    {
        if (!await IsOpenAsync(context, database, clock, token))
        {
            return Results.NotFound();
        }

        if (await AccountForm.ReadAsync(context, antiforgery) is not { } form)
        {
            return Page(context, asksWho: false, token, error: AccountForm.Stale);
        }

        var chosen = await staff.ChoosePasswordAsync(token!, form["Input.Password"].ToString(), context.RequestAborted);
        return chosen.IsDone ? await EnterAsync(signIn, chosen.Value) : Page(context, asksWho: false, token, error: chosen.Problem);
    }

    private static async Task<bool> IsOpenAsync(HttpContext context, IDbContextFactory<SupportDb> database, TimeProvider clock, string? token)
    {
        await using var db = await database.CreateDbContextAsync(context.RequestAborted);
        return await StaffLinks.FindAsync(db, StaffLinkKind.Password, token, clock.GetUtcNow()) is not null;
    }

    // A disabled person may have an old link; the password is theirs, but it opens nothing.
    private static async Task<IResult> EnterAsync(SignInManager<StaffUser> signIn, Guid staffId)
    {
        if (await signIn.UserManager.FindByIdAsync(staffId.ToString()) is { } user && await signIn.CanSignInAsync(user) && !await signIn.UserManager.IsLockedOutAsync(user))
        {
            await signIn.SignInAsync(user, isPersistent: true);
        }

        return Results.Redirect(LocalUrl.Home);
    }

    private static RazorComponentResult<StaffLinkPage> Page(HttpContext context, bool asksWho, string? token, string? name = null, string? email = null, string? error = null) =>
        AccountForm.Page<StaffLinkPage>(context, new()
        {
            [nameof(StaffLinkPage.AsksWho)] = asksWho,
            [nameof(StaffLinkPage.Token)] = token,
            [nameof(StaffLinkPage.Name)] = name,
            [nameof(StaffLinkPage.Email)] = email,
            [nameof(StaffLinkPage.Error)] = error,
        });
}

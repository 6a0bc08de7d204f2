using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PremiumSupport.Platform.Identity.SignIn;

/// <summary>What the forms of the account pages have in common.</summary>
internal static class AccountForm
{
    /// <summary>What a form says that was open for too long, or in another tab while somebody signed in.</summary>
    public const string Stale = "This page had been open for too long. Please try again.";

    /// <summary>
    /// Reads a posted form; null when it was not posted from our own page. Checked here and not by the middleware, which could only answer with an empty page.
    /// </summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context, IAntiforgery antiforgery) =>
        context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;

    /// <summary>Renders a page. No cache keeps it; the antiforgery token in its form sees to that.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(HttpContext context, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // The links of these pages carry secrets; no other site hears of them.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return new(parameters);
    }
}

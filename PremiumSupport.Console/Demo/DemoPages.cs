using Microsoft.AspNetCore.Http.HttpResults;
using PremiumSupport.Channels.Help;
using PremiumSupport.Demo.Pages;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Demo;

/// <summary>The vendor's page of the demo and what its server would do. Not there at all where the demo is off.</summary>
public static class DemoPages
{
    private const string OwnPage = "own-page";

    /// <summary>Adds what the pages need.</summary>
    public static IHostApplicationBuilder AddDemoPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoIdentity>();
        builder.Services.AddSecurityHeaderPolicies().AddPolicy(OwnPage, CustomerHeaders.Own);
        return builder;
    }

    /// <summary>Maps <c>/demo</c> and <c>/demo/identity</c> in the demo workspace.</summary>
    public static void MapDemoPages(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<DemoOptions>().Enabled)
        {
            return;
        }

        app.MapGet("/demo", () => new RazorComponentResult<VendorPage>()).AllowAnonymous().WithSecurityHeadersPolicy(OwnPage).ExcludeFromDescription();
        app.MapGet("/demo/identity", async (string? email, string? platform, HttpContext http, DemoIdentity identity) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return await identity.SignAsync(email, platform, http.RequestAborted) is { } token
                ? Results.Json(new { identityToken = token })
                : Problem.Result(404, "not-found", "There is no such demo customer.");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}

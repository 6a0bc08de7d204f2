using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PremiumSupport.Tests.Hosting;

/// <summary>A page of a vendor on an origin, and even a site, of its own. The product listens on 127.0.0.1, this on localhost.</summary>
internal sealed class VendorSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VendorSite(WebApplication app) => _app = app;

    /// <summary>Where it is, without a slash at the end: its origin.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>What its one page is made of.</summary>
    public string Html { get; set; } = "";

    /// <summary>Its content security policy; none when null.</summary>
    public string? Policy { get; set; }

    public static async Task<VendorSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new VendorSite(builder.Build());
        site._app.MapGet("/", (HttpContext http) =>
        {
            if (site.Policy is { } policy)
            {
                http.Response.Headers.ContentSecurityPolicy = policy;
            }

            return Results.Content(site.Html, "text/html; charset=utf-8");
        });
        site._app.MapGet("/favicon.ico", () => Results.NoContent());
        await site._app.StartAsync();
        var address = site._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        site.Origin = $"http://localhost:{new Uri(address).Port}";
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

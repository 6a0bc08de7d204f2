using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PremiumSupport.Tests.Figures.Circuits;

/// <summary>The yardstick of circuits: a Blazor server whose one page says hello.</summary>
internal static class HelloApp
{
    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<HelloDocument>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        return app;
    }
}

/// <summary>The document around the page.</summary>
public sealed class HelloDocument : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html lang=\"en\"><head><title>Hello</title><base href=\"/\"></head><body>");
        builder.OpenComponent<Hello>(1);
        builder.AddComponentRenderMode(RenderMode.InteractiveServer);
        builder.CloseComponent();
        builder.AddMarkupContent(2, "</body></html>");
    }
}

/// <summary>The address of the page; the document shows it.</summary>
[Route("/")]
public sealed class HelloAddress : ComponentBase;

/// <summary>The page.</summary>
public sealed class Hello : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, "Hello");
        builder.CloseElement();
    }
}

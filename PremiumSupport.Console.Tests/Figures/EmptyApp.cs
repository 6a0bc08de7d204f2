using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>An ASP.NET Core application with one route and nothing else.</summary>
internal static class EmptyApp
{
    /// <summary>Makes the test executable be this application instead.</summary>
    public const string Switch = "--empty-app";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "Healthy");
        await app.RunAsync();
        return 0;
    }
}

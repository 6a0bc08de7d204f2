using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Web.Limits;
using Scalar.AspNetCore;

namespace PremiumSupport.Platform.Web;

/// <summary>What every web application of ours has: errors in words, compression, security headers, health.</summary>
public static class WebSetup
{
    /// <summary>Adds it.</summary>
    public static WebApplicationBuilder AddSupportWeb(this WebApplicationBuilder builder)
    {
        // Outside Development the framework serves the packages' static files only from a published folder; this makes a plain run work too.
        builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(builder.Configuration["HTTP_PORTS"]))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddTransient<IStartupFilter, HeadAnswer>();
        builder.Services.AddSingleton(LimitOptions.Read(builder.Configuration));
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch { 400 => "invalid", 404 => "not-found", 405 => "method-not-allowed", _ => "failed" }));

        // The pre-compressed files of packages lose their endpoints under fingerprinted names; static types only, so that no secret is ever compressed beside a guess.
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/css", "text/javascript"];
        });
        builder.Services.AddSingleton<IResponseCompressionProvider, PageCompression>();
        builder.Services.AddHealthChecks().AddDbContextCheck<SupportDb>("database", HealthStatus.Unhealthy, ["ready"]);
        return builder;
    }

    /// <summary>Puts the common middleware in front.</summary>
    public static void UseSupportWeb(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseSecurityHeaders(SecurityHeaders.Default);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorAnswer.WriteAsync });
        // In the main pipeline, where a second run is routed anew; programs get their answer from the inner one and this finds it written.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(http => Paths.IsForPrograms(http.Request.Path), programs => programs.UseStatusCodePages(ErrorAnswer.WriteStatusAsync));
    }

    /// <summary>Maps health and the API's description.</summary>
    public static void MapSupportWeb(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/scalar", scalar => scalar.WithTitle("PremiumSupport API").DisableDefaultFonts()).AllowAnonymous();
    }
}

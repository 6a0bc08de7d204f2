namespace PremiumSupport.Platform.Web;

/// <summary>
/// What answers at the product's own addresses while its tables are being changed: nobody meets a closed door, a proxy learns to wait, and the page comes back by itself.
/// </summary>
public static class StartPage
{
    private const int RetryAfterSeconds = 3;

    private static readonly string Page = $$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="{{RetryAfterSeconds}}"><title>One moment</title>
        <style>
          :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
          body { display: grid; place-content: center; min-block-size: 90vh; padding: 1.5rem; text-align: center; }
        </style></head>
        <body><main><h1>One moment</h1><p>The support desk is being brought up to date. This page opens by itself when it is ready; nothing that was written is lost.</p></main></body>
        </html>
        """;

    /// <summary>Answers with 503 until disposed, and with 200 to <c>/health/live</c>, because the process is well.</summary>
    /// <param name="args">The server's own, so that it listens where the server will.</param>
    public static async Task<WebApplication> ShowAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        // A signal to stop is the product's to hear, not this page's: nobody would end the start otherwise.
        builder.Services.AddSingleton<IHostLifetime, Deaf>();
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (context.Request.Path == "/health/live")
            {
                await context.Response.WriteAsync("Healthy");
                return;
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Page);
        });
        await app.StartAsync();
        return app;
    }

    private sealed class Deaf : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

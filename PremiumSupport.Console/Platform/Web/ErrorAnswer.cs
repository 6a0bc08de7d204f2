namespace PremiumSupport.Platform.Web;

/// <summary>What a failure of ours looks like from outside: a sentence and a number to quote, never a stack trace.</summary>
internal static class ErrorAnswer
{
    public static async Task WriteAsync(HttpContext http)
    {
        var sentence = $"Something went wrong on our side; nothing you sent was half done. Quote {http.TraceIdentifier} when you ask about it.";
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        if (Paths.IsForPrograms(http.Request.Path))
        {
            await Problem.Result(StatusCodes.Status500InternalServerError, "failed", sentence).ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync($"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Something went wrong</title>
            <link rel="stylesheet" href="/design/tokens.css"><link rel="stylesheet" href="/console/message-page.css">
            <main><h1>Something went wrong</h1><p>{sentence}</p><p><a href="/">Back to the start</a></p></main></html>
            """);
    }
}

/// <summary>Which addresses are for programs, and so answer in JSON.</summary>
internal static class Paths
{
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/widget") || path.StartsWithSegments("/hubs");
}

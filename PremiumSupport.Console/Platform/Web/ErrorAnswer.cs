using Microsoft.AspNetCore.Diagnostics;

namespace PremiumSupport.Platform.Web;

/// <summary>What a failure of ours looks like from outside: a sentence and a number to quote, never a stack trace.</summary>
internal static class ErrorAnswer
{
    /// <summary>A bare status, such as that of an address which is not there, in the words that programs are promised.</summary>
    public static Task WriteStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (code, sentence) = status switch
        {
            StatusCodes.Status404NotFound => ("not-found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "This address does not take that method."),
            _ => status < 500 ? ("invalid", "That request cannot be taken.") : ("failed", "That did not work."),
        };
        return Problem.Result(status, code, sentence).ExecuteAsync(context.HttpContext);
    }

    public static async Task WriteAsync(HttpContext http)
    {
        // A request that cannot be read is the caller's to mend, and no failure of ours.
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad)
        {
            http.Response.StatusCode = bad.StatusCode;
            await Problem.Result(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "invalid", "That request cannot be taken.").ExecuteAsync(http);
            return;
        }

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
        path.StartsWithSegments("/api") || path.StartsWithSegments("/widget") || path.StartsWithSegments("/hubs") || path.StartsWithSegments("/edit");
}

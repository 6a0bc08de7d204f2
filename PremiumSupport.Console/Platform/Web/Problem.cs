using Microsoft.AspNetCore.Mvc;

namespace PremiumSupport.Platform.Web;

/// <summary>RFC 9457 problem details as every door of ours answers them: a stable <c>code</c>, a sentence, and sentences by field.</summary>
public static class Problem
{
    /// <summary>A problem as an HTTP answer.</summary>
    public static IResult Result(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        Results.Problem(Details(status, code, detail, errors));

    /// <summary>The answer to somebody who does too much: when to come again is in <c>Retry-After</c>, in whole seconds.</summary>
    /// <param name="wait">How long from now it would be refused.</param>
    /// <param name="why">A sentence that says of what there was too much.</param>
    public static IResult TooMany(HttpContext http, TimeSpan wait, string why)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Result(StatusCodes.Status429TooManyRequests, "too-many-requests", $"{why} Try again in {(seconds == 1 ? "a second" : $"{seconds} seconds")}.");
    }

    /// <summary>The same as an object.</summary>
    public static ProblemDetails Details(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail };
        problem.Extensions["code"] = code;
        if (errors is { Count: > 0 })
        {
            problem.Extensions["errors"] = errors;
        }

        return problem;
    }

    private static string Title(int status) => status switch
    {
        400 => "That cannot be taken as it is",
        401 => "Who are you?",
        403 => "Not for you",
        404 => "Not found",
        409 => "Not as things stand",
        413 => "Too large",
        415 => "Not in that form",
        429 => "Too fast",
        422 => "Already used for something else",
        _ => "That did not work",
    };
}

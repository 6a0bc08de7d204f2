using Microsoft.AspNetCore.Mvc;

namespace PremiumSupport.Platform.Web;

/// <summary>RFC 9457 problem details as every door of ours answers them: a stable <c>code</c>, a sentence, and sentences by field.</summary>
public static class Problem
{
    /// <summary>A problem as an HTTP answer.</summary>
    public static IResult Result(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        Results.Problem(Details(status, code, detail, errors));

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
        422 => "Already used for something else",
        _ => "That did not work",
    };
}

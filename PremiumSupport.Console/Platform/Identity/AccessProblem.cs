namespace PremiumSupport.Platform.Identity;

/// <summary>How programs are told that they may not: RFC 9457 problem details with a <c>code</c>.</summary>
internal static class AccessProblem
{
    /// <summary>
    /// True for the addresses that programs call; they get an answer where people get a page. The circuits' is one of them: its script would follow a redirect
    /// to the sign-in page, whose fresh cookie then spoils the form that the person has open.
    /// </summary>
    public static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/hubs") || request.Path.StartsWithSegments("/widget") || request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/edit");

    public static Task WriteAsync(HttpContext context, int status, string code) => TypedResults.Problem(
        statusCode: status,
        title: status == StatusCodes.Status401Unauthorized ? "Unauthorized" : "Forbidden",
        detail: Sentence(code),
        extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(context);

    private static string Sentence(string code) => code switch
    {
        "missing-token" => "Send your token in the header: Authorization: Bearer <token>.",
        "expired-token" => "The token has expired.",
        "invalid-token" => "The token is not one that opens this address.",
        "foreign-origin" => "Pages of this origin may not call this address.",
        "sign-in" => "Sign in first.",
        _ => "You may not do this.",
    };
}

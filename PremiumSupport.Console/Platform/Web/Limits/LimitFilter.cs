namespace PremiumSupport.Platform.Web.Limits;

/// <summary>Puts a limit in front of an endpoint.</summary>
public static class LimitFilter
{
    /// <summary>Answers 429 with <c>Retry-After</c> to whoever has used up what they are allowed. Who may not enter at all has been turned away before.</summary>
    public static RouteHandlerBuilder Limit(this RouteHandlerBuilder endpoint, Limiter limiter, Func<HttpContext, string> caller) =>
        endpoint.AddEndpointFilter((context, next) => limiter.Take(caller(context.HttpContext)) is { } wait
            ? ValueTask.FromResult<object?>(Problem.TooMany(context.HttpContext, wait, "This was done many times in a short time."))
            : next(context));
}

namespace PremiumSupport.Platform.Web;

/// <summary>
/// Answers HEAD as GET without its body (RFC 9110, 9.3.2). Pages and the API are mapped for GET alone, so that a monitor or a link checker that only looks would be sent to sign in, there as well, without end.
/// In front of routing, which is why it is a startup filter; the server knows what was asked and leaves the body out.
/// </summary>
internal sealed class HeadAnswer : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, then) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
            {
                http.Request.Method = HttpMethods.Get;
            }

            return then(http);
        });
        next(app);
    };
}

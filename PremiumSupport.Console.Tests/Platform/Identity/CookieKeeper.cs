using System.Net;
using System.Text.RegularExpressions;

namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>What a browser does with cookies, over the in-memory server.</summary>
/// <param name="inner">Sends.</param>
/// <param name="forgetsDates">Lets none expire: the server's clock stands at another time than this machine's.</param>
internal sealed partial class CookieKeeper(HttpMessageHandler inner, bool forgetsDates = false) : DelegatingHandler(inner)
{
    private readonly CookieContainer _cookies = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                _cookies.SetCookies(request.RequestUri!, forgetsDates ? Expires().Replace(cookie, "") : cookie);
            }
        }

        return response;
    }

    [GeneratedRegex("; *(expires|max-age)=[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex Expires();
}

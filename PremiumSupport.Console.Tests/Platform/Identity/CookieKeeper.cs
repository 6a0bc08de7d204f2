using System.Net;
using System.Text.RegularExpressions;

namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>What a browser does with cookies, over the in-memory server. None expires: the server may live at another time than this machine.</summary>
internal sealed partial class CookieKeeper(HttpMessageHandler inner) : DelegatingHandler(inner)
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
                _cookies.SetCookies(request.RequestUri!, Expires().Replace(cookie, ""));
            }
        }

        return response;
    }

    [GeneratedRegex("; *(expires|max-age)=[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex Expires();
}

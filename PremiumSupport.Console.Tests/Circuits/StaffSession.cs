using System.Net;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Circuits;

/// <summary>Somebody signed in to the console without a browser; pages and circuits share the cookie.</summary>
internal sealed class StaffSession : IDisposable
{
    private StaffSession(Uri address, HttpClient http, CookieContainer cookies) => (Address, Http, Cookies) = (address, http, cookies);

    public Uri Address { get; }

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; }

    public static async Task<StaffSession> SignInAsync(Uri address, string email, string password)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, MaxConnectionsPerServer = 16 }) { BaseAddress = address };
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", AccountBrowser.Token(await http.GetStringAsync("/account/login"))), new("Input.Email", email), new("Input.Password", password),
        ]);
        using var answer = await http.PostAsync("/account/login", form);
        return answer.StatusCode == HttpStatusCode.Redirect ? new(address, http, cookies) : throw new InvalidOperationException($"{email} could not sign in: {answer.StatusCode}.");
    }

    public void Dispose() => Http.Dispose();
}

using System.Net;
using System.Text.RegularExpressions;

namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>Opens account pages and posts their forms, as a browser without scripts would.</summary>
internal sealed class AccountBrowser(HttpClient client) : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, string? Location, string Html)> GetAsync(string path) => await ReadAsync(await client.GetAsync(path, Cancel));

    /// <summary>Opens the page, then posts the fields with the token that it holds.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Html)> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var (_, _, html) = await GetAsync(path);
        return await PostAsync(path, [("__RequestVerificationToken", Token(html)), .. fields]);
    }

    public async Task<(HttpStatusCode Status, string? Location, string Html)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await ReadAsync(await client.PostAsync(path, body, Cancel));
    }

    public Task<(HttpStatusCode Status, string? Location, string Html)> SignInAsync(string email, string password, string path = "/account/login") =>
        SubmitAsync(path, ("Input.Email", email), ("Input.Password", password));

    public static string Token(string html) => WebUtility.HtmlDecode(Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    public void Dispose() => client.Dispose();

    private static async Task<(HttpStatusCode, string?, string)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return (response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsStringAsync(Cancel));
        }
    }
}

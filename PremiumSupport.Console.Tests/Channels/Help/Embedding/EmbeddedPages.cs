using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PremiumSupport.Channels.Help.Embedding;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Embedding;

/// <summary>The product, and a vendor's site that may frame it and one that may not.</summary>
public sealed partial class EmbeddedPages : IAsyncLifetime
{
    internal const string Nonce = "R4nd0m";

    internal SupportHost Host { get; private set; } = default!;

    internal VendorSite Vendor { get; private set; } = default!;

    internal VendorSite Stranger { get; private set; } = default!;

    internal EmbeddingGuide Guide => Host.Services.GetRequiredService<EmbeddingGuide>();

    /// <summary>The lines that the guide tells vendors to add to their policy.</summary>
    internal string PolicyLines => Block("## Content security policy", "");

    public async ValueTask InitializeAsync()
    {
        Vendor = await VendorSite.StartAsync();
        Stranger = await VendorSite.StartAsync();
        Host = new(new Dictionary<string, string?> { ["Widget:AllowedOrigins"] = Vendor.Origin });
        _ = Host.Address;
    }

    /// <summary>The first block of code of a language after a heading of the guide.</summary>
    internal string Block(string heading, string language)
    {
        var text = Guide.Markdown[Guide.Markdown.IndexOf(heading, StringComparison.Ordinal)..];
        return Regex.Match(text, $"```{language}\n(?<code>.*?)\n```", RegexOptions.Singleline).Groups["code"].Value;
    }

    /// <summary>The guide's own snippet in a page, with a token for somebody and this page's nonce.</summary>
    internal async Task<string> PageAsync(string? email, string more = "", string locale = "en")
    {
        var token = email is null ? "" : await TokenAsync(email);
        var snippet = Guide.Snippet.Replace("identityToken: '…', locale: 'de'", $"identityToken: '{token}', locale: '{locale}'", StringComparison.Ordinal);
        return $"<!DOCTYPE html><html lang=\"en\"><head><title>Vendor</title></head><body><p>A page of the vendor's.</p><button type=\"button\" id=\"own\">Ask us</button>\n"
            + Script().Replace(snippet, $"<script nonce=\"{Nonce}\"") + $"\n<script nonce=\"{Nonce}\">{more}</script></body></html>";
    }

    internal async Task<string> TokenAsync(string email)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        return (await client.GetFromJsonAsync<JsonElement>(new Uri(Host.Address, $"/demo/identity?email={Uri.EscapeDataString(email)}"))).GetProperty("identityToken").GetString()!;
    }

    /// <summary>Somebody on the vendor's page, with the widget on it.</summary>
    internal static async Task<Visitor> OpenAsync(Browser browser, VendorSite site, ViewportSize? viewport = null, string? script = null)
    {
        var visitor = await browser.VisitAsync(new Uri(site.Origin), viewport: viewport);
        if (script is not null)
        {
            await visitor.Page.AddInitScriptAsync(script);
        }

        await visitor.Page.GotoAsync("/");
        await visitor.Find("help-icon").WaitForAsync();
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Vendor.DisposeAsync();
        await Stranger.DisposeAsync();
    }

    [GeneratedRegex("<script")]
    private static partial Regex Script();
}

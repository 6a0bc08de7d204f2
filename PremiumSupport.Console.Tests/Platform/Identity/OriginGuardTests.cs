using System.Net;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class OriginGuardTests
{
    [Fact]
    public async Task Only_our_own_pages_open_circuits_and_only_listed_ones_the_hubs()
    {
        await using var host = await IdentityHost.StartAsync(("Widget:AllowedOrigins", "https://vendor.example https://shop.example:8443"), ("PublicUrl", "https://desk.example"));
        var token = await host.AddSessionAsync();
        using var client = host.Client(token);
        foreach (var (origin, circuit, hub) in new (string?, bool, bool)[]
        {
            (null, true, true),
            ("http://localhost", true, true),
            ("https://desk.example", true, true),
            ("https://vendor.example", false, true),
            ("https://shop.example:8443", false, true),
            ("https://shop.example", false, false),
            ("http://vendor.example", false, false),
            ("https://vendor.example.evil.example", false, false),
            ("http://localhost:8080", false, false),
            ("null", false, false),
        })
        {
            Assert.True(await PassesAsync(client, "/_blazor/negotiate", origin) == circuit, $"circuit from {origin}");
            Assert.True(await PassesAsync(client, BearerPaths.Hub, origin) == hub, $"hub from {origin}");
            Assert.True(await PassesAsync(client, "/api/test/customer", origin), $"elsewhere from {origin}");
        }
    }

    private static async Task<bool> PassesAsync(HttpClient client, string path, string? origin)
    {
        using var request = new HttpRequestMessage(path.StartsWith("/_blazor", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        var status = (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Forbidden, $"{path} from {origin}: {status}");
        return status == HttpStatusCode.OK;
    }
}

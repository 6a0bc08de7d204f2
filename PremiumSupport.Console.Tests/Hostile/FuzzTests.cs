using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Hostile;

public sealed class SqliteFuzzTests(SqliteFuzzTests.Host host) : FuzzTests(host), IClassFixture<SqliteFuzzTests.Host>
{
    public sealed class Host() : SupportHost(Patient);
}

public sealed class PostgresFuzzTests(PostgresFuzzTests.Host host) : FuzzTests(host.OrSkip()), IClassFixture<PostgresFuzzTests.Host>
{
    public sealed class Host() : PostgresHost(Patient);
}

/// <summary>Whatever is sent to whatever address of the API and the widget: the answer is never a failure of ours, and a refusal is always in words.</summary>
public abstract class FuzzTests(SupportHost host)
{
    protected static readonly IReadOnlyDictionary<string, string?> Patient = new Dictionary<string, string?> { ["Limits:Scale"] = "10000" };

    private const int PerAddress = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_that_is_sent_makes_a_failure(int seed)
    {
        var fuzzer = new Fuzzer(seed);
        var admin = host.Api();
        var ticket = await new ApiCaller(admin).OpenAsync(ApiCaller.Critical());
        var session = await host.SessionAsync("sofia@acme.example");
        var addresses = Addresses();
        Assert.True(addresses.Count > 30, $"Only {addresses.Count} addresses were found.");
        var wrong = new List<string>();
        foreach (var (pattern, methods) in addresses)
        {
            for (var sent = 0; sent < PerAddress; sent++)
            {
                using var request = new HttpRequestMessage(fuzzer.Method(methods), fuzzer.Address(pattern, ticket)) { Content = fuzzer.Body() };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pattern.StartsWith("/api", StringComparison.Ordinal) ? SupportHost.ApiKey : session);
                if (fuzzer.Key() is { } key)
                {
                    request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
                }

                var said = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(Cancel))}";
                using var answer = await admin.SendAsync(request, Cancel);
                if (await WrongAsync(answer) is { } why)
                {
                    wrong.Add($"{why}: {said[..Math.Min(said.Length, 600)]}");
                }

                if (pattern.EndsWith("/session", StringComparison.Ordinal) && request.Method == HttpMethod.Delete)
                {
                    session = await host.SessionAsync("sofia@acme.example");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} answers are wrong, seed {seed}:\n{string.Join('\n', wrong.DistinctBy(line => line[..Math.Min(line.Length, 60)]).Take(25))}");
    }

    private static async Task<string?> WrongAsync(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status < 400)
        {
            return null;
        }

        var text = await answer.Content.ReadAsStringAsync(Cancel);
        if (status >= 500)
        {
            return $"{status} {text}";
        }

        if (answer.RequestMessage!.Method == HttpMethod.Head)
        {
            return null;
        }

        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return $"{status} is no problem but {answer.Content.Headers.ContentType}";
        }

        try
        {
            var problem = JsonElement.Parse(text);
            return problem.GetProperty("status").GetInt32() == status && problem.GetProperty("code").GetString() is { Length: > 0 } && problem.GetProperty("detail").GetString() is { Length: > 0 }
                && !text.Contains("   at ", StringComparison.Ordinal) && !text.Contains("System.", StringComparison.Ordinal)
                ? null
                : $"{status} is not in our words: {text}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{status} cannot be read: {text}";
        }
    }

    // Found, not listed: an address that somebody adds tomorrow is tried tomorrow.
    private List<(string Pattern, IReadOnlyList<string> Methods)> Addresses()
    {
        _ = host.Address;
        return
        [
            .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint => (Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
                .Where(address => address.Pattern.StartsWith("/api/", StringComparison.Ordinal) || address.Pattern.StartsWith("/widget/", StringComparison.Ordinal))
                .Distinct()
                .OrderBy(address => address.Pattern, StringComparer.Ordinal).ThenBy(address => string.Join(',', address.Methods), StringComparer.Ordinal),
        ];
    }
}

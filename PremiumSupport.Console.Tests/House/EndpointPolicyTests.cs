using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.House;

/// <summary>Every address says who may open it; the fallback is a net, not a plan (trust rule 1).</summary>
[Collection(SharedHost.Name)]
public sealed class EndpointPolicyTests(SupportHost host)
{
    private static readonly string[] Circuit = ["/_blazor/negotiate", "/_blazor", "/_blazor/disconnect/", "/_blazor/initializers/"];

    // Made by the framework where no convention of ours reaches, and so left with the fallback: static files younger than the build (Development only), and the
    // step between an enhanced form and a redirect to elsewhere, whose address only our own keys can make; and the circuit, which a test below tries without signing in.
    private static readonly string[] Framework = ["Fallback {**path:file}", "Blazor Opaque Redirection", .. Circuit];

    [Fact]
    public void Every_endpoint_says_who_may_open_it()
    {
        _ = host.Address;
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.True(endpoints.Count > 30, $"Only {endpoints.Count} endpoints were found.");
        var offenders = Silent(endpoints);
        Assert.True(offenders.Count == 0, "These endpoints name no policy:\n" + string.Join('\n', offenders));
    }

    [Fact]
    public void An_endpoint_without_a_word_is_found()
    {
        var silent = new RouteEndpointBuilder(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/silent"), 0) { DisplayName = "silent" }.Build();
        Assert.Equal(["silent"], Silent([silent]));
    }

    [Fact]
    public async Task Nobody_gets_a_circuit_without_signing_in()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        foreach (var (method, address) in Circuit.SelectMany(address => new[] { (HttpMethod.Post, address), (HttpMethod.Get, address) }))
        {
            using var request = new HttpRequestMessage(method, address + "?negotiateVersion=1");
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.Found or HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed, $"{method} {address}: {response.StatusCode}");
        }
    }

    // An [Authorize] without a policy says no more than the fallback does.
    private static List<string?> Silent(IEnumerable<Endpoint> endpoints) => [.. endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null || data.Roles is not null))
        .Select(endpoint => string.IsNullOrEmpty(endpoint.DisplayName) ? (endpoint as RouteEndpoint)?.RoutePattern.RawText : endpoint.DisplayName)
        .Where(name => !Framework.Contains(name))
        .Distinct()];
}

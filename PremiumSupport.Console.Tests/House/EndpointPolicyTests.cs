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

    // Made by the framework where no convention of ours reaches, and so left with the fallback: static files younger than the build (Development only), and the
    // step between an enhanced form and a redirect to elsewhere, whose address only our own keys can make.
    private static readonly string[] Framework = ["Fallback {**path:file}", "Blazor Opaque Redirection"];

    // An [Authorize] without a policy says no more than the fallback does.
    private static List<string?> Silent(IEnumerable<Endpoint> endpoints) => [.. endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null || data.Roles is not null))
        .Select(endpoint => endpoint.DisplayName)
        .Where(name => !Framework.Contains(name))
        .Distinct()];
}

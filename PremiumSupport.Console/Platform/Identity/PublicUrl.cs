using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// Where people reach this server: <c>PublicUrl</c> of the configuration, else the address it listens on. Never the Host header of a request, which whoever
/// asks may choose (trust rule 19).
/// </summary>
public sealed class PublicUrl(IConfiguration configuration, IServer server)
{
    /// <summary>What was configured, or null.</summary>
    public Uri? Configured => Uri.TryCreate(configuration["PublicUrl"], UriKind.Absolute, out var url) ? url : null;

    /// <summary>The absolute address of a path such as <c>/account/login</c>. Before the server listens, what it will listen on.</summary>
    public Uri Of(string path)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? configuration["urls"]?.Split(';')[0];
        var root = Configured?.ToString() ?? listening?.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        return new((root ?? "http://localhost:5080").TrimEnd('/') + path);
    }
}

using System.Net;
using System.Threading.RateLimiting;
using PremiumSupport.Platform.Web;

namespace PremiumSupport.Channels.Help;

/// <summary>
/// Keeps one address from filling the database with what anybody may say without signing in: thirty at once, and one more every two seconds. Counted on each node.
/// </summary>
internal sealed class ReaderLimit : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(
        Neighbourhood(http.Connection.RemoteIpAddress),
        _ => new() { TokenLimit = 30, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(2), QueueLimit = 0, AutoReplenishment = true }));

    /// <summary>Whether one more may be said from there.</summary>
    public bool Admits(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    /// <summary>The answer where it may not.</summary>
    public static IResult TooMany() => Problem.Result(StatusCodes.Status429TooManyRequests, "too-many", "That was a lot at once. Wait a moment.");

    public void Dispose() => _limiter.Dispose();

    // One subscriber has a whole /64 of IPv6 addresses.
    private static string Neighbourhood(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}

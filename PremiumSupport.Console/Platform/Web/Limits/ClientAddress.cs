using System.Net;
using System.Net.Sockets;

namespace PremiumSupport.Platform.Web.Limits;

/// <summary>From where a request comes, as far as limits are concerned.</summary>
public static class ClientAddress
{
    private const int SiteBytes = 8;

    /// <summary>
    /// The address of whoever connected; behind a proxy that is the proxy's unless forwarded headers are taken (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>). Of an IPv6
    /// address only the first 64 bits count: the rest is the caller's to choose.
    /// </summary>
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    /// <summary>The same of an address.</summary>
    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SiteBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}

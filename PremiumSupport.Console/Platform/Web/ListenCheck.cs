using System.Net;
using System.Net.Sockets;

namespace PremiumSupport.Platform.Web;

/// <summary>Tries the addresses before anything is begun, so that a port that is taken ends the start with a sentence instead of in the middle of it.</summary>
public static class ListenCheck
{
    private const string HowToChoose = "by Urls (argument --urls, environment variable ASPNETCORE_URLS), for example --urls http://localhost:5081.";

    /// <summary>Why one of the addresses cannot be listened on, in a sentence that names the key; null when all can be.</summary>
    /// <param name="urls">Separated by semicolons; a port of 0 is any that is free.</param>
    public static string? Obstacle(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Parse(url) is not { Port: > 0 } address)
            {
                continue;
            }

            var answers = PlacesOf(address.Host).Select(place => Try(place, address.Port)).ToList();
            if (answers.Contains(SocketError.AddressAlreadyInUse))
            {
                return $"{url} is in use by another program. Stop that one, or choose another address {HowToChoose}";
            }

            if (answers.Contains(SocketError.AccessDenied))
            {
                return $"{url} may not be listened on by this user; ports below 1024 are the system's. Choose another address {HowToChoose}";
            }
        }

        return null;
    }

    // What makes no sense is for the server to refuse in its own words; a socket file has no port.
    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { IsUnixPipe: false, IsNamedPipe: false } address ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // As Kestrel reads a host: localhost is both loopbacks, and what is no address is every one.
    private static IPAddress[] PlacesOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host, out var address) ? [address]
        : [IPAddress.Any, IPAddress.IPv6Any];

    private static SocketError Try(IPAddress place, int port)
    {
        try
        {
            using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(place, port));
            return SocketError.Success;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
    }
}

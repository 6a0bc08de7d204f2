using System.Net.NetworkInformation;

namespace PremiumSupport.Tests.Lines;

/// <summary>Ports for servers that stop and come back.</summary>
internal static class Ports
{
    // Below those that the system gives to clients: while a server is away, a client could be given its port, and then the server could not come back.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A port that nobody listens on.</summary>
    public static int Free()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        int port;
        do
        {
            port = Random.Shared.Next(First, Last);
        }
        while (taken.Contains(port));
        return port;
    }
}

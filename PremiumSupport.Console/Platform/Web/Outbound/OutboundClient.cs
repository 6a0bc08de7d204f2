using System.Net;
using System.Net.Sockets;

namespace PremiumSupport.Platform.Web.Outbound;

/// <summary>
/// The one way out to addresses that somebody configured (trust rule 20): it resolves the name, looks at each address, and connects to the very address that it looked at, so that a
/// name cannot mean something else a moment later. No redirects, no proxy, no cookies.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _public = Make(mayBePrivate: false);
    private readonly HttpMessageInvoker _anywhere = Make(mayBePrivate: true);

    /// <summary>Sends a request.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="mayBePrivate">Whether the address may lie in this machine or its network; only ever by an explicit setting.</param>
    /// <param name="within">For connecting, sending and the answer's headers together.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="HttpRequestException">Nobody was reached, or the address is not one to be reached.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or was given up.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool mayBePrivate, TimeSpan within, CancellationToken cancellation = default)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(within);
        return await (mayBePrivate ? _anywhere : _public).SendAsync(request, limited.Token);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _public.Dispose();
        _anywhere.Dispose();
    }

    private static HttpMessageInvoker Make(bool mayBePrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = ConnectWithin,
        // A name is looked up again from time to time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, mayBePrivate, cancellation),
    });

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, bool mayBePrivate, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, cancellation);
        IPAddress[] allowed = [.. addresses.Where(address => mayBePrivate || PublicAddress.Is(address))];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(addresses.Length == 0 ? $"{to.Host} has no address." : $"{to.Host} is not a public address.");
        }

        Exception? last = null;
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, to.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException unreachable)
            {
                socket.Dispose();
                last = unreachable;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException($"{to.Host} was not reached.", last);
    }
}

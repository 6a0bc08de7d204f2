using System.Buffers;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>
/// The origin of a vendor's page: exactly scheme, host and port, written as browsers write it. It goes into a header and is compared letter by letter with
/// what browsers send, so the host is lower case and in ASCII, and the usual port is left out.
/// </summary>
public static class PageOrigin
{
    // Inside a header these would begin something else.
    private static readonly SearchValues<char> Breaks = SearchValues.Create(";, \t\"'");

    /// <summary>The origin that a word names, or null with a sentence that says what is wrong with it.</summary>
    public static (string? Origin, string Why) Parse(string? word)
    {
        var text = (word ?? "").Trim();
        if (text.Length == 0)
        {
            return (null, "Write an origin, for example https://app.example.");
        }

        if (text.Length > 300)
        {
            return (null, "That is too long for an origin.");
        }

        if (text.Contains('*', StringComparison.Ordinal))
        {
            return (null, "Write each origin out: a star would let pages in that nobody has thought of.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return (null, $"'{text}' is not an origin. It begins with https://, as in https://app.example.");
        }

        if (uri.UserInfo.Length > 0 || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
        {
            return (null, "An origin ends with the host or the port: leave out the path and what follows it.");
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        if (host.AsSpan().ContainsAny(Breaks))
        {
            return (null, $"'{uri.Host}' is not the name of a host.");
        }

        return (uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}", "");
    }
}

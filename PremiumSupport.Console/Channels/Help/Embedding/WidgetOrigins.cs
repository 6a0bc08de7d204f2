using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Help.Embedding;

/// <summary>
/// The origins whose pages may frame help and chat beside our own: those of <c>Widget:AllowedOrigins</c>, and those that admins have added. As this node knows
/// them; a change made on another one arrives with the change bus.
/// </summary>
public sealed class WidgetOrigins(WidgetOptions options) : IAllowedOrigins
{
    /// <summary>The topic under which the change bus says that the list changed; the id is always 0.</summary>
    public const string Topic = "widget-origins";

    private Known _known = new(options.AllowedOrigins, []);

    /// <summary>Those of the configuration; only it can take them away.</summary>
    public IReadOnlyList<string> Configured => options.AllowedOrigins;

    /// <summary>Those that admins have added, in the order in which they came.</summary>
    public IReadOnlyList<string> Added => _known.Added;

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => _known.All;

    /// <summary>The headers of a page that these may frame, and nobody else (trust rule 17).</summary>
    internal HeaderPolicyCollection Headers => _known.Headers;

    /// <inheritdoc />
    public bool Allows(string origin) => _known.All.Contains(origin, StringComparer.OrdinalIgnoreCase);

    internal void Learn(IReadOnlyList<string> added) => _known = new(options.AllowedOrigins, added);

    // One object, so that the list and the headers made of it are never of two moments.
    private sealed class Known
    {
        public Known(IReadOnlyList<string> configured, IReadOnlyList<string> added)
        {
            Added = added;
            All = [.. configured.Concat(added).Distinct()];
            Headers = [];
            CustomerHeaders.Framed(Headers, All);
        }

        public IReadOnlyList<string> Added { get; }

        public IReadOnlyList<string> All { get; }

        public HeaderPolicyCollection Headers { get; }
    }
}

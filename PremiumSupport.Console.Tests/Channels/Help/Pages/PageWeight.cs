using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using PremiumSupport.Channels.Help;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Help.Pages;

/// <summary>What a customer's browser loads, compressed as a server would, in bytes.</summary>
internal static partial class PageWeight
{
    private static readonly string Folder = Repository.File("PremiumSupport.Console", "wwwroot");

    public static int Loader => Packed(File.ReadAllText(Path.Combine(Folder, "widget.js")));

    /// <summary>The font that pages of the six languages load; beside the 40 KB, because a page is read before it comes.</summary>
    public static long Font => new FileInfo(Path.Combine(Folder, "design", "fonts", "inter-latin-opsz-normal.woff2")).Length;

    /// <summary>A page's scripts with everything that they may load later, its stylesheet, and its texts in one language.</summary>
    public static IReadOnlyDictionary<string, int> Of(string page, string language)
    {
        var parts = Modules($"{page}.js").ToDictionary(name => name, name => Packed(Read(name)));
        parts.Add("customer.css", Packed(Read("customer.css")));
        if (page == "chat")
        {
            parts.Add("chat.css", Packed(Read("chat.css")));
        }

        parts.Add($"texts, {language}", Packed(CustomerTexts.BlockOf(language, page)));
        return parts;
    }

    // Static and dynamic imports alike: whatever a visitor may come to need counts.
    private static HashSet<string> Modules(string first)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>([first]);
        while (open.TryDequeue(out var name))
        {
            if (seen.Add(name))
            {
                Import().Matches(Read(name)).ToList().ForEach(match => open.Enqueue(match.Groups["name"].Value));
            }
        }

        return seen;
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, "customer", name));

    private static int Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return (int)packed.Length;
    }

    [GeneratedRegex("""(?:from|import)\s*\(?"\./(?<name>[\w-]+\.js)"\)?""")]
    private static partial Regex Import();
}

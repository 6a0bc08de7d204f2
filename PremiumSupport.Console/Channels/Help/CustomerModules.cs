using System.Text.Json;

namespace PremiumSupport.Channels.Help;

/// <summary>
/// What the module of each customer page imports as it loads, as <c>eng/web.sh</c> noted it beside the bundles. Read once; a page that names these saves its
/// visitor a round trip.
/// </summary>
public sealed class CustomerModules(IWebHostEnvironment environment)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _needed = Read(environment);

    /// <summary>File names under <c>/customer</c> for the page <c>help</c> or <c>chat</c>; none for another.</summary>
    public IReadOnlyList<string> Of(string module) => _needed.GetValueOrDefault(module) ?? [];

    private static Dictionary<string, IReadOnlyList<string>> Read(IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("customer/modules.json");
        if (!file.Exists)
        {
            throw new InvalidOperationException("wwwroot/customer/modules.json is missing: run eng/web.sh, which makes the customers' pages.");
        }

        using var stream = file.CreateReadStream();
        return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(stream) ?? [];
    }
}

using System.Text.Json.Nodes;

namespace PremiumSupport.Tests.Sla;

/// <summary>Changes one place of a JSON text, named as the API names fields.</summary>
internal static class Json
{
    /// <summary>The text with the value at a path such as <c>rules[0].target</c> replaced or added.</summary>
    public static string With(string json, string path, string value)
    {
        var root = JsonNode.Parse(json)!;
        var node = root;
        object[] steps = [.. path.Replace("]", "", StringComparison.Ordinal).Split('.', '[').Select(step => int.TryParse(step, out var place) ? (object)place : step)];
        foreach (var step in steps.SkipLast(1))
        {
            node = step is int place ? node![place] : node![(string)step];
        }

        var replaced = JsonNode.Parse(value);
        if (steps[^1] is int last)
        {
            node![last] = replaced;
        }
        else
        {
            node![(string)steps[^1]] = replaced;
        }

        return root.ToJsonString();
    }
}

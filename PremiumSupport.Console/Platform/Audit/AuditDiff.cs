using System.Collections;
using System.Globalization;
using System.Reflection;

namespace PremiumSupport.Platform.Audit;

/// <summary>What differs between two states that are told as the properties of objects, in words. Pure.</summary>
internal static class AuditDiff
{
    // A field called so would carry what may be kept nowhere in the clear.
    private static readonly string[] Secrets = ["secret", "token", "password", "hash", "stamp"];

    public static IReadOnlyList<AuditChange> Between(object? before, object? after)
    {
        var (old, now) = (Fields(before), Fields(after));
        return [.. old.Concat(now).Select(field => field.Name).Distinct()
            .Select(name => new AuditChange(name, Value(old, name), Value(now, name)))
            .Where(change => change.Before != change.After)];
    }

    /// <summary>At most that many characters, and never half of one.</summary>
    public static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)] + "…";

    private static List<(string Name, string? Value)> Fields(object? state) => state is null ? [] : [.. state.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (Checked(property.Name), Text(property.GetValue(state))))];

    private static string? Value(List<(string Name, string? Value)> fields, string name) => fields.Find(field => field.Name == name).Value;

    private static string Checked(string name) => Secrets.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        ? throw new ArgumentException($"'{name}' is called as secrets are, and none may stand in the audit log.")
        : char.ToLowerInvariant(name[0]) + name[1..];

    private static string? Text(object? value)
    {
        var text = value switch
        {
            null => null,
            string words => words,
            bool yes => yes ? "yes" : "no",
            DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        return string.IsNullOrEmpty(text) ? null : Cut(text, AuditLimits.Value);
    }
}

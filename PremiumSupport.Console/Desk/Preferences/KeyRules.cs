namespace PremiumSupport.Desk.Preferences;

/// <summary>Which key does what for one person: pure (WCAG 2.1.4).</summary>
public static class KeyRules
{
    /// <summary>Keys that the browser or the product needs as they are.</summary>
    private static readonly string[] Reserved = ["Enter", "Esc", "Escape", "Tab", " ", "Space", "?", "g"];

    /// <summary>The key of a command for a person who has those of their own; empty for none.</summary>
    public static string KeyOf(string command, IReadOnlyList<OwnKey> own) => own.FirstOrDefault(key => key.Command == command)?.Key ?? command;

    /// <summary>Puts a command under a key. Refused in a sentence where the key is another command's, is needed as it is, or is no single key or pair with g.</summary>
    public static (IReadOnlyList<OwnKey> Keys, string? No) Change(IReadOnlyList<OwnKey> own, string command, string key)
    {
        if (KeyCommands.All.FirstOrDefault(known => known.Key == command) is not { } known)
        {
            return (own, "There is no such command.");
        }

        if (key.Length > 0 && Check(key) is { } no)
        {
            return (own, no);
        }

        return key.Length > 0 && Holder(own, key, command) is { } other
            ? (own, $"{Said(key)} is already for “{other.Name}”. Give that another key first.")
            : (With(own, known.Key, key), null);
    }

    /// <summary>Gives a command, or with null all, the key that everybody has. Refused where one of the person's own is in its way.</summary>
    public static (IReadOnlyList<OwnKey> Keys, string? No) Reset(IReadOnlyList<OwnKey> own, string? command) =>
        command is null ? ([], null)
        : Holder(own, command, command) is { } other ? (own, $"{Said(command)} is now for “{other.Name}”. Give that another key first, or reset all.")
        : ([.. own.Where(key => key.Command != command)], null);

    /// <summary>A key as people say it: "Shift+A", "G then Q".</summary>
    public static string Said(string key) => key switch
    {
        ['g', ' ', .. var second] => $"G then {second.ToUpperInvariant()}",
        ['S', 'h', 'i', 'f', 't', '+', .. var letter] => $"Shift+{letter.ToUpperInvariant()}",
        _ => key.ToUpperInvariant(),
    };

    private static string? Check(string key) =>
        Reserved.Contains(key) ? $"{Said(key)} is needed as it is. Choose another key."
        : key is ['g', ' ', not ' '] || (key.StartsWith("Shift+", StringComparison.Ordinal) && key is [.., >= 'a' and <= 'z'] && key.Length == 7) || (key.Length == 1 && !char.IsControl(key[0]) && !char.IsSurrogate(key[0])) ? null
        : "Choose a letter, a digit or a sign, one of them with Shift, or two with G first.";

    private static KeyCommand? Holder(IReadOnlyList<OwnKey> own, string key, string besides) => KeyCommands.All.FirstOrDefault(other => other.Key != besides && KeyOf(other.Key, own) == key);

    private static List<OwnKey> With(IReadOnlyList<OwnKey> own, string command, string key) =>
        [.. own.Where(other => other.Command != command), .. key == command ? Array.Empty<OwnKey>() : [new(command, key)]];
}

namespace PremiumSupport.Desk.Preferences;

/// <summary>A command that a key does, somewhere in the console.</summary>
/// <param name="Key">The key it has by itself, which is also its name in markup (<c>data-key</c>).</param>
/// <param name="Name">What it does, for everybody who looks for its key.</param>
public sealed record KeyCommand(string Key, string Name);

/// <summary>The commands whose keys can be changed.</summary>
public static class KeyCommands
{
    /// <summary>In the order in which a day needs them. A command of another meaning on another page shares its key.</summary>
    public static IReadOnlyList<KeyCommand> All { get; } =
    [
        new("n", "Claim the most urgent ticket and open it"), new("Shift+n", "Skip the next one, or give this one back, with a reason"), new("j", "Down the list"), new("k", "Up the list"),
        new("x", "Select the ticket"), new("Shift+x", "Select all from the last selected one"), new("/", "Search or filter the list"), new("f", "Narrow the list"), new("u", "Show what changed"),
        new("w", "Why this deadline: every promise, its reasons and its times"), new("r", "Reply"), new("i", "Note"), new("m", "Insert a macro"), new("a", "Assign"), new("Shift+a", "Take this ticket"),
        new("s", "Change the status"), new("e", "Solve"), new("h", "Put the ticket away for a while"), new("l", "Change the tags"), new("z", "Undo"), new(".", "Copy the ticket number"), new("c", "Call the customer"), new("Shift+c", "Log a call to us"),
        new("1", "The call: reached"), new("2", "The call: no answer"), new("3", "The call: busy"), new("4", "The call: voicemail"), new("5", "The call: wrong number"),
        new("g q", "Go to the queue"), new("g m", "Go to my tickets"), new("g d", "Go to the dashboard"), new("g w", "Go to the wallboard"),
    ];
}

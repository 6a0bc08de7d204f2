using System.Text.RegularExpressions;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Preferences;

/// <summary>Keys of one's own (WCAG 2.1.4).</summary>
public sealed partial class KeyRulesTests
{
    [Fact]
    public void A_command_moves_to_a_free_key_and_back()
    {
        var (keys, no) = KeyRules.Change([], "e", "y");
        Assert.Null(no);
        Assert.Equal([new("e", "y")], keys);
        Assert.Equal("y", KeyRules.KeyOf("e", keys));
        Assert.Equal("a", KeyRules.KeyOf("a", keys));
        Assert.Empty(KeyRules.Change(keys, "e", "e").Keys);
        Assert.Empty(KeyRules.Reset(keys, "e").Keys);
        Assert.Empty(KeyRules.Reset(keys, null).Keys);
    }

    [Fact]
    public void A_key_that_does_something_already_is_refused_by_what_it_does()
    {
        var (keys, no) = KeyRules.Change([], "e", "s");
        Assert.Empty(keys);
        Assert.Equal("S is already for “Change the status”. Give that another key first.", no);

        // What has given its key away no longer holds it; then it cannot simply have it back.
        var moved = KeyRules.Change([], "s", "y").Keys;
        var both = KeyRules.Change(moved, "e", "s");
        Assert.Null(both.No);
        Assert.Equal("S is now for “Solve”. Give that another key first, or reset all.", KeyRules.Reset(both.Keys, "s").No);
        Assert.Contains("“Change the status”", KeyRules.Change(both.Keys, "n", "y").No, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_can_have_none()
    {
        var (keys, no) = KeyRules.Change([], "e", "");
        Assert.Null(no);
        Assert.Equal("", KeyRules.KeyOf("e", keys));
        Assert.Null(KeyRules.Change(keys, "s", "e").No);
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData("Esc")]
    [InlineData("?")]
    [InlineData("g")]
    [InlineData(" ")]
    [InlineData("Ctrl+s")]
    [InlineData("F5")]
    [InlineData("Shift+1")]
    [InlineData("g gg")]
    [InlineData("yy")]
    public void What_cannot_be_a_key_is_refused(string key) => Assert.NotNull(KeyRules.Change([], "e", key).No);

    [Theory]
    [InlineData("Shift+e")]
    [InlineData("7")]
    [InlineData("ö")]
    [InlineData("+")]
    [InlineData("g e")]
    public void What_can_be_one_is_taken(string key) => Assert.Null(KeyRules.Change([], "e", key).No);

    [Fact]
    public void An_unknown_command_is_refused() => Assert.NotNull(KeyRules.Change([], "Ctrl+k", "y").No);

    [Fact]
    public void No_two_commands_have_one_key() => Assert.Equal(KeyCommands.All.Count, KeyCommands.All.Select(command => command.Key).Distinct().Count());

    [Fact]
    public void Every_key_in_the_markup_is_a_command_that_can_be_moved()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "PremiumSupport.Console", "Screens"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => KeyAttribute().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("n", used);
        Assert.Subset(new HashSet<string>(KeyCommands.All.Select(command => command.Key).Append("Esc")), used);
    }

    [GeneratedRegex("data-key=\"([^\"@]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex KeyAttribute();
}

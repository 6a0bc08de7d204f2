using PremiumSupport.Desk.Tickets.Macros;

namespace PremiumSupport.Tests.Desk.Tickets.Macros;

/// <summary>Variables are filled in, what is missing stays for its author to see, and a customer's own words are never a variable.</summary>
public sealed class MacroTextTests
{
    private static readonly Dictionary<string, string> Values = new() { ["requester.first_name"] = "Sofia", ["account.name"] = "", ["ticket.subject"] = "{{cursor}} {{agent.name}}" };

    [Theory]
    [InlineData("Hello {{requester.first_name}}!", "Hello Sofia!", 12)]
    [InlineData("Hello {{ requester.first_name | default: \"there\" }}!", "Hello Sofia!", 12)]
    [InlineData("At {{account.name | default: \"your company\"}}", "At your company", 15)]
    [InlineData("At {{account.name}}", "At {{account.name}}", 19)]
    [InlineData("Hi {{requester.first_name}}, {{cursor}} bye", "Hi Sofia,  bye", 10)]
    [InlineData("About {{ticket.subject}}: {{cursor}}.", "About {{cursor}} {{agent.name}}: .", 33)]
    [InlineData("", "", 0)]
    public void It_is_filled_in_and_says_where_one_goes_on(string text, string filled, int cursor) => Assert.Equal(new FilledMacro(filled, cursor), MacroText.Fill(text, Values));

    [Theory]
    [InlineData("{{requester.nam}}", "requester.nam")]
    [InlineData("{{ }}", "no variable")]
    [InlineData("{{requester.name | upcase}}", "no variable")]
    [InlineData("{{cursor}} and {{cursor}}", "one place")]
    public void What_nobody_can_fill_in_is_refused_in_words(string text, string said) => Assert.Contains(said, MacroText.Problem(text), StringComparison.Ordinal);

    [Fact]
    public void Every_variable_has_a_value_but_the_cursor_and_braces_alone_are_words()
    {
        Assert.Null(MacroText.Problem(string.Concat(MacroText.Variables.Keys.Select(name => $"{{{{{name}}}}}"))));
        Assert.Null(MacroText.Problem("{ } {{ unfinished"));
        Assert.NotNull(MacroText.Problem(new string('x', MacroText.LongestText + 1)));
    }
}

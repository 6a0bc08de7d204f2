using PremiumSupport.Desk.Tickets.Tags;

namespace PremiumSupport.Tests.Desk.Tickets.Tags;

/// <summary>Tags are short words in lower case, each once.</summary>
public sealed class TagRulesTests
{
    [Fact]
    public void They_are_added_and_taken_away_whatever_the_letter_case() =>
        Assert.Equal(["sso", "billing"], TagRules.Change(["sso", "old"], [" Billing ", "SSO", ""], ["OLD"]).Value);

    [Fact]
    public void Too_many_and_too_long_ones_are_refused_in_words()
    {
        Assert.True(TagRules.Change([], Enumerable.Range(0, TagRules.Most).Select(n => $"t{n}"), []).IsDone);
        Assert.Equal(["tags"], TagRules.Change([], Enumerable.Range(0, TagRules.Most + 1).Select(n => $"t{n}"), []).Refusal!.Errors.Keys);
        Assert.Equal(["tags"], TagRules.Change([], [new string('x', TagRules.Longest + 1)], []).Refusal!.Errors.Keys);
        Assert.True(TagRules.Change([], [new string('x', TagRules.Longest)], []).IsDone);
    }
}

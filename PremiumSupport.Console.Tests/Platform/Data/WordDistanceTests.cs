using CsCheck;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Platform.Data;

public sealed class WordDistanceTests
{
    [Theory]
    [InlineData("certificate", "certificate", 0)]
    [InlineData("certifcate", "certificate", 1)]
    [InlineData("certificcate", "certificate", 1)]
    [InlineData("certifigate", "certificate", 1)]
    [InlineData("cretificate", "certificate", 1)]
    [InlineData("sertifikate", "certificate", 2)]
    [InlineData("", "abc", 3)]
    public void Slips_are_letters_too_many_missing_other_or_swapped(string typed, string meant, int slips) => Assert.Equal(slips, WordDistance.Between(typed, meant));

    [Fact]
    public void A_beginning_costs_nothing_for_what_is_not_typed_yet()
    {
        Assert.Equal(0, WordDistance.Between("cert", "certificate", isBeginning: true));
        Assert.Equal(1, WordDistance.Between("cetri", "certificate", isBeginning: true));
    }

    [Fact]
    public void Slips_are_the_same_both_ways_and_none_only_for_the_same_word() => Gen.Select(Gen.String[Gen.Char["abcd"], 0, 8], Gen.String[Gen.Char["abcd"], 0, 8]).Sample((one, other) =>
    {
        Assert.Equal(WordDistance.Between(one, other), WordDistance.Between(other, one));
        Assert.Equal(one == other, WordDistance.Between(one, other) == 0);
        Assert.InRange(WordDistance.Between(one, other), Math.Abs(one.Length - other.Length), Math.Max(one.Length, other.Length));
    });

    [Fact]
    public void The_nearest_come_and_no_more_than_three() =>
        Assert.Equal([new("bats", 1), new("cats", 1), new("hats", 1)], WordDistance.Nearest("zats", ["rats", "cats", "bats", "hats", "zoos"], isBeginning: false));
}

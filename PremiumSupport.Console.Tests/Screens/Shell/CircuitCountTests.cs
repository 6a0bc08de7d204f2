using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Screens.Shell.Circuits;

namespace PremiumSupport.Tests.Screens.Shell;

/// <summary>Who has a place and who has none.</summary>
public sealed class CircuitCountTests
{
    private static readonly Guid Mara = Guid.NewGuid();
    private static readonly Guid Ana = Guid.NewGuid();

    private readonly CircuitCount _count = new(new() { PerPerson = 2, PerNode = 3 }, new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    [Fact]
    public void One_person_has_so_many_and_others_have_theirs()
    {
        Assert.Null(_count.Enter(Mara));
        Assert.Null(_count.Enter(Mara));
        Assert.Equal(CircuitRefusal.Person, _count.Look(Mara));
        Assert.Equal(CircuitRefusal.Person, _count.Enter(Mara));
        Assert.Equal(2, _count.All);
        Assert.Null(_count.Enter(Ana));
        Assert.Equal(CircuitRefusal.Node, _count.Enter(Ana));
    }

    [Fact]
    public void What_waits_for_its_line_keeps_nobody_from_a_new_page_and_comes_back_all_the_same()
    {
        _count.Enter(Mara);
        _count.Enter(Mara);
        _count.Turn(Mara, isUp: false);
        Assert.Null(_count.Enter(Mara));
        // The first one's line is back: three, and no fourth.
        _count.Turn(Mara, isUp: true);
        Assert.Equal(3, _count.All);
        _count.Turn(Mara, isUp: false);
        _count.Leave();
        Assert.Equal(CircuitRefusal.Person, _count.Look(Mara));
        _count.Turn(Mara, isUp: false);
        _count.Leave();
        Assert.Null(_count.Look(Mara));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1000001")]
    public void A_limit_that_is_none_stops_the_start_and_names_its_key(string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Circuits:PerNode", text)]).Build();
        Assert.Contains("Circuits:PerNode", Assert.Throws<InvalidOperationException>(() => CircuitLimits.Read(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_there_are_twenty_and_two_thousand() => Assert.Equal(new CircuitLimits { PerPerson = 20, PerNode = 2_000 }, CircuitLimits.Read(new ConfigurationBuilder().Build()));
}

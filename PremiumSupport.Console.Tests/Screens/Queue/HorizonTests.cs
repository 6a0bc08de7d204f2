using PremiumSupport.Screens.Queue;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>The ruler gets the next hour and no more.</summary>
public sealed class HorizonTests
{
    [Fact]
    public void It_counts_what_is_long_overdue_and_leaves_out_what_is_far()
    {
        var said = Horizon.Of([Row(1, -40), Row(2, -5), Row(3, 20), Row(4, 90), Row(5, null)], Now);
        Assert.Equal($"+1 2:{Now.AddMinutes(-5).ToUnixTimeSeconds()}:{Now.AddMinutes(-20).ToUnixTimeSeconds()}:g 3:{Now.AddMinutes(20).ToUnixTimeSeconds()}:{Now.AddMinutes(5).ToUnixTimeSeconds()}:g", said);
    }
}

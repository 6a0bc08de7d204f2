using PremiumSupport.Screens.Queue;
using PremiumSupport.Sla;
using static PremiumSupport.Tests.Screens.Rows;

namespace PremiumSupport.Tests.Screens.Queue;

/// <summary>What narrows a view and how the address says it.</summary>
public sealed class QueueFilterTests
{
    [Theory]
    [InlineData("1198", 1198)]
    [InlineData("#1198", 1198)]
    [InlineData("consent api", 1207)]
    [InlineData("GLOBEX", 1207)]
    public void Words_find_number_subject_and_account(string text, long found)
    {
        var rows = new[] { Row(1198), Row(1207, subject: "Consent not written by the form API", account: "globex") };
        Assert.Equal([found], new QueueFilter(text, null, false).Apply(rows).Select(row => row.Number));
    }

    [Fact]
    public void Super_Admins_alone()
    {
        var rows = new[] { Row(1), Row(2, role: RequesterRole.SuperAdmin) };
        Assert.Equal([2L], new QueueFilter(null, null, true).Apply(rows).Select(row => row.Number));
    }

    [Fact]
    public void The_address_keeps_it_escaped()
    {
        Assert.Equal("", new QueueFilter(" ", null, false).ToQuery());
        Assert.Equal("?q=a%26b&account=acme&role=super-admin", new QueueFilter("a&b", "acme", true).ToQuery());
    }
}

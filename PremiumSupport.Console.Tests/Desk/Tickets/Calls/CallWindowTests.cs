using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Tickets.Calls;

/// <summary>Wall clocks of customers as instants, and when to try again.</summary>
public sealed class CallWindowTests
{
    [Theory]
    [InlineData("2026-01-13T14:00", "2026-01-13T16:00", "Europe/Berlin", "2026-01-13 13:00", "2026-01-13 15:00")]
    [InlineData("2026-01-13T14:00", "2026-01-13T16:00", "America/New_York", "2026-01-13 19:00", "2026-01-13 21:00")]
    [InlineData("2026-01-13T23:30", "2026-01-14T00:30", "Asia/Kolkata", "2026-01-13 18:00", "2026-01-13 19:00")]
    // 02:30 does not exist on that day: the first instant after the gap.
    [InlineData("2026-03-29T02:30", "2026-03-29T04:00", "Europe/Berlin", "2026-03-29 01:00", "2026-03-29 02:00")]
    // 02:30 exists twice on that day: the earlier.
    [InlineData("2026-10-25T02:30", "2026-10-25T03:30", "Europe/Berlin", "2026-10-25 00:30", "2026-10-25 02:30")]
    public void A_wall_clock_is_read_in_its_own_zone(string from, string to, string zone, string start, string end)
    {
        var window = CallWindow.Read(new(from, to, zone), Given.At(start).AddDays(-2)).Value!;
        Assert.Equal((Given.At(start), Given.At(end), zone), (window.From, window.To, window.Zone));
        Assert.True(window.Holds(window.From));
        Assert.False(window.Holds(window.To));
    }

    [Theory]
    [InlineData(null, null, "Mars/Olympus", "IANA")]
    [InlineData("2026-01-13T14:00", null, "Europe/Berlin", "from when until when")]
    [InlineData("14:00", "16:00", "Europe/Berlin", "from when until when")]
    [InlineData("0001-01-01T00:00", "9999-12-31T23:59", "Europe/Berlin", "from when until when")]
    [InlineData("2026-01-13T14:00", "2026-01-13T16:00", null, "IANA")]
    [InlineData("2026-01-12T14:00", "2026-01-12T16:00", "Europe/Berlin", "has passed")]
    [InlineData("2026-02-13T14:00", "2026-02-13T16:00", "Europe/Berlin", "14 days")]
    [InlineData("2026-01-14T14:00", "2026-01-14T14:14", "Europe/Berlin", "15 minutes")]
    [InlineData("2026-01-14T14:00", "2026-01-14T12:00", "Europe/Berlin", "after the beginning")]
    [InlineData("2026-01-14T14:00", "2026-01-16T14:00", "Europe/Berlin", "a day")]
    public void What_cannot_be_kept_is_refused_with_a_sentence(string? from, string? to, string? zone, string says)
    {
        var refusal = CallWindow.Read(new(from, to, zone), Given.At("2026-01-13 09:00")).Refusal!;
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("callWindow", refusal.Errors.Keys);
    }

    [Fact]
    public void As_soon_as_possible_is_no_window()
    {
        var now = Given.At("2026-01-13 09:00");
        Assert.Equal((null, null), (CallWindow.Read(null, now).Value, CallWindow.Read(null, now).Refusal));
        Assert.Equal((null, null), (CallWindow.Read(new(null, null, "Europe/Berlin"), now).Value, CallWindow.Read(new(null, null, "Europe/Berlin"), now).Refusal));
    }

    [Fact]
    public void The_pauses_come_one_after_the_other_the_last_again_and_then_no_more()
    {
        var rules = new PhoneRules { Attempts = 4, PauseMinutes = [15, 60] };
        var now = Given.At("2026-01-13 09:00");
        Assert.Equal([15, 60, 60], Enumerable.Range(1, 3).Select(attempt => (int)(CallPlan.Next(rules, attempt, null, "Etc/UTC", now)!.Value - now).TotalMinutes));
        Assert.Null(CallPlan.Next(rules, 4, null, "Etc/UTC", now));
    }

    [Fact]
    public void The_next_try_keeps_to_the_hours_that_were_named_also_on_the_day_after_the_clocks_were_turned()
    {
        var window = CallWindow.Read(new("2026-03-28T14:00", "2026-03-28T15:00", "Europe/Berlin"), Given.At("2026-03-27 09:00")).Value!;
        var rules = new PhoneRules { Attempts = 5, PauseMinutes = [30] };
        Assert.Equal(Given.At("2026-03-28 13:40"), CallPlan.Next(rules, 1, window, window.Zone, Given.At("2026-03-28 13:10")));
        // Past its end: the next day at the same time on their wall, which is an hour less in UTC.
        Assert.Equal(Given.At("2026-03-29 12:00"), CallPlan.Next(rules, 1, window, window.Zone, Given.At("2026-03-28 13:45")));
        // Before its beginning: then.
        Assert.Equal(window.From, CallPlan.Next(rules, 1, window, window.Zone, Given.At("2026-03-28 09:00")));
    }

    [Theory]
    [InlineData("+16175550177", null)]
    [InlineData("+19005550123", "premium")]
    [InlineData("+448431234567", "premium")]
    [InlineData("+4930901820", "country")]
    [InlineData("+16175559999", "premium")]
    public void Numbers_are_refused_by_kind_country_and_beginning(string number, string? says)
    {
        var rules = new PhoneRules { Countries = number.StartsWith("+4930", StringComparison.Ordinal) ? ["US", "GB"] : [], BlockedPrefixes = ["+161755599"] };
        var obstacle = rules.Obstacle(number);
        Assert.True(says is null ? obstacle is null : obstacle!.Contains(says, StringComparison.Ordinal), obstacle);
    }

    [Fact]
    public void Wrong_settings_are_named_by_field()
    {
        var problems = new PhoneRules { Attempts = 0, PauseMinutes = [], Countries = ["Atlantis"], BlockedPrefixes = ["0900"], Link = CallLink.Sip, SipHost = "not a host" }.Problems().Select(problem => problem.Field);
        Assert.Equal(["attempts", "pauseMinutes", "countries", "blockedPrefixes", "sipHost"], problems);
        Assert.Empty(new PhoneRules().Problems());
    }
}

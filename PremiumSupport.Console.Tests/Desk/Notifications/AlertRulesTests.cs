using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Notifications;

/// <summary>How somebody is told: what they chose, less what time and place take away.</summary>
public sealed class AlertRulesTests
{
    private const AlertMeans Loud = AlertMeans.Toast | AlertMeans.Sound | AlertMeans.Desktop;
    private static readonly DateTimeOffset Noon = Given.At("2026-01-14 11:00:00");
    private static readonly QuietHours Now = new("Europe/Berlin", new(11, 0), new(13, 0), Enum.GetValues<DayOfWeek>());

    [Theory]
    [InlineData(AlertEvent.AtRisk, Loud | AlertMeans.Mail)]
    [InlineData(AlertEvent.Breached, Loud | AlertMeans.Mail)]
    [InlineData(AlertEvent.Nudge, Loud)]
    [InlineData(AlertEvent.Mention, Loud)]
    [InlineData(AlertEvent.Assigned, Loud)]
    [InlineData(AlertEvent.CustomerReply, Loud)]
    [InlineData(AlertEvent.NewUnassigned, AlertMeans.None)]
    public void Who_chose_nothing_is_told_of_what_concerns_them(AlertEvent what, AlertMeans means) => Assert.Equal(means, Told(what));

    [Fact]
    public void Each_event_has_switches_of_its_own()
    {
        foreach (var what in Enum.GetValues<AlertEvent>())
        {
            foreach (var means in Enumerable.Range(0, 16).Select(bits => (AlertMeans)bits))
            {
                var chosen = StaffPreferences.None with { Alerts = [new(what, means)] };
                Assert.Equal(means, Told(what, preferences: chosen));
                Assert.All(Enum.GetValues<AlertEvent>().Where(other => other != what), other => Assert.Equal(StaffPreferences.Usual(other), Told(other, preferences: chosen)));
            }
        }
    }

    [Fact]
    public void In_quiet_hours_only_the_card_is_left_and_only_where_it_was_chosen()
    {
        var quiet = StaffPreferences.None with { Quiet = Now };
        Assert.Equal(AlertMeans.Toast, Told(AlertEvent.Breached, preferences: quiet));
        Assert.Equal(AlertMeans.None, Told(AlertEvent.Breached, preferences: quiet with { Alerts = [new(AlertEvent.Breached, AlertMeans.Sound | AlertMeans.Mail)] }));
        Assert.Equal(Loud | AlertMeans.Mail, AlertRules.Told(new(AlertEvent.Breached, Noon.AddHours(1)), quiet, Noon.AddHours(1)));
    }

    [Fact]
    public void Outside_the_hours_of_a_target_nobody_is_called() => Assert.Equal(AlertMeans.None, AlertRules.Told(new(AlertEvent.Breached, Noon, IsOutsideHours: true), StaffPreferences.None, Noon));

    [Fact]
    public void What_is_no_longer_fresh_does_not_sound()
    {
        var at = Noon - AlertRules.Fresh;
        Assert.Equal(Loud | AlertMeans.Mail, AlertRules.Told(new(AlertEvent.AtRisk, at), StaffPreferences.None, Noon));
        Assert.Equal(AlertMeans.Toast | AlertMeans.Mail, AlertRules.Told(new(AlertEvent.AtRisk, at.AddMilliseconds(-1)), StaffPreferences.None, Noon));
    }

    [Fact]
    public void What_the_window_shows_makes_no_card() => Assert.Equal(AlertMeans.Sound | AlertMeans.Desktop, AlertRules.Told(new(AlertEvent.CustomerReply, Noon, IsBeforeEyes: true), StaffPreferences.None, Noon));

    // Office hours of the default policy end at 17:00 in Berlin; what falls due then is told for five minutes more.
    [Theory]
    [InlineData("2026-01-14 15:59:00", false)]
    [InlineData("2026-01-14 16:04:59", false)]
    [InlineData("2026-01-14 16:05:01", true)]
    [InlineData("2026-01-17 11:00:00", true)]
    public void A_target_has_the_hours_of_its_calendar(string at, bool isOutside)
    {
        var calendar = Given.Office("Europe/Berlin", "09:00-17:00");
        var policy = Given.Policy() with { Calendars = [calendar] };
        Assert.Equal(isOutside, policy.IsOutside(calendar.Key, Given.At(at)));
        Assert.False(policy.IsOutside(null, Given.At(at)));
        Assert.False(policy.IsOutside("gone", Given.At(at)));
    }

    private static AlertMeans Told(AlertEvent what, StaffPreferences? preferences = null) => AlertRules.Told(new(what, Noon), preferences ?? StaffPreferences.None, Noon);
}

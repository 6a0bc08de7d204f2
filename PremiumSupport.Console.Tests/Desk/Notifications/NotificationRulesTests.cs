using PremiumSupport.Desk.Notifications;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk.Notifications;

/// <summary>Who is told of what, as a table.</summary>
public sealed class NotificationRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Sam = Guid.NewGuid();
    private static readonly Guid Lea = Guid.NewGuid();
    private static readonly Guid Leo = Guid.NewGuid();
    private static readonly Guid[] Leads = [Lea, Leo];

    [Theory]
    [InlineData("50%", false)]
    [InlineData("75%", true)]
    [InlineData("90%", true)]
    [InlineData("-00:05:00", true)]
    [InlineData("-00:40:00", true)]
    [InlineData("breach", true)]
    public void Warnings_are_told_from_at_risk_on_and_minutes_before_the_end_always(string step, bool isTold) => Assert.Equal(isTold, NotificationRules.IsTold(Flag(step)));

    [Theory]
    [InlineData("75%", false, "Sam")]
    [InlineData("-00:05:00", false, "Sam")]
    [InlineData("-00:05:00", true, "Sam Lea Leo")]
    [InlineData("breach", false, "Sam Lea Leo")]
    [InlineData("50%", true, "")]
    public void Somebodys_ticket_is_theirs_first_and_the_leads_when_it_is_missed_or_unheard(string step, bool isUnheard, string told) =>
        Assert.Equal(told, Told([Flag(step)], Sam, isUnheard));

    [Theory]
    [InlineData("75%", "Lea Leo")]
    [InlineData("breach", "Lea Leo")]
    public void Nobodys_ticket_goes_to_the_leads_at_once(string step, string told) => Assert.Equal(told, Told([Flag(step)], null, false));

    [Fact]
    public void A_lead_who_looks_after_it_is_told_once() => Assert.Equal("Lea Leo", Told([Flag("breach")], Lea, false));

    [Fact]
    public void Of_several_flags_of_one_promise_at_once_the_gravest_is_told()
    {
        var notices = NotificationRules.Tell([Flag("breach"), Flag("50%"), Flag("-00:05:00"), Flag("75%")], Sam, [], (_, _) => false);
        Assert.Equal("breach", Assert.Single(notices).Flag.Step);
    }

    [Fact]
    public void Two_promises_are_told_apart()
    {
        var notices = NotificationRules.Tell([Flag("75%"), Flag("75%") with { Metric = Metric.Callback }], Sam, Leads, (metric, _) => metric == Metric.Callback);
        Assert.Equal([(Metric.FirstResponse, Sam), (Metric.Callback, Sam), (Metric.Callback, Lea), (Metric.Callback, Leo)], notices.Select(notice => (notice.Flag.Metric, notice.RecipientId)));
    }

    [Fact]
    public void What_reached_the_leads_is_not_left_to_be_escalated()
    {
        Assert.False(Assert.Single(NotificationRules.Tell([Flag("75%")], Sam, Leads, (_, _) => false)).IsEscalated);
        Assert.All(NotificationRules.Tell([Flag("breach")], Sam, Leads, (_, _) => false), notice => Assert.True(notice.IsEscalated));
    }

    [Fact]
    public void Who_takes_a_ticket_knows_who_is_given_it_is_told_and_what_is_left_to_nobody_goes_to_the_leads()
    {
        Assert.Empty(NotificationRules.HandOver([Flag("75%")], Sam, Sam, Leads));
        Assert.Equal((Sam, NotificationAudience.Assignee, false), Single(NotificationRules.HandOver([Flag("75%")], Sam, Lea, Leads)));
        Assert.Equal((Sam, NotificationAudience.Assignee, true), Single(NotificationRules.HandOver([Flag("breach")], Sam, Lea, Leads)));
        Assert.Equal(Leads, NotificationRules.HandOver([Flag("75%")], null, Sam, Leads).Select(notice => notice.RecipientId));
    }

    private static (Guid, NotificationAudience, bool) Single(IReadOnlyList<Notice> notices) => (Assert.Single(notices).RecipientId, notices[0].Audience, notices[0].IsEscalated);

    private static string Told(FlagNotice[] flags, Guid? assignee, bool isUnheard) => string.Join(' ', NotificationRules.Tell(flags, assignee, Leads, (_, _) => isUnheard)
        .Select(notice => notice.RecipientId == Sam ? "Sam" : notice.RecipientId == Lea ? "Lea" : "Leo"));

    /// <summary>A flag of a promise of one hour.</summary>
    private static FlagNotice Flag(string step) => new(
        Metric.FirstResponse, 1, step,
        Start + (step == "breach" ? TimeSpan.FromHours(1) : step[0] == '-' ? TimeSpan.FromHours(1) - TimeSpan.Parse(step[1..], System.Globalization.CultureInfo.InvariantCulture)
            : TimeSpan.FromHours(1) * int.Parse(step[..^1], System.Globalization.CultureInfo.InvariantCulture) / 100),
        Start.AddMinutes(45), Start.AddHours(1));

    [Fact]
    public void Whom_the_policy_names_is_told_only_where_nobody_knows_and_never_twice()
    {
        var (assignee, lead, named, both) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal([named], NotificationRules.Named([(assignee, false), (lead, false), (both, false)], [named, both]));
        Assert.Empty(NotificationRules.Named([(assignee, true), (lead, false)], [named]));
        Assert.Empty(NotificationRules.Named([(assignee, false), (lead, true)], [named]));
        Assert.Empty(NotificationRules.Named([(lead, false)], []));
    }
}

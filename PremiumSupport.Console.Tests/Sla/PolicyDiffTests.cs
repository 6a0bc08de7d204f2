using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>What an edit changes, in words, and what a policy would promise whom (rule 10).</summary>
public class PolicyDiffTests
{
    private static readonly SlaPolicy Before = Policy(Holiday("2026-12-25", "Christmas Day"));

    [Fact]
    public void Nothing_differs_from_itself_whatever_its_number() => Assert.Empty(PolicyDiff.Between(Before, Before with { Version = 7, Note = "Other words" }));

    [Fact]
    public void A_shorter_target_is_said_with_the_one_it_replaces()
    {
        var change = Assert.Single(PolicyDiff.Between(Before, With(0, rule => rule with { Target = PromiseTarget.Of(TimeSpan.FromMinutes(20)), Commitment = Commitment.Target })));

        Assert.Equal((PolicyChangeKind.Changed, "Email form, Super Admin, business critical, first response"), (change.Kind, change.Subject));
        Assert.Equal("20 minutes instead of 30 minutes; a target instead of guaranteed", change.Words);
    }

    [Fact]
    public void Clock_and_warnings_are_said()
    {
        var change = Assert.Single(PolicyDiff.Between(Before, With(0, rule => rule with { Calendar = "office", Warnings = [WarningStep.At(60)] })));

        Assert.Equal("clock in the hours of office instead of 24 × 7; warnings at 60 % instead of at 50 %, at 75 %, 5 minutes before the end", change.Words);
    }

    [Fact]
    public void A_rule_of_a_plan_is_a_rule_of_its_own()
    {
        var after = Before with { Rules = [Before.Rules[0] with { Plan = "premium" }, .. Before.Rules] };

        var change = Assert.Single(PolicyDiff.Between(Before, after));
        Assert.Equal((PolicyChangeKind.Added, "Email form, Super Admin, business critical, plan premium, first response"), (change.Kind, change.Subject));
        Assert.StartsWith("place 1: first response within 30 minutes 24 × 7, guaranteed", change.Words, StringComparison.Ordinal);
        Assert.Equal(PolicyChangeKind.Removed, Assert.Single(PolicyDiff.Between(after, Before)).Kind);
    }

    [Fact]
    public void A_rule_that_moved_is_said_once_and_those_that_made_room_are_not()
    {
        var change = Assert.Single(PolicyDiff.Between(Before, Before with { Rules = [Before.Rules[5], .. Before.Rules.Take(5)] }));

        Assert.Equal((PolicyChangeKind.Moved, "Chat, anybody, first response", "matched at place 1 instead of 6"), (change.Kind, change.Subject, change.Words));
    }

    [Fact]
    public void Hours_days_and_zone_of_a_calendar_are_said()
    {
        var after = Before with { Calendars = [new("office", "Europe/Paris", new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>>(Before.Calendars[0].Week) { [DayOfWeek.Friday] = Spans("09:00-12:00 13:00-24:00") }, [ShortDay("2026-12-25", "09:00-12:00"), Holiday("2027-01-01", "New Year")])] };

        Assert.Equal(
            [
                "zone Europe/Paris instead of Europe/Berlin",
                "Fridays 09:00 to 12:00 and 13:00 to 24:00 instead of 09:00 to 17:00",
                "Fri 25 Dec 2026 Short day, 09:00 to 12:00 instead of shut (Christmas Day)",
                "new: Fri 1 Jan 2027 New Year, shut",
            ],
            PolicyDiff.Between(Before, after).Select(change => change.Words));
    }

    [Fact]
    public void Calendars_come_and_go()
    {
        var after = Before with { Calendars = [new("late", "Asia/Tokyo", Before.Calendars[0].Week)] };

        Assert.Equal(
            [(PolicyChangeKind.Removed, "Calendar office", "Mon to Fri 09:00 to 17:00"), (PolicyChangeKind.Added, "Calendar late", "Mon to Fri 09:00 to 17:00, Asia/Tokyo")],
            PolicyDiff.Between(Before, after).Select(change => (change.Kind, change.Subject, change.Words)));
    }

    [Theory]
    [InlineData(Channel.Email, RequesterRole.SuperAdmin, Severity.BusinessCritical, 1, "2026-01-13 10:30")]
    [InlineData(Channel.Email, RequesterRole.SuperAdmin, Severity.Standard, 2, "2026-01-13 11:00")]
    [InlineData(Channel.Email, RequesterRole.User, Severity.Standard, 3, "2026-01-14 10:00")]
    [InlineData(Channel.Mailbox, RequesterRole.SuperAdmin, Severity.Standard, 4, "2026-01-14 10:00")]
    [InlineData(Channel.Phone, RequesterRole.User, Severity.Standard, 5, "2026-01-13 10:05")]
    [InlineData(Channel.Chat, RequesterRole.User, Severity.Standard, 6, "2026-01-13 10:02")]
    public void The_tester_says_which_rule_decides_and_until_when(Channel channel, RequesterRole role, Severity severity, int place, string due)
    {
        var reply = Assert.Single(PolicyTester.Ask(Before, new(channel, role, severity, null, At("2026-01-13 10:00"))));

        Assert.Equal((place, At(due)), (reply.Place, reply.Promise.DueAt));
        Assert.Equal([ExplanationKind.Policy, ExplanationKind.Clock, ExplanationKind.Due], reply.Why.Select(step => step.Kind));
    }

    [Fact]
    public void The_tester_knows_plans_and_every_metric()
    {
        var premium = Before.Rules[0] with { Plan = "premium", Target = PromiseTarget.Of(TimeSpan.FromMinutes(10)) };
        var policy = Before with { Rules = [Before.Rules[0] with { Metric = Metric.NextResponse }, premium, .. Before.Rules] };
        var replies = PolicyTester.Ask(policy, new(Channel.Email, RequesterRole.SuperAdmin, Severity.BusinessCritical, "premium", At("2026-01-13 10:00")));

        Assert.Equal([(Metric.FirstResponse, 2), (Metric.NextResponse, 1)], replies.Select(reply => (reply.Promise.Metric, reply.Place)));
        Assert.Equal(At("2026-01-13 10:10"), replies[0].Promise.DueAt);
    }

    [Fact]
    public void A_week_is_told_with_days_of_the_same_hours_together()
    {
        var week = Enumerable.Range(1, 4).ToDictionary(day => (DayOfWeek)day, _ => Spans("09:00-17:00"));
        (week[DayOfWeek.Friday], week[DayOfWeek.Sunday]) = (Spans("09:00-12:00"), Spans("09:00-12:00"));

        Assert.Equal("Mon to Thu 09:00 to 17:00, Fri 09:00 to 12:00, Sun 09:00 to 12:00", PolicyWords.WeekOf(new("office", "Etc/UTC", week)));
    }

    private static SlaPolicy With(int place, Func<PolicyRule, PolicyRule> change) => Before with { Rules = [.. Before.Rules.Select((rule, at) => at == place ? change(rule) : rule)] };
}

using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>The promise table and rule 10: what a policy version says.</summary>
public class PolicyTests
{
    [Theory]
    [InlineData(Channel.Email, RequesterRole.SuperAdmin, Severity.BusinessCritical, Metric.FirstResponse, Commitment.Guaranteed, "00:30:00", "24x7")]
    [InlineData(Channel.Email, RequesterRole.SuperAdmin, Severity.Standard, Metric.FirstResponse, Commitment.Guaranteed, "01:00:00", "24x7")]
    [InlineData(Channel.Email, RequesterRole.User, Severity.Standard, Metric.FirstResponse, Commitment.Target, null, "office")]
    [InlineData(Channel.Email, RequesterRole.User, Severity.BusinessCritical, Metric.FirstResponse, Commitment.Target, null, "office")]
    [InlineData(Channel.Mailbox, RequesterRole.User, Severity.Standard, Metric.FirstResponse, Commitment.Target, null, "office")]
    [InlineData(Channel.Mailbox, RequesterRole.SuperAdmin, Severity.BusinessCritical, Metric.FirstResponse, Commitment.Target, null, "office")]
    [InlineData(Channel.Phone, RequesterRole.User, Severity.Standard, Metric.Callback, Commitment.Target, "00:05:00", "24x7")]
    [InlineData(Channel.Phone, RequesterRole.SuperAdmin, Severity.Standard, Metric.Callback, Commitment.Target, "00:05:00", "24x7")]
    [InlineData(Channel.Chat, RequesterRole.User, Severity.Standard, Metric.FirstResponse, Commitment.Target, "00:02:00", "24x7")]
    [InlineData(Channel.Chat, RequesterRole.SuperAdmin, Severity.Standard, Metric.FirstResponse, Commitment.Target, "00:02:00", "24x7")]
    public void The_default_policy_is_the_promise_table(
        Channel channel, RequesterRole role, Severity severity, Metric metric, Commitment commitment, string? duration, string calendar)
    {
        var rule = Assert.Single(Policy().RulesFor(channel, role, severity));

        Assert.Equal((metric, commitment, calendar), (rule.Metric, rule.Commitment, rule.Calendar));
        Assert.Equal(duration is null ? PromiseTarget.OfBusinessDays(1) : PromiseTarget.Of(Long(duration)), rule.Target);
        Assert.True(rule.Target.IsValid);
        Assert.All(rule.Warnings, step => Assert.True(step.IsValid));
        Assert.Equal(["50%", "75%", "-00:05:00"], rule.Warnings.Select(step => step.Key));
    }

    [Fact]
    public void The_figures_of_the_default_policy_are_data()
    {
        var policy = DefaultPolicy.Create(
            new()
            {
                CriticalGuarantee = TimeSpan.FromMinutes(7), StandardGuarantee = TimeSpan.FromMinutes(11), CallbackTarget = TimeSpan.FromMinutes(13),
                ChatTarget = TimeSpan.FromMinutes(17), UserTargetBusinessDays = 19,
            },
            "Asia/Tokyo");

        Assert.Equal([7, 11, 13, 17], policy.Rules.Where(rule => rule.Target.Duration is not null).Select(rule => (int)rule.Target.Duration!.Value.TotalMinutes));
        Assert.All(policy.Rules.Where(rule => rule.Target.Duration is null), rule => Assert.Equal(19, rule.Target.BusinessDays));
        Assert.Equal("Asia/Tokyo", policy.CalendarOf(DefaultPolicy.OfficeCalendar).Zone);
    }

    [Fact]
    public void The_first_fitting_rule_from_the_top_decides_for_its_metric()
    {
        var first = Rule(PromiseTarget.Of(TimeSpan.FromMinutes(1)), "24x7");
        var second = Rule(PromiseTarget.Of(TimeSpan.FromMinutes(2)), "24x7");
        var callback = first with { Metric = Metric.Callback };
        var elsewhere = first with { Channel = Channel.Chat };
        var policy = new SlaPolicy(1, "", [elsewhere, first, second, callback], []);

        Assert.Equal([first, callback], policy.RulesFor(Channel.Email, RequesterRole.SuperAdmin, Severity.Standard));
        Assert.Empty(policy.RulesFor(Channel.Email, RequesterRole.User, Severity.Standard));
    }

    [Theory]
    [InlineData("premium", "00:01:00")]
    [InlineData("Premium", "00:01:00")]
    [InlineData("basic", "00:02:00")]
    [InlineData("", "00:02:00")]
    [InlineData(null, "00:02:00")]
    public void A_rule_of_a_plan_speaks_of_that_plan_alone_and_one_without_of_all(string? plan, string target)
    {
        var any = Rule(PromiseTarget.Of(TimeSpan.FromMinutes(2)), "24x7");
        var policy = new SlaPolicy(1, "", [any with { Plan = "premium", Target = PromiseTarget.Of(TimeSpan.FromMinutes(1)) }, any], []);

        Assert.Equal(Long(target), Assert.Single(policy.RulesFor(Channel.Email, RequesterRole.SuperAdmin, Severity.Standard, plan)).Target.Duration);
    }

    [Fact]
    public void Rule_6_a_next_response_is_not_promised_at_creation()
    {
        var rule = Rule(PromiseTarget.Of(TimeSpan.FromMinutes(1)), "24x7");
        var policy = new SlaPolicy(1, "", [rule, rule with { Metric = Metric.NextResponse }], []);

        Assert.Equal(Metric.FirstResponse, Assert.Single(PromiseClock.Promise(policy, Request("2026-01-13 10:00"))).Metric);
    }

    [Fact]
    public void A_policy_without_a_fitting_rule_promises_nothing() =>
        Assert.Empty(PromiseClock.Promise(new(1, "", [], []), Request("2026-01-13 10:00")));

    [Fact]
    public void Rule_10_a_promise_keeps_the_version_that_made_it()
    {
        var policy = Policy() with { Version = 7, AtRiskPercent = 50 };
        var obligation = Promised(Request("2026-01-13 10:00"), policy);

        Assert.Equal(7, obligation.PolicyVersion);
        Assert.Equal(At("2026-01-13 10:30"), obligation.AtRiskAt);
        Assert.Equal("7", LedgerFacts.Promised(obligation, Request("2026-01-13 10:00"), "").Data["policyVersion"]);
    }

    [Fact]
    public void A_calendar_that_the_policy_does_not_have_is_named()
    {
        Assert.Same(BusinessCalendar.AlwaysOpen, Policy().CalendarOf("24x7"));
        Assert.Contains("'night'", Assert.Throws<KeyNotFoundException>(() => Policy().CalendarOf("night")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:30:00", null, true)]
    [InlineData(null, 1, true)]
    [InlineData("00:30:00", 1, false)]
    [InlineData(null, null, false)]
    [InlineData("00:00:00", null, false)]
    [InlineData("-00:30:00", null, false)]
    [InlineData("00:00:00.0000001", null, false)]
    [InlineData(null, 0, false)]
    [InlineData(null, -1, false)]
    public void Rule_12_a_target_is_either_a_duration_or_business_days(string? duration, int? days, bool isValid) =>
        Assert.Equal(isValid, new PromiseTarget { Duration = duration is null ? null : Long(duration), BusinessDays = days }.IsValid);

    [Fact]
    public void A_target_that_is_neither_is_refused() =>
        Assert.Throws<ArgumentException>(() => PromiseClock.Promise(Policy(), Rule(new(), "24x7"), Request("2026-01-13 10:00")));
}

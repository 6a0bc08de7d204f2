using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Desk.Entitlements;

/// <summary>The text in which policies are stored, answered and hashed.</summary>
public class PolicyJsonTests
{
    private static readonly SlaPolicy Default = DefaultPolicy.Create(new(), "Europe/Berlin", [new(new(2026, 12, 25), "Christmas Day", []), new(new(2026, 12, 24), "Christmas Eve", [new(TimeSpan.FromHours(9), TimeSpan.FromHours(12))])]);

    [Fact]
    public void What_is_written_reads_back_as_the_same_text()
    {
        var text = PolicyJson.Write(Default with { Rules = [Default.Rules[0] with { Plan = "premium" }, .. Default.Rules] });

        Assert.Equal(text, PolicyJson.Write(PolicyJson.Read(text)));
        Assert.Equal("premium", PolicyJson.Read(text).Rules[0].Plan);
    }

    [Fact]
    public void A_plan_is_written_only_where_a_rule_has_one() => Assert.DoesNotContain("plan", PolicyJson.Write(Default), StringComparison.OrdinalIgnoreCase);
}

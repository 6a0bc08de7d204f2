using PremiumSupport.Sla;
using static PremiumSupport.Tests.Sla.Given;

namespace PremiumSupport.Tests.Sla;

/// <summary>Who may ask, and by which channels.</summary>
public class EntitlementTests
{
    private static readonly Channel[] All = [Channel.Email, Channel.Chat, Channel.Phone];

    [Theory]
    [InlineData(RequesterRole.SuperAdmin, ClientPlatform.Web, null, true)]
    [InlineData(RequesterRole.User, ClientPlatform.Web, null, false)]
    [InlineData(RequesterRole.SuperAdmin, ClientPlatform.MobileApp, RefusalReason.MobileApp, false)]
    [InlineData(RequesterRole.User, ClientPlatform.MobileApp, RefusalReason.MobileApp, false)]
    public void Role_and_platform_decide_what_is_offered(RequesterRole role, ClientPlatform platform, RefusalReason? reason, bool mayClaim)
    {
        var decision = Entitlement.Decide(Account("2026-01-01/2027-01-01", "2026-01-01/2027-01-01"), role, platform, Policy(), At("2026-06-01"));

        Assert.Equal((reason, mayClaim, reason is null), (decision.Reason, decision.MayClaimCritical, decision.IsOffered));
        Assert.Equal(reason is null ? All : [], decision.Channels);
    }

    [Theory]
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2027-01-01", "2026-01-01 00:00:00", "2027-01-01")] // the first instant is covered
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2027-01-01", "2026-12-31 23:59:59.999", "2027-01-01")]
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2027-01-01", "2027-01-01 00:00:00", null)] // the end is not
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2027-01-01", "2025-12-31 23:59:59.999", null)]
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2026-07-01", "2026-06-01", "2026-07-01")] // the earlier end
    [InlineData("2026-01-01/2026-07-01", "2026-01-01/2027-01-01", "2026-06-01", "2026-07-01")]
    [InlineData("2026-01-01/2027-01-01", "", "2026-06-01", null)] // Premium Support was not bought
    [InlineData("", "2026-01-01/2027-01-01", "2026-06-01", null)] // no subscription carries it
    [InlineData("2026-01-01/2026-03-01", "2026-04-01/2026-07-01", "2026-03-15", null)] // never both at once
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2026-07-01 2026-07-01/2027-01-01", "2026-06-01", "2027-01-01")] // renewed without a break
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2026-07-01 2026-07-02/2027-01-01", "2026-06-01", "2026-07-01")] // renewed after a break
    [InlineData("2026-01-01/2027-01-01", "2026-01-01/2026-07-01 2026-07-02/2027-01-01", "2026-07-01 12:00", null)] // in the break
    public void An_account_is_entitled_while_a_subscription_and_a_purchase_both_cover_now(string subscriptions, string purchases, string now, string? until)
    {
        var decision = Entitlement.Decide(Account(subscriptions, purchases), RequesterRole.User, ClientPlatform.Web, Policy(), At(now));

        Assert.Equal(until is null ? RefusalReason.NotEntitled : null, decision.Reason);
        Assert.Equal(until is null ? null : At(until), decision.Until);
    }

    [Fact]
    public void An_account_that_nobody_knows_is_refused_as_such()
    {
        Assert.Equal(RefusalReason.UnknownAccount, Entitlement.Decide(null, RequesterRole.User, ClientPlatform.Web, Policy(), At("2026-06-01")).Reason);
        Assert.Equal(RefusalReason.MobileApp, Entitlement.Decide(null, RequesterRole.User, ClientPlatform.MobileApp, Policy(), At("2026-06-01")).Reason);
    }

    [Fact]
    public void A_channel_is_offered_when_the_policy_promises_something_on_it_to_that_role()
    {
        var policy = Policy();
        var account = Account("2026-01-01/2027-01-01", "2026-01-01/2027-01-01");
        var critical = policy with { Rules = [policy.Rules[0]] };
        var chat = policy with { Rules = [.. policy.Rules.Where(rule => rule.Channel == Channel.Chat)] };

        var admin = Entitlement.Decide(account, RequesterRole.SuperAdmin, ClientPlatform.Web, critical, At("2026-06-01"));
        Assert.Equal([Channel.Email], admin.Channels);
        Assert.True(admin.MayClaimCritical);
        Assert.Empty(Entitlement.Decide(account, RequesterRole.User, ClientPlatform.Web, critical, At("2026-06-01")).Channels);
        var chatting = Entitlement.Decide(account, RequesterRole.SuperAdmin, ClientPlatform.Web, chat, At("2026-06-01"));
        Assert.Equal([Channel.Chat], chatting.Channels);
        Assert.False(chatting.MayClaimCritical);
    }

    private static AccountFacts Account(string subscriptions, string purchases) => new("Acme", Periods(subscriptions), Periods(purchases));

    private static IReadOnlyList<Period> Periods(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(period => period.Split('/')).Select(ends => new Period(At(ends[0]), At(ends[1])))];
}

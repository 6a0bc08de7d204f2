using System.Xml;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Help;

/// <summary>What a person is offered: channels with their promises, or why there are none. Pure.</summary>
internal static class Offer
{
    private static readonly Channel[] Channels = [Channel.Email, Channel.Chat, Channel.Phone];

    /// <summary>The channels of a contact; <paramref name="contact"/> is null when the account is not known here.</summary>
    public static IReadOnlyList<ChannelOut> To(ContactView? contact, ClientPlatform platform, SlaPolicy policy, DateTimeOffset now)
    {
        var role = contact?.Role ?? RequesterRole.User;
        var decision = Entitlement.Decide(contact?.Account, role, platform, policy, now);
        return [.. Channels.Select(channel => decision.Channels.Contains(channel)
            ? new ChannelOut(channel, true, null, Promises(policy, channel, role, decision))
            : new ChannelOut(channel, false, Word(decision.Reason), []))];
    }

    private static List<PromiseOfChannel> Promises(SlaPolicy policy, Channel channel, RequesterRole role, EntitlementDecision decision)
    {
        // Critical can be claimed by the email form alone, so nothing else promises it (mission, "Who is promised what").
        Severity[] severities = decision.MayClaimCritical && channel == Channel.Email ? [Severity.BusinessCritical, Severity.Standard] : [Severity.Standard];
        return [.. severities.SelectMany(severity => policy.RulesFor(channel, role, severity, decision.Plan)
            .Where(rule => rule.Metric != Metric.NextResponse)
            .Take(1)
            .Select(rule => new PromiseOfChannel(severity, rule.Metric, rule.Commitment, Text(rule.Target))))];
    }

    private static string Text(PromiseTarget target) => target.BusinessDays is { } days ? $"P{days}BD" : XmlConvert.ToString(target.Duration!.Value);

    private static string Word(RefusalReason? reason) => reason switch
    {
        RefusalReason.MobileApp => "mobile-app",
        RefusalReason.UnknownAccount => "unknown-account",
        RefusalReason.NotEntitled => "not-entitled",
        RefusalReason.Unidentified => "unidentified",
        _ => "not-offered",
    };
}

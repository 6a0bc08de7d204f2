namespace PremiumSupport.Sla;

/// <summary>A period of whole local days turned into instants, half-open.</summary>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether the instant lies in it: the start does, the end does not.</summary>
    public bool Covers(DateTimeOffset instant) => From <= instant && instant < To;
}

/// <summary>What decides whether an account may ask: its qualifying subscriptions and its purchases of Premium Support.</summary>
public sealed record AccountFacts(string Name, IReadOnlyList<Period> Subscriptions, IReadOnlyList<Period> PremiumSupport)
{
    /// <summary>The plans of those purchases with their times.</summary>
    public IReadOnlyList<PlanPeriod> Plans { get; init; } = [];

    /// <summary>The plan of the purchase that covers an instant, the latest begun where several do; null when none does.</summary>
    public string? PlanAt(DateTimeOffset instant) => Plans.Where(plan => plan.Period.Covers(instant)).MaxBy(plan => plan.Period.From)?.Plan;
}

/// <summary>A plan and when it was bought for.</summary>
public sealed record PlanPeriod(Period Period, string Plan);

/// <summary>Why nothing is offered. The words of the API are in <c>contract.md</c>.</summary>
public enum RefusalReason { Unidentified, UnknownAccount, NotEntitled, MobileApp }

/// <summary>What an account and a person of it are offered at one instant.</summary>
/// <param name="Reason">Why nothing is offered; null when something is.</param>
/// <param name="Until">Until when the entitlement runs as things stand; null when there is none.</param>
/// <param name="Channels">The channels offered; empty when refused.</param>
/// <param name="MayClaimCritical">Only designated Super Admins may, and only by the email form.</param>
public sealed record EntitlementDecision(RefusalReason? Reason, DateTimeOffset? Until, IReadOnlyList<Channel> Channels, bool MayClaimCritical)
{
    /// <summary>The plan that it stands on; null when none was named or nothing is offered.</summary>
    public string? Plan { get; init; }

    /// <summary>True when the account is entitled and asks from a place where support is offered.</summary>
    public bool IsOffered => Reason is null;
}

/// <summary>Who may ask at all, and by which channels.</summary>
public static class Entitlement
{
    /// <summary>
    /// Entitled is an account with a qualifying subscription and a Premium Support purchase that both cover <paramref name="now"/>.
    /// Periods that follow each other without a break count as one. A channel is offered when the policy promises something on it to that role.
    /// </summary>
    public static EntitlementDecision Decide(AccountFacts? account, RequesterRole role, ClientPlatform platform, SlaPolicy policy, DateTimeOffset now)
    {
        if (platform == ClientPlatform.MobileApp)
        {
            return Refuse(RefusalReason.MobileApp);
        }

        if (account is null)
        {
            return Refuse(RefusalReason.UnknownAccount);
        }

        if (Until(account, now) is not { } until)
        {
            return Refuse(RefusalReason.NotEntitled);
        }

        var plan = account.PlanAt(now);
        Channel[] channels = [.. new[] { Channel.Email, Channel.Chat, Channel.Phone }
            .Where(channel => Enum.GetValues<Severity>().Any(severity => policy.RulesFor(channel, role, severity, plan).Any()))];
        return new(null, until, channels, role == RequesterRole.SuperAdmin && channels.Contains(Channel.Email)) { Plan = plan };
    }

    /// <summary>Until when an account is entitled as things stand; null when it is not.</summary>
    public static DateTimeOffset? Until(AccountFacts account, DateTimeOffset now) =>
        CoveredUntil(account.Subscriptions, now) is { } subscribed && CoveredUntil(account.PremiumSupport, now) is { } bought ? (subscribed < bought ? subscribed : bought) : null;

    /// <summary>The end of unbroken cover from now on; null when now is not covered.</summary>
    private static DateTimeOffset? CoveredUntil(IReadOnlyList<Period> periods, DateTimeOffset now)
    {
        DateTimeOffset? until = null;
        while (periods.Where(period => period.Covers(until ?? now)).Select(period => (DateTimeOffset?)period.To).Max() is { } end)
        {
            until = end;
        }

        return until;
    }

    private static EntitlementDecision Refuse(RefusalReason reason) => new(reason, null, [], false);
}

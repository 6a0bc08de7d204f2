using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Notifications;

/// <summary>A warning or a breach that has just been recorded.</summary>
/// <param name="Metric">Whose promise.</param>
/// <param name="Cycle">Which of them.</param>
/// <param name="Step">"75%", "-00:05:00" or <see cref="NotificationRules.Breach"/>.</param>
/// <param name="At">Its moment; for a breach the deadline.</param>
/// <param name="AtRiskAt">From when the promise is at risk.</param>
/// <param name="DueAt">The deadline.</param>
public readonly record struct FlagNotice(Metric Metric, int Cycle, string Step, DateTimeOffset At, DateTimeOffset AtRiskAt, DateTimeOffset DueAt)
{
    /// <summary>See <see cref="Notification.Hours"/>.</summary>
    public string? Hours { get; init; }
}

/// <summary>Somebody to be told of a flag.</summary>
/// <param name="IsEscalated">True when the leads are told at the same time, so that nobody is left to tell later.</param>
public readonly record struct Notice(FlagNotice Flag, Guid RecipientId, NotificationAudience Audience, bool IsEscalated);

/// <summary>Who is told of what, and when the leads are: pure functions of flags and people.</summary>
public static class NotificationRules
{
    /// <summary>The step of a breach.</summary>
    public const string Breach = "breach";

    /// <summary>
    /// Who is told now. Warnings count from at risk on, and minutes before the end always. Of several flags of one promise at once (after a standstill, or a promise
    /// made late) only the gravest is told. Nobody's ticket goes to the leads at once; somebody's goes to them, and to the leads as well when it is
    /// missed or when the assignee has not acknowledged an earlier warning of the same promise.
    /// </summary>
    /// <param name="flags">What has just been recorded of one ticket.</param>
    /// <param name="assigneeId">Who looks after it; null for nobody.</param>
    /// <param name="leads">The leads, the assignee among them or not.</param>
    /// <param name="isUnheard">Whether the assignee left an earlier warning of that promise unacknowledged.</param>
    public static IReadOnlyList<Notice> Tell(IReadOnlyList<FlagNotice> flags, Guid? assigneeId, IReadOnlyList<Guid> leads, Func<Metric, int, bool> isUnheard)
    {
        var notices = new List<Notice>();
        foreach (var flag in flags.Where(IsTold).GroupBy(flag => (flag.Metric, flag.Cycle)).Select(Gravest))
        {
            if (assigneeId is not { } assignee)
            {
                notices.AddRange(leads.Select(lead => new Notice(flag, lead, NotificationAudience.Lead, true)));
                continue;
            }

            var reachesLeads = flag.Step == Breach || isUnheard(flag.Metric, flag.Cycle);
            notices.Add(new(flag, assignee, NotificationAudience.Assignee, reachesLeads));
            if (reachesLeads)
            {
                notices.AddRange(Above(assignee, leads).Select(lead => new Notice(flag, lead, NotificationAudience.Lead, true)));
            }
        }

        return notices;
    }

    /// <summary>
    /// Who is told when a ticket with open warnings changes hands: nobody who takes it, for they see it; whoever it is given to; and the leads when it is left to nobody.
    /// </summary>
    /// <param name="flags">The last open flag of each promise.</param>
    /// <param name="to">Who looks after it from now on.</param>
    /// <param name="by">Who decided so; null for the product itself.</param>
    /// <param name="leads">The leads.</param>
    public static IReadOnlyList<Notice> HandOver(IReadOnlyList<FlagNotice> flags, Guid? to, Guid? by, IReadOnlyList<Guid> leads) =>
    [
        .. flags.SelectMany(flag => to switch
        {
            null => leads.Select(lead => new Notice(flag, lead, NotificationAudience.Lead, true)),
            { } assignee when assignee == by => [],
            { } assignee => [new Notice(flag, assignee, NotificationAudience.Assignee, flag.Step == Breach)],
        }),
    ];

    /// <summary>Who of those whom the policy names is told of a warning after the leads: nobody when one who was told has acknowledged it, else all who were not told as somebody else.</summary>
    /// <param name="told">Everybody who was told of it, and whether they have acknowledged it.</param>
    /// <param name="named">Whom the policy names.</param>
    public static IReadOnlyList<Guid> Named(IReadOnlyList<(Guid Person, bool Knows)> told, IReadOnlyList<Guid> named) =>
        told.Any(one => one.Knows) ? [] : [.. named.Except(told.Select(one => one.Person))];

    /// <summary>Whether anybody is told of a flag at all: a breach, minutes before the end, and every step from at risk on.</summary>
    public static bool IsTold(FlagNotice flag) => flag.Step == Breach || flag.Step.StartsWith('-') || flag.At >= flag.AtRiskAt;

    /// <summary>The leads over somebody: all but themselves.</summary>
    public static IEnumerable<Guid> Above(Guid assigneeId, IReadOnlyList<Guid> leads) => leads.Where(lead => lead != assigneeId);

    private static FlagNotice Gravest(IEnumerable<FlagNotice> flags) => flags.OrderBy(flag => flag.Step == Breach).ThenBy(flag => flag.At).Last();
}

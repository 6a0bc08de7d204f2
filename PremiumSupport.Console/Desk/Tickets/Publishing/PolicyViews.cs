using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Publishing;

/// <summary>A published version as its history shows it.</summary>
public sealed record PolicyVersionView(int Version, string Note, string AuthorName, DateTimeOffset PublishedAt, PolicyScope AppliesTo, DateTimeOffset? AppliedAt, string Tzdb)
{
    /// <summary>True when its author wanted it applied to open tickets and that has not come to its end.</summary>
    public bool IsUnfinished => AppliesTo == PolicyScope.NewAndOpen && AppliedAt is null;
}

/// <summary>The draft as it is stored.</summary>
/// <param name="Version">To be given back by whoever changes it.</param>
public sealed record PolicyDraftView(PolicyDraft Draft, int BasedOn, Guid EditorId, string EditorName, DateTimeOffset EditedAt, long Version);

/// <summary>What publishing a draft would do.</summary>
/// <param name="Policy">The policy that it would be.</param>
/// <param name="Changes">Its differences from the current version.</param>
/// <param name="Hints">What is probably not meant.</param>
/// <param name="Moves">The deadlines that would move if it were applied to open tickets now; never to a later instant (rule 8).</param>
public sealed record PolicyPreview(SlaPolicy Policy, IReadOnlyList<PolicyChange> Changes, IReadOnlyList<PolicyProblem> Hints, IReadOnlyList<MovedDeadline> Moves);

/// <summary>A version that was published.</summary>
/// <param name="Moved">The deadlines that moved by applying it to open tickets; empty when it was for new ones only.</param>
public sealed record PolicyPublished(SlaPolicy Policy, PolicyVersionView Version, IReadOnlyList<MovedDeadline> Moved);

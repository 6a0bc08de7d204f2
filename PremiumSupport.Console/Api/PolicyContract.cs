using System.Text.Json;
using System.Text.Json.Nodes;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>A policy as a program sends it. Its version is the one that it is based on.</summary>
internal sealed record PolicyInput(int? Version, string? Note, string? ApplyTo, List<RuleDraft?>? Rules, List<CalendarDraft?>? Calendars, int? AtRiskPercent, List<string?>? EscalateTo)
{
    public PolicyDraft ToDraft() => new() { Rules = Rules, Calendars = Calendars, AtRiskPercent = AtRiskPercent, EscalateTo = EscalateTo };
}

internal sealed record PolicyVersionOut(int Version, string Note, string Author, PolicyScope ApplyTo, DateTimeOffset PublishedAt, DateTimeOffset? AppliedAt, string Tzdb)
{
    public static PolicyVersionOut Of(PolicyVersionView view) => new(view.Version, view.Note, view.AuthorName, view.AppliesTo, view.PublishedAt, view.AppliedAt, view.Tzdb);
}

internal sealed record MoveOut(long Ticket, Metric Metric, int Cycle, DateTimeOffset From, DateTimeOffset To)
{
    public static MoveOut Of(MovedDeadline moved) => new(moved.Number, moved.Metric, moved.Cycle, moved.From, moved.To);
}

internal sealed record PolicyPreviewOut(int Version, IReadOnlyList<PolicyChange> Changes, IReadOnlyList<PolicyProblem> Hints, IReadOnlyList<MoveOut> Moves)
{
    public static PolicyPreviewOut Of(PolicyPreview preview) => new(preview.Policy.Version, preview.Changes, preview.Hints, [.. preview.Moves.Select(MoveOut.Of)]);
}

/// <summary>A policy as the API answers it: what was published, as it was, and who published it when and for whom.</summary>
internal static class PolicyOut
{
    public static JsonObject Of(SlaPolicy policy, PolicyVersionView? view, IReadOnlyList<MovedDeadline>? moved = null)
    {
        var answer = JsonSerializer.SerializeToNode(policy, PolicyJson.Options)!.AsObject();
        if (view is not null)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(PolicyVersionOut.Of(view), WireJson.Options)!.AsObject())
            {
                answer[name] = value?.DeepClone();
            }
        }

        if (moved is not null)
        {
            answer["moved"] = JsonSerializer.SerializeToNode(moved.Select(MoveOut.Of), WireJson.Options);
        }

        return answer;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>A period, half-open by the start of promises, and a policy to try on it, as one sends it to be published.</summary>
internal sealed record SimulationInput(DateTimeOffset? From, DateTimeOffset? To, PolicyDraft? Policy)
{
    /// <summary>The policy, or everything that is wrong.</summary>
    public (SlaPolicy? Policy, Refusal? Refusal) Check(SlaPolicy inForce)
    {
        var errors = new List<(string, string)>();
        if (From is null)
        {
            errors.Add(("from", "Say the first instant of the period, like 2026-08-01T00:00:00Z."));
        }

        if (To is null)
        {
            errors.Add(("to", "Say the first instant behind the period, like 2026-11-01T00:00:00Z."));
        }

        if (From >= To)
        {
            errors.Add(("from", "The period ends before it begins."));
        }

        var tried = Policy is null ? null : PolicyCheck.Of(Policy, inForce.Version + 1, "");
        errors.AddRange(tried is null ? [("policy", "Say the policy to try, as for PUT /api/v1/sla/policy.")] : tried.Problems.Select(problem => ($"policy.{problem.Field}", problem.Message)));
        return errors.Count > 0 ? (null, Refusal.Invalid([.. errors])) : (tried!.Policy, null);
    }
}

internal sealed record SimulatedLineOut(int WasMet, int WasBreached, int WouldBeMet, int WouldBeBreached, int Difference)
{
    public static SimulatedLineOut Of(SimulatedLine line) => new(line.WasMet, line.WasBreached, line.WouldBeMet, line.WouldBeBreached, line.Difference);
}

internal sealed record RuleLineOut(JsonNode? Rule, SimulatedLineOut Figures);

internal sealed record ChannelLineOut(Channel Channel, SimulatedLineOut Figures);

internal sealed record SimulationOut(
    DateTimeOffset From, DateTimeOffset To, int PolicyInForce, string Sentence, int Replayed, SimulatedLineOut Total, int MoreBreaches, int FewerBreaches,
    int Unpromised, int Open, int Merged, IReadOnlyList<RuleLineOut> ByRule, IReadOnlyList<ChannelLineOut> ByChannel, IReadOnlyList<ChangedPromise> Changed, double TookSeconds)
{
    public static SimulationOut Of(SimulationReport report)
    {
        var result = report.Result;
        return new(
            report.From, report.To, report.InForce, report.Sentence, report.Replayed, SimulatedLineOut.Of(result.Total), result.MoreBreaches, result.FewerBreaches,
            result.Unpromised, result.Open, result.Merged,
            [.. result.ByRule.Select(line => new RuleLineOut(JsonSerializer.SerializeToNode(line.Rule, PolicyJson.Options), SimulatedLineOut.Of(line.Line)))],
            [.. result.ByChannel.Select(line => new ChannelLineOut(line.Channel, SimulatedLineOut.Of(line.Line)))],
            result.Changed, Math.Round(report.Took.TotalSeconds, 3));
    }
}

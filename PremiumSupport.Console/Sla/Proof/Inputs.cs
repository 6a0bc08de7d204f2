namespace PremiumSupport.Sla.Proof;

/// <summary>The inputs that a promise was made for and keeps (rule 10).</summary>
internal sealed record Inputs(Channel Channel, RequesterRole Role, string? Plan, IReadOnlyList<string> Hubs)
{
    /// <summary>"email, superAdmin, businessCritical, plan premium".</summary>
    public string With(Severity severity) => $"{LedgerFacts.Word(Channel)}, {LedgerFacts.Word(Role)}, {LedgerFacts.Word(severity)}{(Plan is null ? "" : $", plan {Plan}")}";
}

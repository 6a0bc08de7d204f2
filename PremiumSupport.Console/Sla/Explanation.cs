namespace PremiumSupport.Sla;

/// <summary>The links of the chain from who asked to when we answer (rule 15), in the order in which they are told.</summary>
public enum ExplanationKind { Entitlement, Role, Channel, Claim, Decision, Policy, Clock, Exception, Waiting, Due }

/// <summary>
/// One reason of a deadline, as a kind and its values, so that every language can say it. Instants are ISO 8601 UTC; <see cref="ExplanationWords"/> says it in English.
/// </summary>
public sealed record ExplanationStep(ExplanationKind Kind, IReadOnlyDictionary<string, string> Values);

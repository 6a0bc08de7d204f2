using System.Text.Json;
using NodaTime.TimeZones;

namespace PremiumSupport.Sla.Proof;

/// <summary>Reads the vendor's own chain.</summary>
/// <param name="facts">Where what it says is kept.</param>
/// <param name="readPolicy">Turns a policy's text into a policy.</param>
/// <param name="data">The row's data.</param>
/// <param name="complain">Takes what cannot be so.</param>
internal sealed class VendorJudge(VendorFacts facts, Func<string, SlaPolicy> readPolicy, RowData data, Action<string> complain)
{
    public void Add(LedgerRow row, LedgerKind kind)
    {
        switch (kind)
        {
            case LedgerKind.Published:
                Publish(row);
                break;
            case LedgerKind.Declared:
                Declare(row);
                break;
            default:
                complain($"The row says {LedgerFacts.Word(kind)}, and the vendor's own chain holds policy versions and exceptions only.");
                break;
        }
    }

    private void Publish(LedgerRow row)
    {
        if (data.Number("version") is not { } version || data.Text("policy") is not { } text || data.Text("appliesTo") is not { } appliesTo)
        {
            return;
        }

        if (appliesTo is not ("new" or "newAndOpen"))
        {
            complain($"appliesTo says '{appliesTo}'; it can say new or newAndOpen.");
        }

        if (version != facts.LastVersion + 1)
        {
            complain($"version says {version}; the version after {facts.LastVersion} is {facts.LastVersion + 1} (rule 10).");
        }

        try
        {
            var policy = readPolicy(text);
            if (Gap(policy) is { } gap)
            {
                complain($"policy says what is no policy: {gap}");
                return;
            }

            if (policy.Version != version)
            {
                complain($"The policy's own text says version {policy.Version}, and the row says {version}.");
            }

            facts.Add(new PublishedPolicy(row.Sequence, row.At, policy with { Version = version }, text, appliesTo == "newAndOpen"));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or DateTimeZoneNotFoundException)
        {
            complain($"policy says what is no policy: {fault.Message}");
        }
    }

    /// <summary>What a text that could be read leaves out; null when it is a whole policy.</summary>
    private static string? Gap(SlaPolicy policy)
    {
        if (policy is not { Rules: not null, Calendars: not null, AtRiskPercent: > 0 and < 100 } || policy.Calendars.Any(calendar => calendar is null))
        {
            return "it has no rules, no calendars or no share of risk.";
        }

        var keys = policy.Calendars.Select(calendar => calendar.Key).Append(BusinessCalendar.AlwaysOpenKey).ToHashSet();
        var place = policy.Rules.ToList().FindIndex(rule => rule is not { Target.IsValid: true, Warnings: not null, Calendar: not null } || !keys.Contains(rule.Calendar) || rule.Warnings.Any(step => step is not { IsValid: true }));
        return place < 0 ? null : $"its rule {place + 1} has no target, warnings or calendar that can be.";
    }

    private void Declare(LedgerRow row)
    {
        var (from, to, scope) = (data.Instant("from"), data.Instant("to"), data.Word<ExceptionScope>("scopeKind"));
        if (data.Text("id") is not { } id || from is not { } begin || to is not { } end || scope is not { } kind)
        {
            return;
        }

        if (end <= begin)
        {
            complain($"to says {Words.Of(end)}, which is not after from, {Words.Of(begin)}.");
        }

        if (row.At >= end)
        {
            complain($"The exception was approved at {Words.Of(row.At)}, when it was over: exceptions are prospective (rule 13).");
        }

        var value = data.Find("scopeValue") is { Length: > 0 } named ? named : null;
        if (value is null && kind != ExceptionScope.Everything)
        {
            complain("scopeValue is missing.");
        }

        var exception = new DeclaredException(row.Sequence, id, row.At, begin, row.At > begin ? row.At : begin, end, kind, value, data.Text("reason") ?? "", data.Text("note") ?? "");
        if (!facts.Add(exception))
        {
            complain($"The exception {id} was approved before, by row {facts.Exception(id)!.Sequence}.");
        }
    }
}

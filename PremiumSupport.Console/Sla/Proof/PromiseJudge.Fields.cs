using System.Globalization;

namespace PremiumSupport.Sla.Proof;

/// <summary>What a row says, held against what it should say.</summary>
internal sealed partial class PromiseJudge
{
    /// <summary>Takes over the deadlines that the row says, lie or not, with all else as it should be.</summary>
    private void Believe(PromiseReplay promise, Terms terms) => promise.Terms = terms with
    {
        AnchorAt = Said("anchorAt") ?? terms.AnchorAt,
        BaseDueAt = Said("baseDueAt") ?? terms.BaseDueAt,
        GrossDueAt = Said("grossDueAt") ?? terms.GrossDueAt,
        DueAt = Said("dueAt") ?? terms.DueAt,
        AtRiskAt = Said("atRiskAt") ?? terms.AtRiskAt,
    };

    private DateTimeOffset? Said(string field) => data.Find(field) is { } text ? RowData.ReadInstant(text) : null;

    private void SameTerms(Terms terms, string why, bool withVersion)
    {
        SameText("commitment", LedgerFacts.Word(terms.Commitment), why);
        SameText("target", Words.Of(terms.Target), why);
        SameText("calendar", terms.Calendar, why);
        if (withVersion)
        {
            SameText("policyVersion", terms.PolicyVersion.ToString(CultureInfo.InvariantCulture), why);
        }
    }

    private void Same(string field, DateTimeOffset should, string why, PromiseReplay? promise = null) => Same(field, data.Instant(field), should, why, promise);

    private void Same(string field, DateTimeOffset? says, DateTimeOffset should, string why, PromiseReplay? promise)
    {
        if (says is { } instant && instant != should)
        {
            complain($"{field} says {Words.Of(instant)}; {why} makes it {Words.Of(should)}.{Zones(promise)}");
        }
    }

    private void SameText(string field, string should, string why)
    {
        if (data.Text(field) is { } says && says != should)
        {
            complain($"{field} says {says}; {why} makes it {should}.");
        }
    }

    private static string Zones(PromiseReplay? promise) =>
        promise is not { Zones: { } zones, Terms.Calendar: not BusinessCalendar.AlwaysOpenKey } || zones == BusinessCalendar.TzdbVersion ? ""
        : $" It was computed with the time zones of {zones}; {BusinessCalendar.TzdbVersion} is installed here, which may be why.";
}

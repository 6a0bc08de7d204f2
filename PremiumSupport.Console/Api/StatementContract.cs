using PremiumSupport.Desk.Ledger;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>A statement as JSON.</summary>
internal sealed record StatementOut(
    string Account, string Name, string From, string To, string At, IReadOnlyList<StatementLineOut> Obligations, StatementTotal Total, ExportedHead? Head, IReadOnlyList<string> Faults)
{
    public static StatementOut Of(Statement statement) => new(
        statement.Account, statement.AccountName, ObligationClock.Text(statement.From), ObligationClock.Text(statement.To), ObligationClock.Text(statement.At),
        [.. statement.Lines.Select(StatementLineOut.Of)], StatementTotal.Of(statement.Total), statement.Head, [.. statement.Faults.Select(fault => fault.What)]);
}

/// <summary>One promise; see <see cref="StatementLine"/>.</summary>
internal sealed record StatementLineOut(
    long Ticket, string Metric, int Cycle, string Commitment, string Target, string StartedAt, string GrossDueAt, string DueAt, string? AnsweredAt, string? BreachedAt, string Outcome, bool Excluded,
    IReadOnlyList<string> Exceptions, int PolicyVersion, string Explanation)
{
    public static StatementLineOut Of(StatementLine line)
    {
        var told = line.Told;
        return new(
            told.Key.Ticket, LedgerFacts.Word(told.Key.Metric), told.Key.Cycle, LedgerFacts.Word(told.Commitment), ExplanationWords.Target(told.Target), ObligationClock.Text(told.StartedAt),
            ObligationClock.Text(told.GrossDueAt), ObligationClock.Text(told.DueAt), Text(told.AnsweredAt), Text(told.BreachedAt), LedgerFacts.Word(line.Outcome), told.IsExcepted, told.Exceptions, told.PolicyVersion, line.Reason);
    }

    private static string? Text(DateTimeOffset? instant) => instant is { } at ? ObligationClock.Text(at) : null;
}

/// <summary>The figures, named as those of the reports.</summary>
internal sealed record StatementTotal(int Matured, int Met, int Breached, int Excluded, int Owed, double? AttainmentGross, double? AttainmentNet, double? P50Seconds, double? P90Seconds, double? P95Seconds)
{
    public static StatementTotal Of(AttainmentFigures figures) => new(
        figures.Matured, figures.Met, figures.Breached, figures.Excluded, figures.StillOwed, figures.Gross, figures.Net, figures.P50?.TotalSeconds, figures.P90?.TotalSeconds, figures.P95?.TotalSeconds);
}

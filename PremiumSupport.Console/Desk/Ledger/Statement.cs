using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;

namespace PremiumSupport.Desk.Ledger;

/// <summary>What became of a promise, as a statement says it.</summary>
public enum StatementOutcome { Open, Met, Breached, Merged, Withdrawn }

/// <summary>One promise of a statement.</summary>
/// <param name="Told">What the ledger says of it.</param>
/// <param name="Outcome">What became of it as of the statement.</param>
/// <param name="Reason">Under which policy version what was promised to whom.</param>
public sealed record StatementLine(LedgerOutcome Told, StatementOutcome Outcome, string Reason);

/// <summary>
/// Everything promised to one account whose deadline lies in a window, and the figures over it (rules 13 and 14), all from the account's chain and none from a
/// stored column.
/// </summary>
/// <param name="Account">The account's key.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="From">The first instant of the window.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="At">As of when outcomes are judged.</param>
/// <param name="Lines">By deadline.</param>
/// <param name="Total">The figures; merged promises and those not yet due are not in them.</param>
/// <param name="Head">The end of the chain that it was made from.</param>
/// <param name="Faults">What the verifier found wrong with the chain; empty for a statement that can be relied on.</param>
public sealed record Statement(
    string Account, string AccountName, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At, IReadOnlyList<StatementLine> Lines, AttainmentFigures Total, ExportedHead? Head, IReadOnlyList<LedgerMismatch> Faults);

/// <summary>A statement as a table for spreadsheets.</summary>
public static class StatementCsv
{
    // Escape, because a spreadsheet would run a text from outside that begins with = as a formula.
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    /// <summary>A line per promise.</summary>
    public static string Write(Statement statement)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, Format);
        csv.WriteRecords(statement.Lines.Select(Line.Of));
        csv.Flush();
        return text.ToString();
    }

    // Named as the API names them.
    private sealed record Line(
        [property: Name("ticket")] long Ticket, [property: Name("metric")] string Metric, [property: Name("cycle")] int Cycle, [property: Name("commitment")] string Commitment, [property: Name("target")] string Target,
        [property: Name("startedAt")] string StartedAt, [property: Name("grossDueAt")] string GrossDueAt, [property: Name("dueAt")] string DueAt, [property: Name("answeredAt")] string AnsweredAt, [property: Name("breachedAt")] string BreachedAt,
        [property: Name("outcome")] string Outcome, [property: Name("excluded")] bool Excluded, [property: Name("exceptions")] string Exceptions, [property: Name("policyVersion")] int PolicyVersion, [property: Name("explanation")] string Explanation)
    {
        public static Line Of(StatementLine line)
        {
            var told = line.Told;
            return new(
                told.Key.Ticket, LedgerFacts.Word(told.Key.Metric), told.Key.Cycle, LedgerFacts.Word(told.Commitment), ExplanationWords.Target(told.Target),
                ObligationClock.Text(told.StartedAt), ObligationClock.Text(told.GrossDueAt), ObligationClock.Text(told.DueAt), Text(told.AnsweredAt), Text(told.BreachedAt),
                LedgerFacts.Word(line.Outcome), told.IsExcepted, string.Join(' ', told.Exceptions), told.PolicyVersion, line.Reason);
        }

        private static string Text(DateTimeOffset? instant) => instant is { } at ? ObligationClock.Text(at) : "";
    }
}

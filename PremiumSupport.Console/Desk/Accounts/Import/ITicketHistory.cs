namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>Takes in the tickets of another system as closed history. Whoever writes tickets does so; an import only reads the file and tells how far it is.</summary>
public interface ITicketHistory
{
    /// <summary>What would become of rows; nothing is kept.</summary>
    /// <param name="rows">With their cells by column.</param>
    /// <param name="cancellation">Gives it up.</param>
    Task<IReadOnlyList<ImportOutcome>> PreviewAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellation);

    /// <summary>Keeps rows; those that are wrong are left out and told. The same rows again change nothing.</summary>
    /// <param name="rows">With their cells by column.</param>
    /// <param name="cancellation">Gives up waiting for a turn.</param>
    Task<IReadOnlyList<ImportOutcome>> ApplyAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellation);
}

/// <summary>A row of a file of tickets.</summary>
/// <param name="Row">As it stands there.</param>
/// <param name="Cell">What it has in a column; empty when it has nothing there.</param>
public sealed record HistoryRow(ImportRow Row, Func<string, string> Cell);

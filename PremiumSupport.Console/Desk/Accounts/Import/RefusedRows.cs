using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>The rows that were refused, as a file that can be mended and brought again. Nothing in it is a formula to a spreadsheet (trust rule 21).</summary>
internal sealed class RefusedRows : IAsyncDisposable
{
    private readonly CsvWriter _csv;
    private readonly int _columns;

    public RefusedRows(string path, IReadOnlyList<string> headings)
    {
        _csv = new(new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape });
        _columns = headings.Count;
        Write([.. headings, "line", "reason"]);
    }

    public async Task AddAsync(IEnumerable<ImportOutcome> refused)
    {
        foreach (var outcome in refused)
        {
            // A row with cells too few or too many keeps its reason under its heading.
            Write([.. outcome.Row.Cells.Concat(Enumerable.Repeat("", _columns)).Take(_columns), outcome.Row.Line.ToString(CultureInfo.InvariantCulture), outcome.What]);
        }

        await _csv.FlushAsync();
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            _csv.WriteField(cell);
        }

        _csv.NextRecord();
    }
}

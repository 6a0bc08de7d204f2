using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>Reads a file of comma-separated values row by row, never the whole of it: with commas, semicolons or tabs, in UTF-8.</summary>
public sealed class ImportReader : IDisposable
{
    /// <summary>Characters of one cell.</summary>
    public const int LongestCell = 2_000;

    private readonly CsvReader _csv;
    private Dictionary<string, int> _places = [];

    private ImportReader(string path) => _csv = new(
        new StreamReader(path, Encoding.UTF8),
        new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], BadDataFound = null, MissingFieldFound = null, MaxFieldSize = 100_000 });

    /// <summary>The headings as they stand in the file.</summary>
    public IReadOnlyList<string> Headings { get; private set; } = [];

    /// <summary>Opens a file, or says what is wrong with it as a whole.</summary>
    public static async Task<(ImportReader? Reader, string? Problem)> OpenAsync(string path, ImportKind kind)
    {
        var reader = new ImportReader(path);
        try
        {
            if (!await reader._csv.ReadAsync() || !reader._csv.ReadHeader())
            {
                return Refuse("The file is empty. Its first line names the columns.");
            }
        }
        catch (CsvHelperException)
        {
            return Refuse("The file is no table of comma-separated values.");
        }

        reader.Headings = reader._csv.HeaderRecord ?? [];
        reader._places = reader.Headings.Select((heading, place) => (Name: ImportColumns.Tidy(heading), place)).GroupBy(column => column.Name).ToDictionary(group => group.Key, group => group.First().place);
        return ImportColumns.Needed(kind).FirstOrDefault(column => !reader._places.ContainsKey(column)) is { } missing
            ? Refuse($"The first line names the columns, and there has to be one called “{missing}”. Known columns are {string.Join(", ", ImportColumns.Of(kind))}.")
            : (reader, null);

        (ImportReader?, string?) Refuse(string why)
        {
            reader.Dispose();
            return (null, why);
        }
    }

    /// <summary>The next rows, at most that many; none at the end. A file that stops being one ends with a sentence.</summary>
    /// <exception cref="InvalidDataException">The rest cannot be read.</exception>
    public async Task<IReadOnlyList<ImportRow>> ReadAsync(int most)
    {
        var rows = new List<ImportRow>(most);
        try
        {
            while (rows.Count < most && await _csv.ReadAsync())
            {
                rows.Add(new(_csv.Context.Parser!.RawRow, [.. _csv.Context.Parser.Record ?? []]));
            }
        }
        catch (CsvHelperException)
        {
            throw new InvalidDataException($"Behind line {_csv.Context.Parser?.RawRow ?? 0} the file cannot be read: a quotation mark that never ends, perhaps.");
        }

        return rows;
    }

    /// <summary>What a row has in a column; empty when it has nothing there.</summary>
    public string this[ImportRow row, string column] => _places.TryGetValue(column, out var place) && place < row.Cells.Count ? row.Cells[place].Trim() : "";

    /// <inheritdoc />
    public void Dispose() => _csv.Dispose();
}

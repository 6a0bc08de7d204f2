using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SpreadCheetah;

namespace PremiumSupport.Screens.Dashboards.Export;

/// <summary>Writes a table row by row to a stream, so that a million rows need no memory. Cells are text, whole or decimal numbers, instants in UTC, or nothing; text stays text whatever it begins with.</summary>
internal abstract class SheetWriter : IAsyncDisposable
{
    /// <summary>The writer of a format: <c>csv</c>, else XLSX. The first row are the heads.</summary>
    public static async Task<SheetWriter> BeginAsync(string format, Stream stream, IReadOnlyList<string> heads, CancellationToken cancellation)
    {
        SheetWriter writer = format == "csv" ? new CsvSheet(stream) : await XlsxSheet.BeginAsync(stream, heads, cancellation);
        await writer.AddAsync([.. heads]);
        return writer;
    }

    /// <summary>The content type of a format.</summary>
    public static string TypeOf(string format) => format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes a row.</summary>
    public abstract Task AddAsync(IReadOnlyList<object?> cells);

    /// <summary>Ends the file; without it, it is none.</summary>
    public abstract Task FinishAsync();

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    private sealed class CsvSheet(Stream stream) : SheetWriter
    {
        // A mark at the beginning, by which spreadsheets know the letters; Escape, because a spreadsheet would run text that begins with = as a formula.
        private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

        private readonly CsvWriter _csv = new(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), Format);

        public override async Task AddAsync(IReadOnlyList<object?> cells)
        {
            foreach (var cell in cells)
            {
                _csv.WriteField(cell switch { DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), IFormattable number => number.ToString(null, CultureInfo.InvariantCulture), _ => cell as string });
            }

            await _csv.NextRecordAsync();
        }

        public override Task FinishAsync() => _csv.FlushAsync();

        public override ValueTask DisposeAsync() => _csv.DisposeAsync();
    }

    private sealed class XlsxSheet : SheetWriter
    {
        // What a sheet of the format holds; what is more goes on in another one.
        private const int MostRows = 1_048_576;

        private readonly Spreadsheet _book;
        private readonly IReadOnlyList<string> _heads;
        private readonly CancellationToken _cancellation;
        private int _sheets = 1;
        private int _rows;

        private XlsxSheet(Spreadsheet book, IReadOnlyList<string> heads, CancellationToken cancellation) => (_book, _heads, _cancellation) = (book, heads, cancellation);

        public static async Task<XlsxSheet> BeginAsync(Stream stream, IReadOnlyList<string> heads, CancellationToken cancellation)
        {
            var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellation);
            await book.StartWorksheetAsync("Sheet 1", token: cancellation);
            return new(book, heads, cancellation);
        }

        public override async Task AddAsync(IReadOnlyList<object?> cells)
        {
            if (_rows == MostRows)
            {
                await _book.StartWorksheetAsync($"Sheet {++_sheets}", token: _cancellation);
                _rows = 0;
                await AddAsync([.. _heads]);
            }

            await _book.AddRowAsync(cells.Select(Cell).ToArray(), _cancellation);
            _rows++;
        }

        public override async Task FinishAsync() => await _book.FinishAsync(_cancellation);

        public override ValueTask DisposeAsync() => _book.DisposeAsync();

        private static DataCell Cell(object? value) => value switch
        {
            null => default,
            DateTimeOffset at => new(at.UtcDateTime),
            int number => new(number),
            long number => new(number),
            double number => new(number),
            _ => new(XlsxText.Of((string)value)),
        };
    }
}

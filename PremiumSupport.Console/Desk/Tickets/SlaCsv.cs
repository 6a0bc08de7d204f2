using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A report as a table for spreadsheets: a line per group and one over all. Its numbers are those of the API, to the last digit.</summary>
public static class SlaCsv
{
    /// <summary>The key of the line over all.</summary>
    public const string Total = "total";

    // Escape, because a key may be text from outside, and a spreadsheet would run one that begins with = as a formula.
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    /// <summary>The table.</summary>
    public static string Write(SlaReport report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, Format);
        csv.WriteRecords([.. report.Groups.Select(group => Line.Of(group.Key, group.Figures)), Line.Of(Total, report.Total)]);
        csv.Flush();
        return text.ToString();
    }

    // Named as the API names them.
    private sealed record Line(
        [property: Name("key")] string Key,
        [property: Name("matured")] int Matured,
        [property: Name("met")] int Met,
        [property: Name("breached")] int Breached,
        [property: Name("excluded")] int Excluded,
        [property: Name("owed")] int Owed,
        [property: Name("attainmentGross")] double? AttainmentGross,
        [property: Name("attainmentNet")] double? AttainmentNet,
        [property: Name("p50Seconds")] double? P50Seconds,
        [property: Name("p90Seconds")] double? P90Seconds,
        [property: Name("p95Seconds")] double? P95Seconds)
    {
        public static Line Of(string key, AttainmentFigures figures) => new(
            key, figures.Matured, figures.Met, figures.Breached, figures.Excluded, figures.StillOwed, figures.Gross, figures.Net,
            figures.P50?.TotalSeconds, figures.P90?.TotalSeconds, figures.P95?.TotalSeconds);
    }
}

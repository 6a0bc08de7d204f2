using System.Globalization;
using NodaTime;
using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>Says which days are meant, and which they are held against.</summary>
public static class PeriodWords
{
    /// <summary>Behind a statement: "today", "in these 7 days", "on 3 Nov 2026", "from 1 to 15 Nov 2026".</summary>
    public static string In(ReportPeriod period) => period switch
    {
        { IsRunning: true, Days: 1 } => "today",
        { IsRunning: true } => $"in these {period.Days} days",
        { Days: 1 } => $"on {Day(period.First, true)}",
        _ => $"from {Day(period.First, period.First.Year != period.Last.Year)} to {Day(period.Last, true)}",
    };

    /// <summary>What it is compared with: "yesterday until this time of day", "the 7 days before, until this time of day", "the 15 days before".</summary>
    public static string Before(ReportPeriod period) => period switch
    {
        { IsRunning: true, Days: 1 } => "yesterday until this time of day",
        { IsRunning: true } => $"the {period.Days} days before, until this time of day",
        { Days: 1 } => "the day before",
        _ => $"the {period.Days} days before",
    };

    /// <summary>The same behind a statement: "yesterday until this time of day", "in the 15 days before", "on the day before".</summary>
    public static string InBefore(ReportPeriod period) => period switch
    {
        { IsRunning: true, Days: 1 } => Before(period),
        { Days: 1 } => $"on {Before(period)}",
        _ => $"in {Before(period)}",
    };

    /// <summary>For a button: "Today", "7 days", "1 – 15 Nov".</summary>
    public static string Button(PeriodChoice choice) => choice switch
    {
        { Days: 1 } => "Today",
        { Days: { } days } => $"{days} days",
        _ => choice.First == choice.Last ? Day(choice.First!.Value, false) : $"{Day(choice.First!.Value, false)} – {Day(choice.Last!.Value, false)}",
    };

    /// <summary>A change in percentage points with its sign, a true minus included: "+0.4", "−2.5", "±0.0"; empty for none.</summary>
    public static string Change(double? points) => points is not { } change ? ""
        : Math.Round(change, 1) switch { 0 => "±0.0", > 0 and var more => $"+{Text(more)}", var less => $"−{Text(-less)}" };

    /// <summary>The same for ears.</summary>
    public static string ChangeSaid(double? points) => points is not { } change ? "nothing to compare with"
        : Math.Round(change, 1) switch { 0 => "as before", > 0 and var more => $"{Text(more)} points better than before", var less => $"{Text(-less)} points worse than before" };

    /// <summary>The last part of a zone's name, as people say it.</summary>
    public static string City(string zone) => zone is "UTC" or "Etc/UTC" ? "UTC" : zone.Split('/')[^1].Replace('_', ' ');

    private static string Day(LocalDate day, bool withYear) => day.ToString(withYear ? "d MMM uuuu" : "d MMM", CultureInfo.InvariantCulture);

    private static string Text(double points) => points.ToString("0.0", CultureInfo.InvariantCulture);
}

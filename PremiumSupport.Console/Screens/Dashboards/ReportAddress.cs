using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>The addresses of figures, lists and files: a period, what narrows it, and what only that page knows.</summary>
public static class ReportAddress
{
    /// <summary>Where the figures are.</summary>
    public const string Dashboard = "/dashboard";

    /// <summary>Where the lists behind them are.</summary>
    public const string Promises = "/dashboard/promises";

    /// <summary>Where the lists behind arrivals and backlog are.</summary>
    public const string Tickets = "/dashboard/tickets";

    /// <summary>Where the list behind claims is.</summary>
    public const string Claims = "/dashboard/claims";

    /// <summary>Where the misses that are expected, and the record of past forecasts, are listed.</summary>
    public const string Forecast = "/dashboard/forecast";

    /// <summary>Where the warnings and breaches of the last day are listed, the latest noticed first.</summary>
    public const string Flags = "/dashboard/flags";

    /// <summary>The address of a page.</summary>
    public static string Of(string path, PeriodChoice choice, PromiseFilter filter, params (string Key, string Value)[] more)
    {
        var words = choice.ToWords().Concat(filter.ToWords()).Concat(more).Select(word => $"{word.Key}={Uri.EscapeDataString(word.Value)}");
        var query = string.Join('&', words);
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}

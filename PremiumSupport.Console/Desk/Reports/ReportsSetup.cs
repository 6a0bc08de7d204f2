using PremiumSupport.Desk.Reports.Kept;

namespace PremiumSupport.Desk.Reports;

/// <summary>Registers what the desk knows about itself.</summary>
public static class ReportsSetup
{
    /// <summary>Adds claims, ratings, flag lateness, forecasts, the simulator, the weekly report and the figures of periods with the lists behind them.</summary>
    public static IHostApplicationBuilder AddReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClaimQueries>();
        builder.Services.AddSingleton<RatingQueries>();
        builder.Services.AddSingleton<CallbackQueries>();
        builder.Services.AddSingleton<FlagQueries>();
        builder.Services.AddSingleton<ForecastQueries>();
        builder.Services.AddSingleton<ForecastCommands>();
        builder.Services.AddSingleton<SimulationQueries>();
        builder.Services.AddSingleton<WeeklyReportCommands>();
        builder.Services.AddSingleton<PromiseBookQueries>();
        builder.Services.AddSingleton<PeriodQueries>();
        builder.Services.AddSingleton<AsideQueries>();
        builder.Services.AddSingleton<PromiseListQueries>();
        builder.Services.AddSingleton<TicketListQueries>();
        return builder;
    }
}

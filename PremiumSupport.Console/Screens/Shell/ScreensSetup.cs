using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor.Services;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Shell;

/// <summary>Registers the console's screens.</summary>
public static class ScreensSetup
{
    /// <summary>Adds the components, their library and what a circuit knows of its viewer.</summary>
    public static IHostApplicationBuilder AddScreens(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddScoped<StaffIdentity>();
        builder.Services.AddScoped<ViewerZone>();
        builder.Services.AddScoped<CircuitSeats>();
        builder.Services.AddSingleton(Circuits.CircuitLimits.Read(builder.Configuration));
        builder.Services.AddSingleton<Circuits.CircuitCount>();
        builder.Services.AddScoped<Circuits.CircuitPlace>();
        builder.Services.AddSingleton<NextUp>();
        builder.Services.AddSingleton<Queue.QueueMarkup>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitSeats>());
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<Circuits.CircuitPlace>());
        return builder;
    }

    /// <summary>Maps the pages; the start leads to the queue.</summary>
    public static void MapScreens(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/queue")).RequireAuthorization(Access.Staff);
        Admin.Ledger.HeadsDownload.Map(app);
        Admin.Import.RefusedDownload.Map(app);
        Articles.ArticleDraftEndpoints.Map(app);
        Workspace.DraftEndpoints.Map(app);
        Workspace.SendEndpoints.Map(app);
        Workspace.MacroEndpoints.Map(app);
        FindEndpoints.Map(app);
        StaffEndpoints.Map(app);
        Dashboards.Export.ReportDownloads.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}

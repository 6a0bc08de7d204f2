using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures.Million;

/// <summary>The queries that must not feel how many tickets there are, by name: how to run each, and by which words to know its statement and its index.</summary>
internal static class HotQueries
{
    private static readonly StaffCaller Staff = new(Guid.Empty, "Figures", "figures@demo.example", IsLead: true);

    public static IReadOnlyList<(string Name, string[] Words, string Index)> All { get; } =
    [
        ("sweep, next flag", ["MIN(", "NextFlagAt"], "IX_Tickets_NextFlagAt"),
        ("sweep, due rows", ["NextFlagAt <= ", "ORDER BY"], "IX_Tickets_NextFlagAt"),
        ("queue, first 50", ["ORDER BY t.NextDueAt", "LIMIT"], "IX_Tickets_OpenByDue"),
        ("figures of a day", ["DueAt >= ", "AnsweredAt", "GrossDueAt"], "IX_Obligations_Reports"),
    ];

    /// <summary>A step of the sweep when nothing is due.</summary>
    public static Task SweepAsync(QuietHost host) => host.Get<FlagSweep>().RunAsync();

    /// <summary>The first fifty of the queue, as the API reads them.</summary>
    public static async Task<int> QueueAsync(QuietHost host) => (await host.Get<TicketQueries>().QueueAsync(QueueView.All, Staff, 50, null, host.Clock.GetUtcNow())).Count;

    /// <summary>Attainment and percentiles of so many days, as dashboard and API ask for them.</summary>
    public static Task<PremiumSupport.Sla.AttainmentFigures> FiguresAsync(QuietHost host, int days) =>
        host.Get<SlaReports>().FiguresAsync(new(host.Clock.GetUtcNow().AddDays(-days), host.Clock.GetUtcNow()), Staff);

    /// <summary>Runs each once and gives its plan.</summary>
    public static async Task<IReadOnlyList<(string Name, string Index, string Plan)>> PlansAsync(QuietHost host, SqlPlans plans, bool isMeasured)
    {
        plans.IsKeeping = true;
        await SweepAsync(host);
        await host.Get<TicketCommands>().FlagDueAsync();
        await QueueAsync(host);
        await FiguresAsync(host, 1);
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
        var read = new List<(string, string, string)>();
        foreach (var (name, words, index) in All)
        {
            read.Add((name, index, await plans.OfAsync(db, isMeasured, words)));
        }

        return read;
    }
}

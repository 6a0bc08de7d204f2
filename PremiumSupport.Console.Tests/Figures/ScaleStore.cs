using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>
/// A desk with so many open and closed tickets. Making a million takes minutes, so where <c>PREMIUMSUPPORT_STORES</c> names a folder what was made is kept there, and each run gets a copy on a clock that goes on from the
/// instant at which it was made: nothing has become older meanwhile.
/// </summary>
internal static class ScaleStore
{
    private const int Batch = 1_000;

    /// <summary>The product on such a desk, as it is when it is published.</summary>
    public static async Task<SupportHost> OpenAsync(int open, int closed)
    {
        if (Environment.GetEnvironmentVariable("PREMIUMSUPPORT_STORES") is not { Length: > 0 } stores)
        {
            var fresh = Measured.PublishedPages();
            await FillAsync(fresh, open, closed);
            return fresh;
        }

        var kept = Path.Combine(stores, string.Create(CultureInfo.InvariantCulture, $"{open}-{closed}"));
        var made = Path.Combine(kept, "made-at");
        if (!File.Exists(made))
        {
            await using var filling = Measured.PublishedPages();
            await FillAsync(filling, open, closed);
            Copy(filling.Folder, kept);
            await using var db = await filling.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            // All of it in one file, however much of it was still in the log.
            foreach (var file in Directory.EnumerateFiles(kept, "support.db*"))
            {
                File.Delete(file);
            }

            await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path.Combine(kept, "support.db")}");
            await File.WriteAllTextAsync(made, ObligationClock.Text(TimeProvider.System.GetUtcNow()));
        }

        var madeAt = DateTimeOffset.Parse(await File.ReadAllTextAsync(made), CultureInfo.InvariantCulture);
        var clock = new LateClock(TimeProvider.System.GetUtcNow() - madeAt);
        var host = Measured.PublishedPages(services => services.AddSingleton<TimeProvider>(clock));
        Copy(kept, host.Folder);
        return host;
    }

    /// <summary>Opened through the real commands over the last hour, one in twenty with the hour's guarantee; the closed ones lie behind them.</summary>
    private static async Task FillAsync(SupportHost host, int open, int closed)
    {
        _ = host.Address;
        var now = ObligationClock.Whole(TimeProvider.System.GetUtcNow());
        if (closed > 0)
        {
            await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync();
            await ClosedYear.FillAsync(db, now, closed);
        }

        var clock = new PastClock { Now = now.AddMinutes(-50) };
        var commands = Measured.CommandsAt(host, clock);
        var (sofia, uwe) = (await Measured.CustomerAsync(host, "sofia@acme.example"), await Measured.CustomerAsync(host, "uwe@acme.example"));
        for (var made = 0; made < open; made += Batch)
        {
            await Measured.OpenAsync(commands, sofia, Batch / 20, Channel.Email);
            await Measured.OpenAsync(commands, uwe, Batch - (Batch / 20), Channel.Email);
            clock.Now += TimeSpan.FromMinutes(45) / (open / Batch);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private sealed class PastClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>The machine's clock, so much behind.</summary>
    private sealed class LateClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() - by;
    }
}

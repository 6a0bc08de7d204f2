using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>That a node saw somebody, and when last. A node that died stops saying so.</summary>
public sealed class PresenceRow
{
    /// <summary>Another one for each start of a process.</summary>
    public Guid NodeId { get; set; }

    public Guid StaffId { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>Tells the other nodes, by rows, who is here.</summary>
internal sealed partial class PresenceHeartbeat(StaffPresence presence, WriteQueue writes, TimeProvider clock, ILogger<PresenceHeartbeat> log) : BackgroundService
{
    /// <summary>How long a row counts: two beats may get lost.</summary>
    public static readonly TimeSpan Counts = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    // Rows of nodes that died are swept up by whoever is alive.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    // Of when somebody was last seen; what is written less often keeps the disk quieter.
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private int _told;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        // A node with nobody on it that has said so already has nothing to write.
        var here = presence.Here;
        if (here.Count == 0 && _told == 0)
        {
            return;
        }

        try
        {
            var now = clock.GetUtcNow();
            _told = await writes.RunAsync(db => WriteAsync(db, here, now), cancellation: stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LogFailed(log, failure);
        }
    }

    private async Task<int> WriteAsync(SupportDb db, IReadOnlyCollection<Guid> here, DateTimeOffset now)
    {
        var (node, old) = (presence.NodeId, now - Forgotten);
        var rows = await db.Set<PresenceRow>().Where(row => row.NodeId == node || row.SeenAt < old).ToListAsync();
        db.RemoveRange(rows.Where(row => row.NodeId != node || !here.Contains(row.StaffId)));
        foreach (var staff in here)
        {
            var row = rows.Find(row => row.NodeId == node && row.StaffId == staff) ?? db.Add(new PresenceRow { NodeId = node, StaffId = staff }).Entity;
            row.SeenAt = now;
        }

        var longAgo = now - Precision;
        await db.Users.Where(user => here.Contains(user.Id) && (user.LastSeenAt == null || user.LastSeenAt < longAgo)).ExecuteUpdateAsync(set => set.SetProperty(user => user.LastSeenAt, now));
        return here.Count;
    }

    [LoggerMessage(LogLevel.Warning, "Who is here could not be told to the other nodes; it is tried again soon")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}

internal sealed class PresenceTable : IEntityTypeConfiguration<PresenceRow>
{
    public void Configure(EntityTypeBuilder<PresenceRow> builder)
    {
        builder.ToTable("StaffPresence");
        builder.HasKey(row => new { row.NodeId, row.StaffId });
    }
}

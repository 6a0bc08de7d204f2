using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>What somebody says of themselves while they are here.</summary>
public enum Availability { Available, Busy, Away }

/// <summary>What somebody said last, and when.</summary>
public sealed class AvailabilityRow
{
    public Guid StaffId { get; set; }
    public Availability State { get; set; }
    public DateTimeOffset Since { get; set; }
}

internal sealed class AvailabilityTable : IEntityTypeConfiguration<AvailabilityRow>
{
    public void Configure(EntityTypeBuilder<AvailabilityRow> builder)
    {
        builder.ToTable("StaffAvailability");
        builder.HasKey(row => row.StaffId);
        builder.HasOne<StaffUser>().WithOne().HasForeignKey<AvailabilityRow>(row => row.StaffId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Writes whether people want to be given work.</summary>
public sealed class AvailabilityCommands(WriteQueue writes, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that somebody is available or is not; the id is always 0.</summary>
    public const string Topic = "availability";

    /// <summary>Says it of oneself. It holds until one says otherwise, also after going and coming back.</summary>
    public Task SetAsync(Availability state, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async db =>
            {
                var row = await db.Set<AvailabilityRow>().SingleOrDefaultAsync(row => row.StaffId == caller.StaffId) ?? db.Add(new AvailabilityRow { StaffId = caller.StaffId }).Entity;
                (row.State, row.Since) = (state, now);
                return true;
            },
            _ => bus.Publish(new(Topic, 0)),
            cancellation);
    }
}

/// <summary>Says who would be given work now.</summary>
public sealed class AvailabilityQueries(IDbContextFactory<SupportDb> database, PresenceQueries presence)
{
    /// <summary>What somebody said of themselves; available unless they did.</summary>
    public async Task<Availability> OfAsync(Guid staffId, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Set<AvailabilityRow>().Where(row => row.StaffId == staffId).Select(row => (Availability?)row.State).SingleOrDefaultAsync(cancellation) ?? Availability.Available;
    }

    /// <summary>Those whose browser is connected and who are not away; the busy among them answer what they have.</summary>
    public async Task<IReadOnlyDictionary<Guid, Availability>> OnShiftAsync(CancellationToken cancellation = default)
    {
        var online = (await presence.OnlineAsync(cancellation)).All;
        await using var db = await database.CreateDbContextAsync(cancellation);
        var said = await db.Set<AvailabilityRow>().Where(row => online.Contains(row.StaffId)).ToDictionaryAsync(row => row.StaffId, row => row.State, cancellation);
        return online.ToDictionary(id => id, id => said.GetValueOrDefault(id)).Where(person => person.Value != Availability.Away).ToDictionary();
    }
}

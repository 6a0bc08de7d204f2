using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Tickets.Calls;

internal sealed class CallsTable : IEntityTypeConfiguration<Call>, IEntityTypeConfiguration<Callback>, IEntityTypeConfiguration<TelephonyEvent>
{
    private const int LongestNumber = 20;

    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable("Calls");
        builder.Property(call => call.Id).ValueGeneratedNever();
        builder.Property(call => call.Number).HasMaxLength(LongestNumber);
        builder.HasOne<Ticket>().WithMany().HasForeignKey(call => call.TicketNumber);
        builder.HasIndex(call => call.TicketNumber);
        builder.HasIndex(call => call.StartedAt);
        builder.HasIndex(call => call.Number);
        builder.Ignore(call => call.WasNotMade);
    }

    public void Configure(EntityTypeBuilder<Callback> builder)
    {
        builder.ToTable("Callbacks");
        builder.HasKey(callback => callback.TicketNumber);
        builder.Property(callback => callback.TicketNumber).ValueGeneratedNever();
        builder.Property(callback => callback.Number).HasMaxLength(LongestNumber);
        builder.Property(callback => callback.Zone).HasMaxLength(64);
        builder.HasOne<Ticket>().WithOne().HasForeignKey<Callback>(callback => callback.TicketNumber);
        builder.HasIndex(callback => callback.Number, "IX_Callbacks_Open").HasFilter("\"NextCallAt\" IS NOT NULL");
        builder.Ignore(callback => callback.Window);
    }

    public void Configure(EntityTypeBuilder<TelephonyEvent> builder)
    {
        builder.ToTable("TelephonyEvents");
        builder.Property(happening => happening.Id).HasMaxLength(TelephonyEvent.LongestId);
        builder.HasIndex(happening => happening.ReceivedAt);
    }
}

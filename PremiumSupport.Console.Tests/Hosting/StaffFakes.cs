using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Tests.Hosting;

/// <summary>Callers for commands where it does not matter who it is, only what they may.</summary>
internal static class StaffFakes
{
    public static StaffCaller Admin { get; } = new(Guid.Parse("11111111-0000-0000-0000-000000000001"), "Ada Admin", "ada@desk.example", IsLead: true, IsAdmin: true);

    public static StaffCaller Lead { get; } = new(Guid.Parse("11111111-0000-0000-0000-000000000002"), "Lea Lead", "lea@desk.example", IsLead: true);

    public static StaffCaller Specialist { get; } = new(Guid.Parse("11111111-0000-0000-0000-000000000003"), "Sven Specialist", "sven@desk.example");
}

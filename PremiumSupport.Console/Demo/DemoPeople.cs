using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>Who is in the demo workspace.</summary>
internal static class DemoPeople
{
    /// <summary>Staff: address, name, role.</summary>
    public static IReadOnlyList<(string Email, string Name, string Role)> Staff { get; } =
    [
        ("specialist@demo.example", "Mara Lindqvist", Roles.Specialist),
        ("second@demo.example", "Tomás Oliveira", Roles.Specialist),
        ("lead@demo.example", "Ana Ruiz", Roles.TeamLead),
        ("admin@demo.example", "Elif Aydın", Roles.Admin),
    ];

    /// <summary>Accounts: key, name, zone, whether they bought Premium Support, hubs.</summary>
    public static IReadOnlyList<(string Key, string Name, string Zone, bool IsEntitled, string[] Hubs)> Accounts { get; } =
    [
        ("acme", "Acme", "America/New_York", true, ["Smart CRM", "Service Hub", "Marketing Hub"]),
        ("globex", "Globex", "Europe/Oslo", true, ["Sales Hub", "Operations Hub"]),
        ("basic", "Basic Goods", "Europe/London", false, ["Content Hub"]),
    ];

    /// <summary>Contacts: account, address, name, role.</summary>
    public static IReadOnlyList<(string Account, string Email, string Name, RequesterRole Role)> Contacts { get; } =
    [
        ("acme", "sofia@acme.example", "Sofia Marchetti", RequesterRole.SuperAdmin),
        ("acme", "uwe@acme.example", "Uwe Brandt", RequesterRole.User),
        ("acme", "niko@acme.example", "Niko Van der Berghe", RequesterRole.User),
        ("acme", "haruka@acme.example", "Haruka Ito", RequesterRole.SuperAdmin),
        ("globex", "greta@globex.example", "Greta Lindholm", RequesterRole.SuperAdmin),
        ("globex", "ingrid@globex.example", "Ingrid Solheim", RequesterRole.User),
        ("globex", "maximiliane@globex.example", "Maximiliane von Hohenberg-Rautenstrauch", RequesterRole.SuperAdmin),
        ("basic", "ben@basic.example", "Ben Whitlock", RequesterRole.User),
    ];

    /// <summary>The customers that the demo page switches between.</summary>
    public static IReadOnlyList<string> Switch { get; } = ["sofia@acme.example", "uwe@acme.example", "greta@globex.example", "ben@basic.example"];
}

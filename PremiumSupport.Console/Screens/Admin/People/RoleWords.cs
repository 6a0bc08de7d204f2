using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Screens.Admin.People;

/// <summary>Roles as people say them.</summary>
internal static class RoleWords
{
    public static string Of(string? role) => role switch
    {
        Roles.Admin => "Admin",
        Roles.TeamLead => "Team lead",
        Roles.Specialist => "Specialist",
        _ => "No role",
    };

    /// <summary>What the role may do.</summary>
    public static string About(string role) => role switch
    {
        Roles.Admin => "An admin does all that a team lead does, and decides what is promised, who may sign in and what is connected.",
        Roles.TeamLead => "A team lead answers customers, sees the dashboards, and declares and approves exceptions.",
        _ => "A specialist answers customers.",
    };
}

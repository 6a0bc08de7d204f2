namespace PremiumSupport.Platform.Identity;

/// <summary>What a member of staff may be. Each role includes the work of the ones before it; a person holds one.</summary>
public static class Roles
{
    /// <summary>Answers customers.</summary>
    public const string Specialist = "Specialist";

    /// <summary>Also sees the dashboards and declares or approves exceptions.</summary>
    public const string TeamLead = "TeamLead";

    /// <summary>Also changes what is promised, who may sign in and what is connected.</summary>
    public const string Admin = "Admin";

    /// <summary>Every staff role, weakest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Specialist, TeamLead, Admin];
}

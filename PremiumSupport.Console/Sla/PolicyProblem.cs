namespace PremiumSupport.Sla;

/// <summary>Something that is wrong, or odd, about a draft.</summary>
/// <param name="Field">Where, in the API's words: <c>rules[2].target</c>, <c>calendars[0].week.mon</c>.</param>
/// <param name="Message">A sentence for the person who wrote it.</param>
public sealed record PolicyProblem(string Field, string Message);

/// <summary>What a draft came to.</summary>
/// <param name="Policy">The policy; null when there are problems.</param>
/// <param name="Problems">Why it cannot be published, all of it.</param>
/// <param name="Hints">What is allowed and yet probably not meant.</param>
public sealed record CheckedPolicy(SlaPolicy? Policy, IReadOnlyList<PolicyProblem> Problems, IReadOnlyList<PolicyProblem> Hints);

/// <summary>How large a policy may be. Together they make sure that every promise of a checked policy has a deadline that the calendars can reach.</summary>
public static class PolicyLimits
{
    public const int Rules = 200;
    public const int Calendars = 20;
    public const int SpansADay = 12;
    public const int Warnings = 10;

    /// <summary>People who are told after the leads.</summary>
    public const int EscalateTo = 20;

    /// <summary>Holidays and short days of one calendar. A deadline is at most a year of usual weeks away, and so many shut days push it out by less than eight more.</summary>
    public const int SpecialDays = 400;

    /// <summary>Characters of a calendar's key and of a plan.</summary>
    public const int Key = 40;

    /// <summary>Characters of a day's name.</summary>
    public const int Name = 100;

    /// <summary>Characters of a version's note.</summary>
    public const int Note = 500;

    public const int BusinessDays = 90;
    public const int FirstYear = 2000;
    public const int LastYear = 2100;

    /// <summary>The longest target in open time.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromDays(90);
}

using System.Globalization;
using System.Text;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>What a saved view may say and who may change it: pure functions.</summary>
public static class SavedViewRules
{
    public const int LongestName = 60;
    public const int LongestSlug = 80;

    /// <summary>Views that one person may keep.</summary>
    public const int MostOfOne = 50;

    /// <summary>The highest place in the rail that can be given.</summary>
    public const int HighestPlace = 999;

    /// <summary>The words of <c>/queue/{view}</c> that are taken by the lists of the contract.</summary>
    public static IReadOnlySet<string> Taken { get; } = new HashSet<string> { "all", "mine", "my-accounts", "unassigned", "at-risk", "breached", "critical", "chat", "email", "phone", "snoozed" };

    /// <summary>Why a draft is not kept; null when it is fine.</summary>
    public static Refusal? Check(ViewDraft draft) =>
        draft.Name.Trim().Length is 0 or > LongestName ? Refusal.Invalid(("name", $"Give it a name of at most {LongestName} characters."))
        : draft.Place is < 0 or > HighestPlace ? Refusal.Invalid(("place", $"Its place is a number from 0 to {HighestPlace}."))
        : null;

    /// <summary>Who changes it: its owner, and leads where it is the team's.</summary>
    public static bool MayChange(Guid owner, bool isTeam, StaffCaller caller) => owner == caller.StaffId || (isTeam && caller.IsLead);

    /// <summary>The word of a name: letters and digits of ASCII with hyphens between; free of those that are taken.</summary>
    public static string SlugOf(string name, Func<string, bool> isTaken)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var word = slug.ToString().Trim('-') is { Length: > 0 } said ? said : "view";
        for (var number = 1; ; number++)
        {
            var tried = number == 1 ? word : $"{word}-{number.ToString(CultureInfo.InvariantCulture)}";
            if (!Taken.Contains(tried) && !isTaken(tried))
            {
                return tried;
            }
        }
    }
}

/// <summary>A saved view as somebody wants it.</summary>
public sealed record ViewDraft(string Name, bool IsTeam, QueueView Base, QueueFilter Filter, int Place);

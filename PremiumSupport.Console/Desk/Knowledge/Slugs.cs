using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge;

/// <summary>Makes names for addresses.</summary>
public static class Slugs
{
    private const int Longest = 60;

    /// <summary>The words of a title in ASCII with hyphens between, whole words up to 60 characters; "article" where nothing is left.</summary>
    public static string Of(string title)
    {
        var slug = "";
        foreach (var word in TextWords.Of(title).Select(TextWords.WithoutAccents).Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0))
        {
            if (slug.Length + word.Length + 1 > Longest)
            {
                break;
            }

            slug += slug.Length == 0 ? word : $"-{word}";
        }

        return slug.Length == 0 ? "article" : slug;
    }

    /// <summary>The name, or the first of name-2, name-3… that is not taken.</summary>
    public static string Free(string slug, IReadOnlySet<string> taken) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? slug : $"{slug}-{number}").First(name => !taken.Contains(name));
}

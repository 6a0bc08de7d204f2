namespace PremiumSupport.Platform.Data;

/// <summary>A word that was probably meant.</summary>
/// <param name="Slips">How many slips of the finger lie between it and what was typed.</param>
public readonly record struct NearWord(string Word, int Slips);

/// <summary>Counts slips: a letter too many, one missing, another one, or two that changed places.</summary>
public static class WordDistance
{
    private const int Shortest = 4;
    private const int Long = 8;
    private const int MostMeant = 3;

    /// <summary>Whether a word can be told from a slip of another: four letters at least, and no digit, for one digit more is another thing.</summary>
    public static bool MayBeMeant(string word) => word.Length >= Shortest && !word.Any(char.IsDigit);

    /// <summary>How many slips are forgiven: one up to seven letters, two from eight on.</summary>
    public static int Forgiven(string word) => word.Length >= Long ? 2 : 1;

    /// <summary>The nearest of the candidates within what is forgiven, at most three, the first in the alphabet first.</summary>
    public static IReadOnlyList<NearWord> Nearest(string typed, IEnumerable<string> candidates, bool isBeginning)
    {
        List<NearWord> near = [.. candidates.Select(word => new NearWord(word, Between(typed, word, isBeginning))).Where(word => word.Slips <= Forgiven(typed))];
        return near.Count == 0 ? [] : [.. near.Where(word => word.Slips == near.Min(other => other.Slips)).OrderBy(word => word.Word, StringComparer.Ordinal).Take(MostMeant)];
    }

    /// <summary>The slips between two words.</summary>
    /// <param name="isBeginning">The slips between the first word and the nearest beginning of the second.</param>
    public static int Between(string typed, string meant, bool isBeginning = false)
    {
        // Optimal string alignment, three rows at a time.
        var (before, last, row) = (new int[meant.Length + 1], new int[meant.Length + 1], new int[meant.Length + 1]);
        for (var at = 0; at <= meant.Length; at++)
        {
            last[at] = at;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= meant.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return isBeginning ? last.Min() : last[^1];
    }
}

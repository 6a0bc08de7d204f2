using System.Text.Json;

namespace PremiumSupport.Tests.Desk.Knowledge;

/// <summary>A question, and the article that answers it.</summary>
/// <param name="Expect">Its slug; null where no article answers and nothing should be suggested.</param>
/// <param name="Typo">Whether words are misspelt in it.</param>
public sealed record AskedFor(string Lang, string Ask, string? Expect, bool Typo = false)
{
    /// <summary>The committed set. It was written before this search first ran, and not changed to suit it.</summary>
    public static IReadOnlyList<AskedFor> All { get; } = Read();

    private static List<AskedFor> Read()
    {
        using var stream = typeof(AskedFor).Assembly.GetManifestResourceStream("questions.json")!;
        return JsonSerializer.Deserialize<List<AskedFor>>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>How often the expected article came first and among the first three, and how often nothing came where nothing should.</summary>
public sealed record HitRate(int Asked, int First, int FirstThree, int Unanswerable, int Silent)
{
    public static async Task<(HitRate Rate, IReadOnlyList<string> Misses)> MeasureAsync(IEnumerable<AskedFor> questions, Func<AskedFor, Task<IReadOnlyList<string>>> search)
    {
        var (rate, misses) = (new HitRate(0, 0, 0, 0, 0), new List<string>());
        foreach (var question in questions)
        {
            var found = await search(question);
            if (question.Expect is null)
            {
                rate = rate with { Unanswerable = rate.Unanswerable + 1, Silent = rate.Silent + (found.Count == 0 ? 1 : 0) };
            }
            else
            {
                var place = found.ToList().IndexOf(question.Expect);
                rate = rate with { Asked = rate.Asked + 1, First = rate.First + (place == 0 ? 1 : 0), FirstThree = rate.FirstThree + (place is >= 0 and < 3 ? 1 : 0) };
            }

            if (question.Expect is null ? found.Count > 0 : (found is [var best, ..] ? best : null) != question.Expect)
            {
                misses.Add($"{question.Lang} “{question.Ask}”: {question.Expect ?? "nothing"} expected, found {string.Join(", ", found)}");
            }
        }

        return (rate, misses);
    }
}

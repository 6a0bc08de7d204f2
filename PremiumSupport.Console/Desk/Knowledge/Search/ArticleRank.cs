namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>Why an article stands where it does among those that were found.</summary>
/// <param name="Words">What each word adds.</param>
/// <param name="Text">Their sum.</param>
/// <param name="Covered">The share of the question that it speaks of, by rarity, from 0 to 1.</param>
/// <param name="Votes">The factor of "Was this helpful?", between 0.85 and 1.15.</param>
/// <param name="Solved">The factor of what was read before people did not need to contact support, between 0.85 and 1.15.</param>
public sealed record Ranked(long ArticleId, string Language, IReadOnlyList<WordEvidence> Words, double Text, double Covered, double Votes, double Solved)
{
    /// <summary>What it is ordered by.</summary>
    public double Score => Text * Votes * Solved;
}

/// <summary>
/// Weighs what was found. Words decide; what readers said and did moves an article among those that fit about equally well, by a seventh at most each way, so that no
/// number of votes brings up what does not answer. Pure.
/// </summary>
public static class ArticleRank
{
    /// <summary>A word of the title counts as much as three in the body.</summary>
    public const double TitleWeight = 3;

    private const double Swing = 0.3;

    // An article nobody has voted on stands in the middle, and five votes move it half of the way.
    private const double Doubt = 5;

    // What speaks of less than this share of the question by rarity would be a guess; a rare word of the title makes up for half of it.
    private const double LeastCovered = 0.22;

    // Behind a first that fits well, what fits a fifth as well is noise.
    private const double LeastOfFirst = 0.2;

    /// <summary>How much a word weighs that was found in that way.</summary>
    public static double Quality(FoundAs how, int slips = 0) => how switch
    {
        FoundAs.Word => 1,
        FoundAs.Beginning => 0.7,
        FoundAs.Stump => 0.7,
        _ => slips > 1 ? 0.5 : 0.7,
    };

    /// <summary>How rare a word is that <paramref name="holding"/> of <paramref name="texts"/> texts hold.</summary>
    public static double Rarity(int texts, int holding) => Math.Log(1 + (texts - holding + 0.5) / (holding + 0.5));

    /// <summary>What a word adds.</summary>
    public static double WordScore(bool inTitle, double body, double rarity, double quality) => rarity * quality * ((inTitle ? TitleWeight : 0) + body);

    /// <summary>The factor of the answers to "Was this helpful?".</summary>
    public static double Votes(ArticleSignal signal) =>
        1 + Swing * ((signal.Helpful + Doubt / 2) / (signal.Helpful + signal.NotHelpful + Doubt) - 0.5);

    /// <summary>The factor of what was read before people did not need to contact support, against the share of all articles together.</summary>
    /// <param name="usual">The share of readings of any article that led to no contact.</param>
    public static double Solved(ArticleSignal signal, double usual) =>
        1 + Math.Clamp(Swing * ((signal.Read - signal.Contacted + Doubt * usual) / (signal.Read + Doubt) - usual), -Swing / 2, Swing / 2);

    /// <summary>Whether it may answer at all.</summary>
    public static bool IsWorthShowing(Ranked article, double first) =>
        article.Score >= LeastOfFirst * first && (article.Covered >= LeastCovered || (article.Covered >= LeastCovered / 2 && article.Words.Any(word => word is { InTitle: true, As: FoundAs.Word, Rarity: > 1 })));

    /// <summary>Best first; of equal ones the older.</summary>
    public static IReadOnlyList<Ranked> Order(IEnumerable<Ranked> articles) => [.. articles.OrderByDescending(article => article.Score).ThenBy(article => article.ArticleId)];
}

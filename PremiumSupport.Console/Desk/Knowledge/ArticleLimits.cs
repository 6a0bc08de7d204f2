namespace PremiumSupport.Desk.Knowledge;

/// <summary>How much fits, in characters.</summary>
public static class ArticleLimits
{
    public const int Slug = 100;
    public const int Title = 200;
    public const int Category = 60;

    /// <summary>The Markdown of an article: a book of about 20,000 words.</summary>
    public const int Body = 120_000;

    /// <summary>What a reader may add to "Was this helpful?".</summary>
    public const int Comment = 1_000;

    /// <summary>What is kept of a question.</summary>
    public const int Question = 300;
}

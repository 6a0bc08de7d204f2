namespace PremiumSupport.Desk.Knowledge;

/// <summary>An answer that customers find before they ask a person.</summary>
public sealed class Article
{
    public long Id { get; set; }

    /// <summary>Its name in addresses; lower case, unique, never reused.</summary>
    public required string Slug { get; set; }

    public required string Title { get; set; }

    /// <summary>A word to group by, e.g. "Sign-in".</summary>
    public required string Category { get; set; }

    /// <summary>Markdown without HTML.</summary>
    public required string Body { get; set; }

    /// <summary>When somebody last checked what it says; customers see it.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Customers find published ones only.</summary>
    public bool IsPublished { get; set; } = true;
}

/// <summary>One answer to "Was this helpful?".</summary>
public sealed class ArticleFeedback
{
    public long Id { get; set; }
    public long ArticleId { get; set; }
    public bool Helpful { get; set; }
    public DateTimeOffset At { get; set; }
}

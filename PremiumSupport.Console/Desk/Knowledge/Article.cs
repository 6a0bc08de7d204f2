namespace PremiumSupport.Desk.Knowledge;

/// <summary>An answer that customers find before they ask a person: its name and place. What it says stands in its <see cref="ArticleText"/>s.</summary>
public sealed class Article
{
    public long Id { get; set; }

    /// <summary>Its name in addresses; lower case, unique, never reused.</summary>
    public required string Slug { get; set; }

    public long CategoryId { get; set; }

    /// <summary>Customers find published ones only, in the languages in which something was published.</summary>
    public bool IsPublished { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>How a text came to be. English is the official version; whatever else there is was translated from it.</summary>
public enum TextOrigin
{
    /// <summary>Written in English.</summary>
    Written,

    /// <summary>Translated by a machine; readers are told.</summary>
    Machine,

    /// <summary>Translated and read by a person who stands for it.</summary>
    Reviewed,
}

/// <summary>What an article says now in a language: the newest of its versions.</summary>
public sealed class ArticleText
{
    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>A code of <see cref="Platform.Data.TextLanguage"/>.</summary>
    public required string Language { get; set; }

    /// <summary>The number of the version that it is.</summary>
    public int Version { get; set; }

    public required string Title { get; set; }

    /// <summary>Markdown without HTML.</summary>
    public required string Body { get; set; }

    public TextOrigin Origin { get; set; }

    /// <summary>The English version that it was translated from; 0 for English. When English has a newer one, the translation is out of date.</summary>
    public int MadeFrom { get; set; }

    /// <summary>When it was published; customers see it.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A version of a text. It is written once and never changed.</summary>
public sealed class ArticleVersion
{
    public long Id { get; set; }
    public long ArticleId { get; set; }
    public required string Language { get; set; }

    /// <summary>Counts from 1 for each article and language.</summary>
    public int Number { get; set; }

    public required string Title { get; set; }
    public required string Body { get; set; }
    public TextOrigin Origin { get; set; }
    public int MadeFrom { get; set; }

    /// <summary>Who published it; null for the product's own.</summary>
    public Guid? AuthorId { get; set; }

    public required string AuthorName { get; set; }
    public DateTimeOffset PublishedAt { get; set; }
}

/// <summary>What the next version of a text may become. Kept while it is typed; customers never see it.</summary>
public sealed class ArticleDraft
{
    public long Id { get; set; }
    public long ArticleId { get; set; }
    public required string Language { get; set; }
    public required string Title { get; set; }
    public required string Body { get; set; }
    public Guid EditorId { get; set; }
    public required string EditorName { get; set; }
    public DateTimeOffset EditedAt { get; set; }

    /// <summary>Counts its changes, so that nobody writes over what they have not seen.</summary>
    public long Version { get; set; }
}

/// <summary>A subject that articles are grouped by.</summary>
public sealed class ArticleCategory
{
    public long Id { get; set; }

    /// <summary>Its English name, unique.</summary>
    public required string Name { get; set; }

    /// <summary>Its place among the others, lowest first.</summary>
    public int Position { get; set; }

    /// <summary>Its names in other languages; where there is none, the English one stands.</summary>
    public IReadOnlyList<CategoryName> Names { get; set; } = [];
}

/// <summary>A category's name in a language.</summary>
public sealed record CategoryName(string Language, string Name);

/// <summary>A reader's answer to "Was this helpful?": one for each reader and article, which they may change.</summary>
public sealed class ArticleFeedback
{
    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>The hash of the reader's contact, or of what their browser calls itself. Nobody can be found by it.</summary>
    public required string Reader { get; set; }

    /// <summary>The language in which they read it.</summary>
    public required string Language { get; set; }

    public bool Helpful { get; set; }

    /// <summary>In their own words, masked; empty for most.</summary>
    public string Comment { get; set; } = "";

    public DateTimeOffset At { get; set; }
}

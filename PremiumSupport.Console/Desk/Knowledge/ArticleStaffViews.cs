namespace PremiumSupport.Desk.Knowledge;

/// <summary>How an article stands in a language.</summary>
/// <param name="Origin">Null where customers have no text in it.</param>
/// <param name="HasDraft">Whether somebody is writing the next version.</param>
/// <param name="IsOutOfDate">Whether it was translated from an older English version than the one that customers read.</param>
public sealed record LanguageState(string Language, TextOrigin? Origin, bool HasDraft, bool IsOutOfDate);

/// <summary>A row of the list.</summary>
/// <param name="Title">The English title; the draft's where nothing was published.</param>
/// <param name="UpdatedAt">When the English version was published; null for one that never was.</param>
/// <param name="Languages">One for each language of the product, English first.</param>
public sealed record ArticleRow(
    long Id, string Slug, string Title, long CategoryId, string Category, bool IsPublished, DateTimeOffset? UpdatedAt, IReadOnlyList<LanguageState> Languages, int Helpful, int NotHelpful, int Comments);

/// <summary>A category with how many articles stand in it.</summary>
public sealed record CategoryRow(long Id, string Name, IReadOnlyList<CategoryName> Names, int Articles);

/// <summary>An article for those who write it, in one language.</summary>
/// <param name="Text">What customers read; null where nothing was published.</param>
/// <param name="Draft">What may come next; null where nobody has begun.</param>
/// <param name="English">What customers read in English; for English the same as <paramref name="Text"/>.</param>
public sealed record ArticleDesk(ArticleRow Row, string Language, ArticleText? Text, ArticleDraft? Draft, ArticleText? English);

/// <summary>A version in the history.</summary>
public sealed record VersionRow(int Number, string Title, TextOrigin Origin, int MadeFrom, string AuthorName, DateTimeOffset PublishedAt);

/// <summary>What a reader said.</summary>
public sealed record CommentRow(string Language, bool Helpful, string Comment, DateTimeOffset At);

/// <summary>The answers in a language.</summary>
public sealed record VoteRow(string Language, int Helpful, int NotHelpful);

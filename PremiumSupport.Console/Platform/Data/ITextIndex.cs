namespace PremiumSupport.Platform.Data;

/// <summary>One way in which a word is looked for.</summary>
/// <param name="Word">A word of <see cref="TextWords"/>.</param>
/// <param name="IsBeginning">Finds what begins with it; otherwise the word and its inflected forms, as far as the database knows the language.</param>
public readonly record struct TextForm(string Word, bool IsBeginning);

/// <summary>Where a form was found.</summary>
/// <param name="Form">Its place among those that were asked for.</param>
/// <param name="Id">The text.</param>
/// <param name="InTitle">Whether the title holds it.</param>
/// <param name="Body">How much the body speaks of it: 0 not at all, about 1 once, never above 2.2 however often.</param>
public sealed record TextHit(int Form, long Id, bool InTitle, double Body);

/// <summary>
/// The full-text index of articles, by language. Every database has its own (FTS5; tsvector under GIN), and both find the same texts in English: letter case and accents
/// aside, and by stem. It finds and counts; what weighs how much is decided above it, so that the order is the same on both and can be explained.
/// </summary>
public interface ITextIndex
{
    /// <summary>Takes in a text, in place of what it knew by that id. Part of the transaction that the context is in.</summary>
    Task PutAsync(SupportDb db, TextLanguage language, long id, string title, string body);

    /// <summary>Forgets a text, if it knew it.</summary>
    Task RemoveAsync(SupportDb db, TextLanguage language, long id);

    /// <summary>How many texts there are.</summary>
    Task<int> CountAsync(SupportDb db, TextLanguage language, CancellationToken cancellation = default);

    /// <summary>Every text that holds any of the forms, once per form.</summary>
    Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, CancellationToken cancellation = default);

    /// <summary>About 22 words of each text's body, around what was asked for, by the text's id.</summary>
    Task<IReadOnlyDictionary<long, string>> ExcerptsAsync(SupportDb db, TextLanguage language, IReadOnlyList<TextForm> forms, IReadOnlyList<long> ids, CancellationToken cancellation = default);
}

/// <summary>An excerpt as a query returns it.</summary>
internal sealed record TextExcerpt(long Id, string Excerpt);

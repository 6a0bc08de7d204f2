namespace PremiumSupport.Platform.Data;

/// <summary>A text that was found.</summary>
/// <param name="Excerpt">About 22 words of its body, around what was asked for.</param>
public sealed record TextHit(long Id, string Excerpt);

/// <summary>
/// The full-text index of articles. Every database has its own, and all find the same: texts that hold any of the words, or words that begin with them, letter
/// case and accents aside. Rare words weigh more than common ones, and a word of the title as much as many in the body.
/// </summary>
public interface ITextIndex
{
    /// <summary>Takes in a text, in place of what it knew by that id. Part of the transaction that the context is in.</summary>
    Task PutAsync(SupportDb db, long id, string title, string body);

    /// <summary>The best of what holds any of the words, best first.</summary>
    /// <param name="db">The context to read with.</param>
    /// <param name="words">Words of <see cref="TextWords"/>. Those of up to two letters are looked for as they are; longer ones as beginnings, too.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<TextHit>> FindAsync(SupportDb db, IReadOnlyList<string> words, int most, CancellationToken cancellation = default);
}

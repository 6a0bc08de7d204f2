namespace PremiumSupport.Platform.Data;

/// <summary>
/// Finds rows by the words of their <c>Body</c>, in tables that have an index for it (FTS5 beside the table; a generated <c>tsvector</c> under GIN). The databases keep the index by
/// themselves, in the transaction that writes the row, so a row is found as soon as it is there. No stems: a conversation may be in any language, so a word stands for all that begin with it.
/// </summary>
public interface IRowSearch
{
    /// <summary>The rows whose body holds every one of the words, in any order; letter case and accents aside.</summary>
    /// <param name="db">Any context.</param>
    /// <param name="words">At least one, of <see cref="TextWords.Of"/>.</param>
    IQueryable<T> Holding<T>(SupportDb db, IReadOnlyList<string> words)
        where T : class;
}

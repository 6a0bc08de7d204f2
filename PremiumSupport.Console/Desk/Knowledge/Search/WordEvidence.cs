using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>How a word of a question was found in an article. The better way first.</summary>
public enum FoundAs
{
    /// <summary>The word, or an inflected form that the database's dictionary knows.</summary>
    Word,

    /// <summary>A word that begins with it.</summary>
    Beginning,

    /// <summary>A word that begins as it does, but for its ending.</summary>
    Stump,

    /// <summary>A word that is one or two slips of the finger away.</summary>
    Typo,
}

/// <summary>What one word of a question adds to an article's score.</summary>
/// <param name="Word">As it was asked.</param>
/// <param name="As">How it was found.</param>
/// <param name="Meant">What was looked for in its place, where that is another word.</param>
/// <param name="InTitle">Whether the title holds it.</param>
/// <param name="Body">How much the body speaks of it, see <see cref="TextHit.Body"/>.</param>
/// <param name="Rarity">How rare it is among the texts of the language: 0 in all of them, and growing.</param>
/// <param name="Score">What comes of it.</param>
public sealed record WordEvidence(string Word, FoundAs As, string? Meant, bool InTitle, double Body, double Rarity, double Score);

/// <summary>What readers did with an article.</summary>
/// <param name="Helpful">Answers that it helped.</param>
/// <param name="NotHelpful">Answers that it did not.</param>
/// <param name="Read">Questions on whose way it was opened.</param>
/// <param name="Contacted">Those of them that led to "Contact us" all the same.</param>
public sealed record ArticleSignal(int Helpful, int NotHelpful, int Read, int Contacted)
{
    /// <summary>Nobody has read it yet.</summary>
    public static ArticleSignal None { get; } = new(0, 0, 0, 0);
}

namespace PremiumSupport.Desk.Tickets.Mentions;

/// <summary>Where a note names a colleague.</summary>
/// <param name="Start">The place of the @.</param>
/// <param name="Length">Up to the end of the name.</param>
public readonly record struct Mention(int Start, int Length, Guid StaffId);

/// <summary>
/// Names in notes, written as <c>@Mara Lindqvist</c> or <c>@mara@desk.example</c>: pure. The words stay as they were written, so that search, API and drafts have them; who is meant is kept beside
/// them, so that somebody who takes another name is still meant, and shown by the new one.
/// </summary>
public static class MentionText
{
    /// <summary>People that one note can name; who would call more writes a mail.</summary>
    public const int Most = 20;

    /// <summary>The colleagues a text names, each once. Two of the same name are both meant; an address tells them apart.</summary>
    /// <param name="text">The note.</param>
    /// <param name="staff">Everybody who may be named, with each name and address of theirs.</param>
    public static IReadOnlyList<NamedColleague> Read(string text, IReadOnlyList<NamedColleague> staff) =>
        [.. Find(text, staff).Select(found => new NamedColleague(found.StaffId, text.Substring(found.Start + 1, found.Length - 1))).Distinct().Take(Most)];

    /// <summary>Where they are named, in the order of the text. The longest name that fits counts: Mara Lind is not meant where Mara Lindqvist stands.</summary>
    public static IEnumerable<Mention> Find(string text, IReadOnlyList<NamedColleague> named)
    {
        var byLength = named.Where(one => one.Name.Length > 0).OrderByDescending(one => one.Name.Length).ToList();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && byLength.Count > 0; at = text.IndexOf('@', at + 1))
        {
            // The @ of an address names nobody.
            if (at > 0 && IsPartOfWord(text[at - 1]))
            {
                continue;
            }

            var longest = byLength.Find(one => Stands(text, at + 1, one.Name))?.Name.Length;
            foreach (var one in byLength.Where(one => one.Name.Length == longest && Stands(text, at + 1, one.Name)))
            {
                yield return new(at, one.Name.Length + 1, one.StaffId);
            }
        }
    }

    private static bool Stands(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + name.Length <= text.Length
        && (at + name.Length == text.Length || !IsPartOfWord(text[at + name.Length]));

    private static bool IsPartOfWord(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '-';
}

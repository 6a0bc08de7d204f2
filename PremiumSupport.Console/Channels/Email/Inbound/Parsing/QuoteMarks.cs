using System.Text.RegularExpressions;

namespace PremiumSupport.Channels.Email.Inbound.Parsing;

/// <summary>Where mail programs begin to quote, and how phones sign, in the languages of our customers. All patterns are without backtracking (trust rule 21).</summary>
internal static partial class QuoteMarks
{
    /// <summary>The line that our own mails carry: what stands above it is new.</summary>
    public const string OwnMarker = ReplyMarker.Begin + " ";

    /// <summary>“On … Ana wrote:” on one line, or “Ana &lt;ana@…&gt; wrote:”.</summary>
    public static bool IsAttribution(string line) => line.Length is > 5 and < 400 && (Attribution().IsMatch(line.Trim()) || NamedAttribution().IsMatch(line.Trim()));

    /// <summary>The same broken into several lines and joined again. It has to begin as one does: any sentence could end with a name and a verb.</summary>
    public static bool IsLongAttribution(string lines) => lines.Length is > 5 and < 400 && Attribution().IsMatch(lines.Trim());

    /// <summary>The head of a forwarded or answered mail, as a line of its own.</summary>
    public static bool IsDivider(string line) => line.Length < 200 && Divider().IsMatch(line.Trim());

    /// <summary>A line like “From: Ana”; with others of its kind below it, a mail that was copied in.</summary>
    public static bool IsFrom(string line) => line.Length < 400 && From().IsMatch(line.Trim());

    /// <summary>A line like “Sent: Monday”, “To: …” or “Subject: …”.</summary>
    public static bool IsOtherField(string line) => line.Length < 1000 && OtherField().IsMatch(line.Trim());

    /// <summary>“Sent from my phone”.</summary>
    public static bool IsPhoneSignature(string line) => line.Length < 120 && Phone().IsMatch(line.Trim());

    [GeneratedRegex(@"^>*\s*(on\b.*\bwrote|am\b.*\bschrieb\b.*|le\b.*\ba écrit|el\b.*\bescribió|il\b.*\bha scritto|(den|på)\b.*\bskrev\b.*)\s*:$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"^>*\s*.*<[^>]+@[^>]+>\s*(wrote|schrieb|a écrit|escribió|ha scritto|skrev)\s*:$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedAttribution();

    [GeneratedRegex(@"^(-{3,}\s*(original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|opprinnelig melding|videresendt melding)\s*-{3,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|_{20,})$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\*?(from|von|de|da|fra)\*?\s?:\*?\s+\S", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex From();

    [GeneratedRegex(@"^\*?(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|el|para|asunto|fecha|inviato|data|a|oggetto|sendt|dato|til|emne|kopi)\*?\s?:\*?\s", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherField();

    [GeneratedRegex(@"^(sent from my|get outlook for|sent from outlook|sent via|von meinem .* gesendet|gesendet von|envoyé de(puis)? mon|obtenez outlook|enviado desde mi|inviato da|sendt fra min|skaff deg outlook)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}

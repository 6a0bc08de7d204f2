namespace PremiumSupport.Channels.Email;

/// <summary>The line in our mails above which people write. Its sentence has the reader's language; the signs around it are the same in all, so that what stands below is found in an answer.</summary>
public static class ReplyMarker
{
    /// <summary>What the line begins with.</summary>
    public const string Begin = "##-";

    /// <summary>What it ends with.</summary>
    public const string End = "-##";

    /// <summary>The line.</summary>
    public static string Of(string language) => $"{Begin} {language switch
    {
        "es" => "Escriba su respuesta por encima de esta línea",
        "it" => "Scriva la Sua risposta sopra questa riga",
        "fr" => "Écrivez votre réponse au-dessus de cette ligne",
        "de" => "Bitte schreiben Sie Ihre Antwort über diese Zeile",
        "nb" => "Skriv svaret ditt over denne linjen",
        _ => "Please write your reply above this line",
    }} {End}";
}

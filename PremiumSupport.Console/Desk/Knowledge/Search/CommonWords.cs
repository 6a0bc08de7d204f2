using System.Collections.Frozen;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Knowledge.Search;

/// <summary>Words that every sentence of a language has, and that say nothing about its subject. Written without accents.</summary>
internal static class CommonWords
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> All = new Dictionary<string, string>
    {
        ["en"] = """
            a about after again all also am an and any anybody anyone anything are as at be because been before being but by can cannot could couldn did didn do does doesn doing don everything find finding for from
            get gets getting go goes going got had has have having hello help here hi how i if in into is isn it its just let like ll m many may me more much my need nobody no not of on one or our
            out please re s should since so some somebody someone something t than thank thanks that the their them then there these they thing this those to too try trying up us ve very want wants was
            wasn we were what when where whether which who whom why will with without won would you your
            """,
        ["de"] = """
            aber alle allem allen als also am an auch auf aus bei beim bin bis bitte brauche da dafur damit danke dann das dass dein dem den der des deshalb die dies diese diesem diesen dieser doch du durch
            ein eine einem einen einer eines er es etwas finde finden findet fur geht gibt habe haben hallo hat hatte ich ihr ihre im in ins ist ja jemand jetzt kann kein keine keinen man mehr mein meine meinem meinen meiner mich
            mir mit muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll sollte um und uns unser unsere unserem unseren unserer vom von vor wann warum was wegen
            welche welcher wenn wer werden wie wieso will wir wird wo wollen worden wurde zu zum zur zwischen
            """,
        ["es"] = """
            a al algo alguien alguno ante antes aqui asi aun como con cual cuales cuando de del desde donde dos e el ella ellos en encontrar encuentro entre era es esa ese eso esta estan estar estas este esto estos fue gracias
            ha hace hacer han hasta hay he hemos hola la las le les lo los mas me mi mis muy nada nadie necesito ni no nos nosotros nuestra nuestras nuestro nuestros o os para pero poder podemos por porque
            puede pueden puedo que quien quiero se sea ser si sin sobre son su sus tambien te tengo tiene todo todos tras tu tus u un una unas uno unos va y ya yo
            """,
        ["it"] = """
            a abbiamo ad ai al alla alle allo anche ancora aver avere c che chi ci ciao come con cosa cui da dal dalla dalle dei del della delle dello di dopo dove e ed era essere fa fare gli grazie ha hai hanno
            ho i il in io l la le lo loro ma me mi mia mie miei mio molto ne nei nel nella nelle nessuno noi non nostra nostre nostri nostro o ogni per perche piu poi posso possiamo possono prima puo qual quale quali
            quando quanto quelli quello questa queste questi questo qui se senza si sia sono su sua sul sulla suo ti tra trovare trovo tu tutti tutto un una uno vi voglio vorrei
            """,
        ["fr"] = """
            a ai alors apres au aucun aussi aux avant avec avez avoir avons bonjour c ca car ce cela ces cet cette chez comme comment d dans de depuis des du elle elles en encore entre est et etait ete etes etre
            eux fait faire faut il ils j je jusque l la le les leur leurs lui m ma mais me meme merci mes moi mon n ne ni nos notre nous on ont ou par pas personne peut peuvent peux plus pour pourquoi pouvons
            puis qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tous tout toute tres trouve trouver tu un une vers veux voir voudrais vos votre vous y
            """,
        ["nb"] = """
            alle at av bare ble bli blir da de deg dem den denne der deres det dette din disse du eller en er et etter for fordi fra fram far far fikk finne finner fa ga gar ha hadde han har hei hele her hun hva hvem hver hvilken
            hvilke hvis hvor hvordan hvorfor i igjen ikke ingen inn ja jeg kan kunne litt ma man mange med meg men mer min mine mitt mot mye na nar noe noen nok og ogsa om opp oss over pa sa samme seg selv si
            siden sin sine sitt skal skulle som takk til under ut uten vaere vaert var vare vart ved vi vil ville
            """,
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Those of a language; English ones for a language that we do not have.</summary>
    public static FrozenSet<string> Of(string language) => All.GetValueOrDefault(language) ?? All[TextLanguage.English];
}

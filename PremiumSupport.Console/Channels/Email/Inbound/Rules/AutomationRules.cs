using System.Text.RegularExpressions;
using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Channels.Email.Inbound.Rules;

/// <summary>How much of a machine a mail is.</summary>
public enum Automation
{
    /// <summary>Nothing says that a machine wrote it.</summary>
    None,

    /// <summary>A machine or a list sent it on, but it may be about something: it is read, and never answered by a machine (trust rule 11).</summary>
    NoAnswer,

    /// <summary>A machine's answer, an out-of-office note say. It never counts as anything.</summary>
    Reply,
}

/// <summary>What was found, and why in a sentence for staff.</summary>
public sealed record AutomationVerdict(Automation Kind, string Reason);

/// <summary>Tells machines from humans by what mail programs put into headers, and where those were stripped, by the shapes of subjects in six languages (trust rule 11). Pure.</summary>
public static partial class AutomationRules
{
    private static readonly AutomationVerdict Human = new(Automation.None, "");

    /// <summary>The verdict.</summary>
    public static AutomationVerdict Judge(ParsedMail mail)
    {
        var signs = mail.Signs;
        return Replies(mail, signs) is { } reply ? new(Automation.Reply, reply)
            : Quiet(mail, signs) is { } quiet ? new(Automation.NoAnswer, quiet)
            : Human;
    }

    private static string? Replies(ParsedMail mail, MailSigns signs)
    {
        // RFC 3834: "auto-replied", perhaps with parameters.
        if (signs.AutoSubmitted?.StartsWith("auto-replied", StringComparison.Ordinal) == true)
        {
            return "It says that a machine answered (Auto-Submitted: auto-replied).";
        }

        if (signs.ReplyFields is [var field, ..])
        {
            return $"It carries {field}, as automatic answers do.";
        }

        if (signs.Precedence == "auto_reply")
        {
            return "It says that a machine answered (Precedence: auto_reply).";
        }

        if (signs.ReportType is { } report)
        {
            return $"It is a machine's report ({(report.Length > 0 ? report : "multipart/report")}).";
        }

        if (signs.HasNullReturnPath)
        {
            return "Its return path is empty: it is not to be answered, and humans do not write so.";
        }

        return OutOfOffice().IsMatch(mail.Subject) ? "Its subject is that of an out-of-office note." : null;
    }

    private static string? Quiet(ParsedMail mail, MailSigns signs)
    {
        if (signs.AutoSubmitted is { } submitted && submitted != "no")
        {
            return $"It says that a machine sent it (Auto-Submitted: {submitted}).";
        }

        if (signs.Precedence is "bulk" or "junk" or "list")
        {
            return $"It was sent to many (Precedence: {signs.Precedence}).";
        }

        if (signs.ListFields is [var list, ..])
        {
            return $"It came over a mailing list ({list}).";
        }

        if (signs.AutoResponseSuppress is { } suppress && suppress != "none")
        {
            return $"It asks for no automatic answer (X-Auto-Response-Suppress: {suppress}).";
        }

        return mail.From is { } from && Machine().IsMatch(from.Address) ? "Its sender is a machine by its name." : null;
    }

    [GeneratedRegex(@"^\W*((re|aw|sv|rv|r|tr|antw)\s?:\s*)*\W*(out of (the )?office|automatic reply|auto(matic)?[- ]?(reply|response|answer)|away from (the )?office|on (vacation|annual leave)|i am (currently )?(away|out of)|abwesenheitsnotiz|abwesend|abwesenheit|automatische (antwort|rückmeldung)|autoantwort|außer haus|réponse automatique|absence du bureau|absent du bureau|message d'absence|je suis absente?|respuesta automática|autorespuesta|fuera de (la )?oficina|ausente de la oficina|risposta automatica|fuori (sede|ufficio)|assenza dall'ufficio|automatisk svar|autosvar|fraværsmelding|fravær|ikke på kontoret|ute av kontoret)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutOfOffice();

    [GeneratedRegex(@"^(no-?reply|do-?not-?reply|noreply-.*|mailer-daemon|postmaster|bounces?|notifications?|daemon)(\+[^@]*)?@", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Machine();
}

using System.Globalization;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>A text that a template shows, with how it looks as HTML where that is more than its letters.</summary>
/// <param name="Plain">As text.</param>
/// <param name="Html">As safe HTML without line breaks; null for the text itself, encoded.</param>
internal sealed record MailText(string Plain, string? Html = null);

/// <summary>A message of a transcript.</summary>
internal sealed record MailTurn(string Author, string At, MailText Text);

/// <summary>What the templates of a kind may name. A value is a <see cref="string"/>, a <see cref="bool"/>, a <see cref="MailText"/> or a list of <see cref="MailTurn"/>.</summary>
internal static class MailValuesOf
{
    /// <summary>What a report of a week says, from its figures; the days are its first and its last.</summary>
    public static IReadOnlyDictionary<string, object> Report(string from, string to, AttainmentFigures figures)
    {
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        string Percent(double? percent) => percent?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
        string Minutes(TimeSpan? took) => took is { } time ? Math.Ceiling(time.TotalMinutes).ToString("0", CultureInfo.InvariantCulture) : "";
        return new Dictionary<string, object>
        {
            ["from"] = from, ["to"] = to, ["matured"] = Number(figures.Matured), ["met"] = Number(figures.Met), ["missed"] = Number(figures.Breached), ["owed"] = Number(figures.StillOwed), ["excluded"] = Number(figures.Excluded),
            ["kept"] = Percent(figures.Net), ["keptGross"] = Percent(figures.Gross), ["p50"] = Minutes(figures.P50), ["p90"] = Minutes(figures.P90), ["isEmpty"] = figures.Matured == 0,
        };
    }

    /// <summary>What a template of that kind may name, each with an example: what the preview shows, and the list that an admin reads.</summary>
    public static IReadOnlyDictionary<string, object> Example(MailKind kind, string workspace, string language)
    {
        var due = MailWords.At(new(2026, 3, 2, 14, 30, 15, TimeSpan.Zero), "Europe/Berlin", language);
        Dictionary<string, object> values = new() { ["name"] = "Sofia Lindqvist", ["workspace"] = workspace, ["phone"] = "+16175550142" };
        if (kind == MailKind.UnknownSender)
        {
            return values;
        }

        if (kind == MailKind.WeeklyReport)
        {
            foreach (var (name, value) in Report("2026-02-23", "2026-03-01", new(118, 4, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(44)) { MetGross = 115, Excluded = 3, StillOwed = 1 }))
            {
                values[name] = value;
            }

            values["link"] = MailWords.Link("https://support.example/dashboard?days=7");
            return values;
        }

        if (kind == MailKind.StaffLink)
        {
            (values["invited"], values["hours"], values["link"]) = (true, "72", MailWords.Link("https://support.example/account/password?token=…"));
            return values;
        }

        values["number"] = "1042";
        values["subject"] = "Exports stop at 10,000 rows";
        values["link"] = MailWords.Link("https://support.example/help#request/1042");
        switch (kind)
        {
            case MailKind.Receipt:
                (values["promised"], values["guaranteed"], values["callback"], values["claimed"], values["due"]) = (true, true, false, false, due);
                break;
            case MailKind.Answer:
                (values["author"], values["message"], values["files"]) = ("Ana", MailWords.Paragraphs("Thank you for the file.\n\nThe export works again since 14:10; please try it."), "");
                break;
            case MailKind.ClaimDeclined:
                (values["reason"], values["promised"], values["guaranteed"], values["due"]) = (MailWords.Paragraphs("One person is affected; the others can work."), true, true, due);
                break;
            case MailKind.Transcript:
                values["messages"] = new MailTurn[] { new("Sofia Lindqvist", due, MailWords.Paragraphs("Where do I find the export?")), new("Ana", due, MailWords.Paragraphs("Under Reports, at the top right.")) };
                break;
            case MailKind.WrongNumber:
                values["called"] = "+1 617 555 0142";
                break;
            case MailKind.StaffNotice:
                (values["what"], values["due"], values["isBreach"]) = ("First response missed", due, true);
                break;
        }

        return values;
    }
}

using PremiumSupport.Desk.Outbox;

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
    /// <summary>What a template of that kind may name, each with an example: what the preview shows, and the list that an admin reads.</summary>
    public static IReadOnlyDictionary<string, object> Example(MailKind kind, string workspace, string language)
    {
        var due = MailWords.At(new(2026, 3, 2, 14, 30, 15, TimeSpan.Zero), "Europe/Berlin", language);
        Dictionary<string, object> values = new() { ["name"] = "Sofia Lindqvist", ["workspace"] = workspace, ["phone"] = "+16175550142" };
        if (kind == MailKind.UnknownSender)
        {
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
            case MailKind.StaffNotice:
                (values["what"], values["due"], values["isBreach"]) = ("First response missed", due, true);
                break;
        }

        return values;
    }
}

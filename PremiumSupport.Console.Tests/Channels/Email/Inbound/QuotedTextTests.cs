using PremiumSupport.Channels.Email.Inbound.Parsing;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>What was said is kept apart from what was left standing below it, in the shapes of common programs and the languages of our customers; nothing is lost on the way.</summary>
public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("On Fri, 27 Nov 2026 at 10:00, Ana Ruiz <reply+1001.ab@ps.test> wrote:")]
    [InlineData("On 27/11/2026 10:00, Ana Ruiz wrote:")]
    [InlineData("Am 27.11.2026 um 10:00 schrieb Ana Ruiz:")]
    [InlineData("Am Fr., 27. Nov. 2026 um 10:00 Uhr schrieb Ana Ruiz <a@ps.test>:")]
    [InlineData("Le ven. 27 nov. 2026 à 10:00, Ana Ruiz <a@ps.test> a écrit :")]
    [InlineData("El vie, 27 nov 2026 a las 10:00, Ana Ruiz (<a@ps.test>) escribió:")]
    [InlineData("Il giorno ven 27 nov 2026 alle ore 10:00 Ana Ruiz <a@ps.test> ha scritto:")]
    [InlineData("fre. 27. nov. 2026 kl. 10:00 Ana Ruiz <a@ps.test> skrev:")]
    [InlineData("Den fre. 27. nov. 2026 kl. 10:00 skrev Ana Ruiz <a@ps.test>:")]
    [InlineData("On Fri, 27 Nov 2026 at 10:00, Ana Ruiz\n<reply+1001.abcdef@ps.test>\nwrote:")]
    public void The_line_that_says_who_wrote_begins_the_quotation(string attribution)
    {
        var words = QuotedText.Split($"It works now.\n\n{attribution}\n> Try again, please.\n>\n> Ana");

        Assert.Equal("It works now.", words.Said);
        Assert.StartsWith(attribution, words.Quoted, StringComparison.Ordinal);
        Assert.EndsWith("> Ana", words.Quoted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----Original Message-----\nFrom: Ana Ruiz\nSent: Friday")]
    [InlineData("________________________________\nFrom: Ana Ruiz <a@ps.test>\nSent: Friday\nTo: Sofia\nSubject: Re: x")]
    [InlineData("Von: Ana Ruiz\nGesendet: Freitag\nAn: Sofia\nBetreff: AW: x")]
    [InlineData("De : Ana Ruiz\nEnvoyé : vendredi\nÀ : Sofia\nObjet : RE: x")]
    [InlineData("De: Ana Ruiz\nEnviado: viernes\nPara: Sofía\nAsunto: RE: x")]
    [InlineData("Da: Ana Ruiz\nInviato: venerdì\nA: Sofia\nOggetto: R: x")]
    [InlineData("Fra: Ana Ruiz\nSendt: fredag\nTil: Sofia\nEmne: SV: x")]
    [InlineData("##- Please write above this line -##")]
    public void So_do_the_heads_of_Outlook_and_our_own_marker(string head)
    {
        var words = QuotedText.Split($"It works now.\n\n{head}\nTry again, please.");

        Assert.Equal("It works now.", words.Said);
        Assert.Equal($"{head}\nTry again, please.", words.Quoted);
    }

    [Fact]
    public void Answers_between_quoted_lines_are_answers()
    {
        const string text = "On Friday, Ana wrote:\n> Which browser?\nFirefox.\n> And since when?\nSince Monday.";

        Assert.Equal(new(text, "", ""), QuotedText.Split(text));
    }

    [Theory]
    [InlineData("From: the beginning it was slow.\nThen it stopped.")]
    [InlineData("On Monday I wrote: nothing came back.")]
    [InlineData("> a prompt that I saw\nand what I typed after it")]
    public void Sentences_that_only_look_like_it_stay(string text) => Assert.Equal(text, QuotedText.Split(text).Said);

    [Fact]
    public void A_mail_that_is_nothing_but_a_quotation_says_what_it_holds()
    {
        const string text = "-----Original Message-----\nFrom: Bob\nPlease help Bob.";

        Assert.Equal(text, QuotedText.Split(text).Said);
    }

    [Theory]
    [InlineData("-- \nSofia Rossi\nAcme")]
    [InlineData("Sent from my iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Sendt fra min iPhone")]
    public void Signatures_are_told_apart(string signature)
    {
        var words = QuotedText.Split($"Thank you.\n\n{signature}\n\nOn Friday, Ana wrote:\n> Done.");

        Assert.Equal(("Thank you.", signature.Trim()), (words.Said, words.Signature));
    }
}

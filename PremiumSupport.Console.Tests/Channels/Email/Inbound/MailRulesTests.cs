using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Trust rules 9 to 11: who is believed, what is a machine, and what each comes to.</summary>
public sealed class MailRulesTests
{
    private const string Sofia = "sofia@acme.example";
    private static readonly Guid Contact = Guid.NewGuid();
    private static readonly TicketThread Thread = new(1001, Contact, Sofia, IsClosed: false);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-replied (vacation)")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: 1")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("Return-Path: <>")]
    public void A_machine_that_answers_counts_as_nothing_even_on_a_thread(string header) =>
        Assert.IsType<MailFate.Ignored>(Decide(MailBytes.Plain(Sofia, "Re: x", more: header), Thread));

    [Theory]
    [InlineData("Out of office: Re: your request")]
    [InlineData("Automatic reply: Re: x")]
    [InlineData("RE: Automatic reply: x")]
    [InlineData("Abwesenheitsnotiz: x")]
    [InlineData("Automatische Antwort: x")]
    [InlineData("Réponse automatique : x")]
    [InlineData("Absence du bureau")]
    [InlineData("Respuesta automática: x")]
    [InlineData("Fuera de la oficina")]
    [InlineData("Risposta automatica: x")]
    [InlineData("Fuori ufficio: x")]
    [InlineData("Automatisk svar: x")]
    [InlineData("Ikke på kontoret")]
    public void So_does_an_out_of_office_note_without_any_header(string subject) =>
        Assert.IsType<MailFate.Ignored>(Decide(MailBytes.Plain(Sofia, subject), Thread));

    [Theory]
    [InlineData("The out of office setting does not work")]
    [InlineData("Question about automatic replies")]
    public void A_question_about_such_notes_is_a_question(string subject) =>
        Assert.True(Assert.IsType<MailFate.Opens>(Decide(MailBytes.Plain(Sofia, subject))).MayAnswer);

    [Theory]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: list")]
    [InlineData("List-Id: <x.lists.test>")]
    [InlineData("List-Unsubscribe: <mailto:x@y.test>")]
    [InlineData("X-Auto-Response-Suppress: All")]
    public void What_machines_and_lists_send_on_is_read_and_never_answered_by_one(string header) =>
        Assert.False(Assert.IsType<MailFate.Opens>(Decide(MailBytes.Plain(Sofia, "Alarm", more: header))).MayAnswer);

    [Fact]
    public void Auto_Submitted_no_is_a_human() => Assert.True(Assert.IsType<MailFate.Opens>(Decide(MailBytes.Plain(Sofia, "x", more: "Auto-Submitted: no"))).MayAnswer);

    [Fact]
    public void Our_own_address_is_not_talked_to() => Assert.IsType<MailFate.Ignored>(MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain("support@ps.test", "x")), IsOwn = true, Thread = Thread }));

    [Fact]
    public void The_requester_answers_on_their_thread_and_a_closed_one_begins_anew()
    {
        Assert.Equal((1001, Contact), Assert.IsType<MailFate.Reply>(Decide(MailBytes.Plain(Sofia, "Re: x"), Thread)) is var reply ? (reply.Number, reply.ContactId) : default);
        Assert.IsType<MailFate.Opens>(Decide(MailBytes.Plain(Sofia, "Re: x"), Thread with { IsClosed = true }));
    }

    [Fact]
    public void Another_address_on_a_thread_is_pending_whoever_it_is()
    {
        var stranger = MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain("eve@evil.test", "Re: x")), Thread = Thread });
        var colleague = MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain("uwe@acme.example", "Re: x")), Thread = Thread, Contacts = [new(Guid.NewGuid())] });
        var staff = MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain("lead@demo.example", "Re: x")), Thread = Thread, IsStaff = true });

        Assert.All([stranger, colleague, staff], fate => Assert.False(Assert.IsType<MailFate.Pending>(fate).MayAnswer));
    }

    [Fact]
    public void Staff_by_mail_is_off() => Assert.False(Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain("lead@demo.example", "x")), IsStaff = true, Contacts = [new(Contact)] })).MayAnswer);

    [Theory]
    [InlineData("mx.ps.test; dmarc=pass header.from=acme.example", true, typeof(MailFate.Opens))]
    [InlineData("mx.ps.test; dkim=pass header.d=acme.example; spf=fail smtp.mailfrom=x.test", true, typeof(MailFate.Opens))]
    [InlineData("mx.ps.test; spf=pass smtp.mailfrom=bounce@acme.example", true, typeof(MailFate.Opens))]
    [InlineData("mx.ps.test; dkim=pass header.d=evil.test; spf=pass smtp.mailfrom=evil.test", false, typeof(MailFate.Unverified))]
    [InlineData("mx.ps.test; dkim=pass header.d=example", false, typeof(MailFate.Unverified))]
    [InlineData("mx.ps.test; dmarc=fail; dkim=pass header.d=acme.example", false, typeof(MailFate.Unverified))]
    [InlineData("mx.ps.test; none", false, typeof(MailFate.Unverified))]
    [InlineData("evil.test; dmarc=pass", false, typeof(MailFate.Unverified))]
    [InlineData("garbage", false, typeof(MailFate.Unverified))]
    public void Where_the_receiving_server_is_believed_a_sender_needs_its_word(string results, bool mayAnswer, Type fate)
    {
        var mail = MailParser.Parse(MailBytes.Of($"Authentication-Results: {results}\nFrom: {Sofia}\nSubject: x"));
        var decided = MailRules.Decide(new() { Mail = mail, Contacts = [new(Contact)], ProofIsExpected = true, Finding = SenderProof.Of(mail, "mx.ps.test") });

        Assert.Equal((fate, mayAnswer), (decided.GetType(), decided.MayAnswer));
    }

    [Fact]
    public void What_a_sender_writes_in_the_servers_name_stands_below_its_own_word()
    {
        var mail = MailParser.Parse(MailBytes.Of($"Authentication-Results: mx.ps.test; dmarc=fail\nAuthentication-Results: mx.ps.test; dmarc=pass\nFrom: {Sofia}\nSubject: x"));

        Assert.Equal(Authenticity.Disproven, SenderProof.Of(mail, "mx.ps.test").Authenticity);
        Assert.Equal(Authenticity.Unknown, SenderProof.Of(mail, null).Authenticity);
    }

    [Fact]
    public void A_disproven_sender_is_pending_even_with_our_signature() =>
        Assert.IsType<MailFate.Pending>(MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain(Sofia, "Re: x")), Thread = Thread, Finding = new(Authenticity.Disproven, "dmarc=fail") }));

    [Fact]
    public void A_stranger_is_answered_only_where_the_domain_stands_behind_the_address()
    {
        var mail = MailParser.Parse(MailBytes.Plain("someone@elsewhere.test", "x"));

        Assert.False(Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = mail })).MayAnswer);
        Assert.True(Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = mail, Finding = new(Authenticity.Proven, "dmarc=pass") })).MayAnswer);
        Assert.False(Assert.IsType<MailFate.Unverified>(MailRules.Decide(new() { Mail = mail, Finding = new(Authenticity.Proven, "dmarc=pass"), IsTampered = true })).MayAnswer);
    }

    private static MailFate Decide(byte[] raw, TicketThread? thread = null) => MailRules.Decide(new() { Mail = MailParser.Parse(raw), Thread = thread, Contacts = [new(Contact)] });
}

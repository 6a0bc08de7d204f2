using CsCheck;
using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Tests.Platform.Mail;

public sealed class MailSignerTests
{
    private static readonly MailSigner Ours = new(new byte[32], "desk.example");

    private static readonly Gen<long> Tickets = Gen.Long[0, long.MaxValue];

    [Fact]
    public void Whoever_writes_to_a_signed_address_writes_to_its_ticket() => Tickets.Sample(ticket =>
    {
        var address = Ours.ReplyAddress(ticket);
        Assert.Equal(ticket, Ours.TicketOf(address));
        Assert.Equal(ticket, Ours.TicketOf(address.ToUpperInvariant()));
        Assert.InRange(address.IndexOf('@', StringComparison.Ordinal), 1, 64);
    });

    [Fact]
    public void A_signed_id_leads_to_its_mail_and_ticket() => Gen.Select(Gen.Guid, Tickets).Sample((mail, ticket) =>
    {
        var id = Ours.MessageId(mail, ticket);
        Assert.Equal(new SignedMail(mail, ticket), Ours.MailOf(id));
        Assert.Equal(new SignedMail(mail, ticket), Ours.MailOf($"<{id}>"));
        Assert.Equal(id, Ours.MessageId(mail, ticket));
    });

    [Fact]
    public void Whatever_letter_is_changed_nothing_is_verified() => Gen.Select(Tickets, Gen.Guid, Gen.Int[0, 200], Gen.Char["0123456789abcdefxyz.+-"]).Sample((ticket, mail, place, letter) =>
    {
        Assert.Null(Ours.TicketOf(Altered(Ours.ReplyAddress(ticket), place, letter)));
        Assert.Null(Ours.MailOf(Altered(Ours.MessageId(mail, ticket), place, letter)));
    });

    [Fact]
    public void Nobody_elses_key_signs_for_us() => Gen.Select(Gen.Byte.Array[32], Tickets, Gen.Guid).Where((key, _, _) => key.Any(part => part != 0)).Sample((key, ticket, mail) =>
    {
        var other = new MailSigner(key, "desk.example");
        Assert.Null(Ours.TicketOf(other.ReplyAddress(ticket)));
        Assert.Null(Ours.MailOf(other.MessageId(mail, ticket)));
    });

    [Fact]
    public void A_signature_for_one_thing_is_none_for_another() => Gen.Select(Tickets, Tickets, Gen.Guid).Where((one, other, _) => one != other).Sample((one, other, mail) =>
    {
        var signature = Ours.ReplyAddress(one).Split('.')[1].Split('@')[0];
        Assert.Null(Ours.TicketOf($"reply+{other}.{signature}@desk.example"));
        Assert.Null(Ours.MailOf($"{mail:N}.{one}.{signature}@desk.example"));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("reply+@desk.example")]
    [InlineData("reply+1001@desk.example")]
    [InlineData("reply+1001.@desk.example")]
    [InlineData("reply+1001..@desk.example")]
    [InlineData("reply+\u0661\u0662.00@desk.example")]
    [InlineData("support@desk.example")]
    public void Nothing_unsigned_is_verified(string? text)
    {
        Assert.Null(Ours.TicketOf(text));
        Assert.Null(Ours.MailOf(text));
    }

    [Fact]
    public void Anything_at_all_is_read_without_a_failure() => Gen.String.Sample(text =>
    {
        Assert.Null(Ours.TicketOf(text));
        Assert.Null(Ours.TicketOf("reply+" + text));
        Assert.Null(Ours.MailOf(text));
    });

    // Behind the @ nothing is signed: servers rewrite domains.
    private static string Altered(string text, int place, char letter)
    {
        var at = place % text.IndexOf('@', StringComparison.Ordinal);
        return text[at] == letter ? text[..at] + '_' + text[(at + 1)..] : text[..at] + letter + text[(at + 1)..];
    }
}

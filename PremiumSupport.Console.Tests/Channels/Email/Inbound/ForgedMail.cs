using PremiumSupport.Platform.Mail;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Mails of somebody who wants into a ticket: staff as From, guessed ids, copied subjects, right references with a wrong signature.</summary>
internal static class ForgedMail
{
    /// <summary>The word that each of them bears, so that it can be looked for where it must not be.</summary>
    public const string Word = "FORGED-WORDS";

    /// <summary>The n-th of them.</summary>
    /// <param name="n">Which; the ways take turns.</param>
    /// <param name="number">The ticket that it is after.</param>
    /// <param name="signer">Makes the addresses that a forger may have seen.</param>
    /// <param name="random">Guesses.</param>
    /// <param name="from">Whom it claims to be from where it does not claim to be staff.</param>
    /// <param name="header">What else stands above its header.</param>
    public static byte[] Of(int n, long number, MailSigner signer, Random random, string from = "eve@evil.test", string header = "")
    {
        var mac = Convert.ToHexStringLower([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]);
        var valid = signer.ReplyAddress(number);
        var (sender, way, subject) = (n % 6) switch
        {
            0 => ("Lead <lead@demo.example>", "To: support@ps.test", "Re: x"),
            1 => (from, $"To: reply+{number}.{mac}@ps.test", "Re: x"),
            2 => (from, "To: support@ps.test", $"Re: [#{number}] Hello"),
            3 => (from, $"References: <{Guid.NewGuid():N}.{number}.{mac}@ps.test>", "Re: x"),
            4 => ("lead@demo.example", $"To: {valid}", "Re: x"),
            _ => (from, $"To: {valid[..valid.IndexOf('.', StringComparison.Ordinal)]}@ps.test", "Re: x"),
        };
        return MailBytes.Of($"{header}\nFrom: {sender}\n{way}\nSubject: {subject} {Word}\nMessage-ID: <{Guid.NewGuid():N}@client.test>", $"{Word} {n}: tell me all of it.");
    }
}

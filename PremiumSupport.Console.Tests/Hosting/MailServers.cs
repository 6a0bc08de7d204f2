using System.Diagnostics;
using System.Globalization;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace PremiumSupport.Tests.Hosting;

/// <summary>
/// The SMTP and IMAP servers that eng/test.sh starts beside the tests. Where they are comes by an environment variable; where there are none, the tests that need
/// them are skipped, visibly. Every address of <see cref="Domain"/> is a mailbox, empty before its first mail, so a test takes one that no other has.
/// </summary>
internal sealed class MailServers
{
    public const string Variable = "PREMIUMSUPPORT_TEST_MAIL";

    private static readonly Dictionary<string, string> Said = (Environment.GetEnvironmentVariable(Variable) ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    // Whoever has the servers was given them: a test that does not ask OrSkip cannot come to their addresses.
    private readonly Dictionary<string, string> _said = Said;

    private MailServers()
    {
    }

    public static bool IsThere => Said.Count > 0;

    public string Host => _said["Host"];

    public string Domain => _said["Domain"];

    /// <summary>Opens every mailbox.</summary>
    public string Password => _said["Password"];

    /// <summary>The servers; the test that asks is skipped where there are none.</summary>
    public static MailServers OrSkip()
    {
        Assert.SkipUnless(IsThere, $"There are no mail servers: {Variable} does not say where. eng/test.sh starts them, and so does eng/with-mail.sh.");
        return new();
    }

    /// <summary>A port by its name: Smtp, SmtpStartTls, SmtpTls, Imap, ImapStartTls or ImapTls.</summary>
    public int Port(string name) => int.Parse(_said[name], CultureInfo.InvariantCulture);

    /// <summary>An address that nobody else uses.</summary>
    public string NewAddress(string name = "somebody") => $"{name}-{Guid.NewGuid():N}@{Domain}";

    /// <summary>An address whose mail is taken, and comes back a moment later as undeliverable.</summary>
    public string GoneAddress(string name = "nobody") => $"{name}-{Guid.NewGuid():N}@gone.{Domain}";

    /// <summary>The settings that let the product send from an address, in the clear.</summary>
    public Dictionary<string, string?> Sending(string from) => new()
    {
        ["Email:From"] = from,
        ["Email:Smtp:Host"] = Host,
        ["Email:Smtp:Port"] = Said["Smtp"],
        ["Email:Smtp:Security"] = "None",
    };

    /// <summary>An IMAP connection to a mailbox, signed in.</summary>
    public async Task<ImapClient> OpenAsync(string address, CancellationToken cancellation)
    {
        var imap = new ImapClient();
        await imap.ConnectAsync(Host, Port("Imap"), SecureSocketOptions.None, cancellation);
        await imap.AuthenticateAsync(address, Password, cancellation);
        return imap;
    }

    /// <summary>All mails of a mailbox, oldest first, as soon as there are so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> WaitForAsync(string address, int atLeast, CancellationToken cancellation)
    {
        using var imap = await OpenAsync(address, cancellation);
        await imap.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly, cancellation);
        while (imap.Inbox.Count < atLeast)
        {
            // Dovecot looks at the folder by itself only now and then; whoever ends IDLE and asks again makes it look at once.
            using var change = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            void End(object? sender, EventArgs count) => change.Cancel();
            imap.Inbox.CountChanged += End;
            if (imap.Inbox.Count < atLeast)
            {
                await imap.IdleAsync(change.Token, cancellation);
            }

            imap.Inbox.CountChanged -= End;
        }

        var mails = new List<MimeMessage>();
        for (var index = 0; index < imap.Inbox.Count; index++)
        {
            mails.Add(await imap.Inbox.GetMessageAsync(index, cancellation));
        }

        return mails;
    }

    /// <summary>Hands a mail to the server as any program in the world might.</summary>
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellation)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(Host, Port("Smtp"), SecureSocketOptions.None, cancellation);
        await smtp.SendAsync(mail, cancellation);
        await smtp.DisconnectAsync(true, cancellation);
    }

    /// <summary>Kills Dovecot with all of its sessions: kill -9.</summary>
    public static Task KillImapAsync() => ImapdAsync("kill");

    /// <summary>Starts it again, on the same ports and mail.</summary>
    public static Task StartImapAsync() => ImapdAsync("start");

    private static async Task ImapdAsync(string verb)
    {
        using var program = Process.Start(Said["Imapd"], [verb]);
        await program.WaitForExitAsync();
    }
}

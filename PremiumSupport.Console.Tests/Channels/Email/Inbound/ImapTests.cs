using MailKit;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using PremiumSupport.Channels.Email.Inbound.Reading;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Against a real IMAP server: what arrives becomes something, and the mailbox is left as it was.</summary>
public sealed class ImapTests
{
    private readonly MailServers _servers = MailServers.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("None", "Imap")]
    [InlineData("StartTls", "ImapStartTls")]
    [InlineData("SslOnConnect", "ImapTls")]
    public async Task Mail_that_arrives_is_taken_and_stays_as_it_was_in_the_mailbox(string security, string port)
    {
        var box = _servers.NewAddress("support");
        await _servers.SendAsync(Mail(box, "Before the start"), Cancel);
        await _servers.WaitForAsync(box, 1, Cancel);
        await using var host = new SupportHost(Reading(box, security, port));
        var room = new MailRoom(host, box);

        await Sorted(room, 1);
        await _servers.SendAsync(Mail(box, "While it runs"), Cancel);
        await Sorted(room, 2);

        using var imap = await _servers.OpenAsync(box, Cancel);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadOnly, Cancel);
        var left = await imap.Inbox.FetchAsync(0, -1, MessageSummaryItems.Flags, Cancel);
        Assert.Equal(2, left.Count);
        Assert.All(left, mail => Assert.Equal(MessageFlags.None, mail.Flags!.Value & ~MessageFlags.Recent));
    }

    [Fact]
    public async Task A_second_mailbox_is_read_beside_the_first()
    {
        var (first, second) = (_servers.NewAddress("first"), _servers.NewAddress("second"));
        var settings = Reading(first, "None", "Imap");
        foreach (var (key, value) in Reading(second, "None", "Imap"))
        {
            settings[key.Replace("Email:Imap:", "Email:Mailboxes:0:", StringComparison.Ordinal)] = value;
        }

        await using var host = new SupportHost(settings);
        await _servers.SendAsync(Mail(first, "To the first"), Cancel);
        await _servers.SendAsync(Mail(second, "To the second"), Cancel);

        await Sorted(new(host, first), 1);
        await Sorted(new(host, second), 1);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_never_silent()
    {
        var settings = Reading(_servers.NewAddress("support"), "None", "Imap");
        settings["Email:Imap:Password"] = "wrong";
        await using var host = new SupportHost(settings);
        var room = new MailRoom(host);
        var status = room.Get<IntakeStatus>();
        using var failed = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                failed.Release();
            }
        });
        while (Assert.Single(status.Mailboxes).Failure is null)
        {
            await failed.WaitAsync(Cancel);
        }

        Assert.Contains("uthenticat", Assert.Single(status.Mailboxes).Failure, StringComparison.Ordinal);
    }

    internal static MimeMessage Mail(string to, string subject, string from = "sofia@acme.example") =>
        new([new MailboxAddress("", from)], [new MailboxAddress("", to)], subject, new TextPart("plain") { Text = $"{subject}, please." });

    internal Dictionary<string, string?> Reading(string box, string security, string port) => new(MailRoom.Settings)
    {
        ["Email:Imap:Host"] = security == "None" ? "127.0.0.1" : "localhost",
        ["Email:Imap:Port"] = _servers.Port(port).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Email:Imap:Security"] = security,
        ["Email:Imap:UserName"] = box,
        ["Email:Imap:Password"] = _servers.Password,
        // Dovecot looks at a folder by itself only now and then.
        ["Email:Imap:PollEvery"] = "00:00:01",
    };

    // Whatever it becomes: the demo's contacts may come after the first mail.
    private static async Task Sorted(MailRoom room, int count)
    {
        using var news = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(IntakeCommands.Topic))
            {
                news.Release();
            }
        });
        while (await CountAsync() < count)
        {
            await news.WaitAsync(Cancel);
        }

        async Task<int> CountAsync()
        {
            await using var db = await room.OpenAsync();
            return await db.Set<InboundMail>().CountAsync(mail => mail.Mailbox == room.Mailbox && mail.State != IntakeState.Received, Cancel);
        }
    }
}

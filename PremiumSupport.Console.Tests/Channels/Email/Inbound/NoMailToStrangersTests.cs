using MimeKit;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

public sealed class SqliteNoMailToStrangersTests() : NoMailToStrangersTests(DatabaseProvider.Sqlite);

public sealed class PostgresNoMailToStrangersTests() : NoMailToStrangersTests(DatabaseProvider.PostgreSql);

/// <summary>
/// Five hundred forged mails at a desk that does send: whose address is only claimed gets nothing, whoever's own server stands behind them gets one neutral mail, and nobody a word of a ticket
/// (trust rules 9 to 11; others' desks were used to bomb third parties).
/// </summary>
public abstract class NoMailToStrangersTests(DatabaseProvider provider)
{
    private const string Secret = "TICKET-SECRET";
    private const string Server = "mx.ps.test";

    private static readonly string[] Victims = [.. Enumerable.Range(0, 20).Select(n => $"victim{n}@third.test"), "sofia@acme.example", "greta@globex.example"];

    // Forgers who write from domains of their own, whose servers sign for them.
    private static readonly string[] Forgers = [.. Enumerable.Range(0, 5).Select(n => $"eve{n}@evil.test")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_leaves_is_one_neutral_mail_to_each_proven_address_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var smtp = new FakeSmtpServer();
        await using var host = new SupportHost(
            new Dictionary<string, string?>(smtp.Settings)
            {
                ["Email:From"] = MailRoom.Settings["Email:From"],
                // Nobody answers there: the mails are handed over as its reader would.
                ["Email:Imap:Host"] = "127.0.0.1", ["Email:Imap:Port"] = "1", ["Email:Imap:Security"] = "None", ["Email:Imap:UserName"] = "support@ps.test", ["Email:Imap:Password"] = "x", ["Email:Imap:AuthServId"] = Server,
            },
            database: database);
        var (api, room) = (new ApiCaller(host.Api()), new MailRoom(host, "support@ps.test"));
        long[] numbers = [await TicketAsync(api, "sofia@acme.example", "acme"), await TicketAsync(api, "greta@globex.example", "globex")];
        await AllGoneAsync(room);
        var before = smtp.Taken.Count;
        Assert.Equal(numbers.Length, before);
        var random = new Random(500);

        var forged = Enumerable.Range(0, 500).Select(n => n % 5 == 0
            ? ForgedMail.Of(n / 5, numbers[n % 2], room.Signer, random, Forgers[n / 5 % Forgers.Length], $"Authentication-Results: {Server}; dmarc=pass header.from=evil.test")
            // A field that the forger wrote in another server's name counts for nothing.
            : ForgedMail.Of(n, numbers[n % 2], room.Signer, random, Victims[n % Victims.Length], n % 2 == 0 ? "Authentication-Results: mx.evil.test; dmarc=pass header.from=third.test" : "")).ToArray();
        var mails = await room.TakeAsync(forged);
        await AllGoneAsync(room);

        Assert.DoesNotContain(mails, mail => mail.State == IntakeState.Done);
        var left = smtp.Taken.Skip(before).ToList();
        var to = left.Select(mail => Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"Of 500 forged mails {left.Count} were answered, one to each of {string.Join(", ", to)}.");
        Assert.Equal(Forgers.Order(), to.Order());
        foreach (var number in numbers)
        {
            Assert.Single(await room.MessagesAsync(number));
        }

        var neutral = LiquidTemplate.ToText(MailTemplateQueries.DefaultOf(MailKind.UnknownSender, "en").Body, MailValuesOf.Example(MailKind.UnknownSender, room.Get<Workspace>().Name, "en"));
        Assert.All(left, mail =>
        {
            Assert.Equal("auto-replied", mail.Headers[HeaderId.AutoSubmitted]);
            Assert.Empty(mail.ReplyTo);
            var words = mail.ToString() + mail.TextBody + mail.HtmlBody;
            Assert.DoesNotContain(Secret, words, StringComparison.Ordinal);
            Assert.DoesNotContain(ForgedMail.Word, words, StringComparison.Ordinal);
            Assert.All(numbers, number => Assert.DoesNotContain($"{number}", mail.Subject + mail.TextBody, StringComparison.Ordinal));
            Assert.Equal(neutral, mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        });
    }

    private static async Task<long> TicketAsync(ApiCaller api, string email, string account) =>
        await api.OpenAsync(new { channel = "email", requester = new { email }, account, subject = $"About {Secret}", body = $"It is {Secret}." });

    /// <summary>Ends when nothing waits to be sent.</summary>
    private static async Task AllGoneAsync(MailRoom room)
    {
        using var news = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(OutboxCommands.Topic))
            {
                news.Release();
            }
        });
        while ((await room.Get<OutboxQueries>().StateAsync(Cancel)).Waiting > 0)
        {
            await news.WaitAsync(Cancel);
        }
    }
}

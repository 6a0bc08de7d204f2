using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

public sealed class SqliteWrongNumberMailTests() : WrongNumberMailTests(DatabaseProvider.Sqlite);

public sealed class PostgresWrongNumberMailTests() : WrongNumberMailTests(DatabaseProvider.PostgreSql);

/// <summary>A customer whose number is somebody else's is asked for another, in their language, once a person has said so.</summary>
public abstract class WrongNumberMailTests(DatabaseProvider provider)
{
    private const string Number = "+16175550188";

    private static readonly StaffCaller Mara = new(Guid.NewGuid(), "Mara", "mara@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("de", "jemand anderen erreicht")]
    [InlineData("nb", "noen andre")]
    [InlineData("pt", "somebody else's number")]
    public async Task Who_is_not_at_the_number_they_gave_is_asked_for_another(string locale, string words)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(new Dictionary<string, string?>(server.Settings) { ["PublicUrl"] = "https://support.example" }, database: database);
        var number = await AskAsync(host, locale);
        await server.NextAsync(Cancel);
        Assert.True((await Tickets(host).LogCallAsync(number, new CallLog(Guid.NewGuid(), CallOutcome.WrongNumber) { Notes = "A bakery." }, Mara, Cancel)).IsDone);
        await server.NextAsync(Cancel);

        var mail = server.Taken[^1];
        Assert.Contains(words, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(PhoneRules.InWords(Number), mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"#request/{number}", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("bakery", mail.ToString(), StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(number, host.Services.GetRequiredService<MailSigner>().TicketOf(Assert.IsType<MailboxAddress>(Assert.Single(mail.ReplyTo)).Address));
    }

    [Fact]
    public async Task A_guess_of_the_telephone_system_asks_nobody_and_a_number_given_meanwhile_makes_the_question_needless()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(new Dictionary<string, string?>(server.Settings) { ["Email:UndoWindow"] = "00:10:00" }, database: database);
        var number = await AskAsync(host, "en");
        var call = Guid.NewGuid();
        Assert.True((await Tickets(host).BeginCallAsync(number, call, CallSource.Pbx, Mara, Cancel)).IsDone);
        Assert.True((await Tickets(host).HearAsync(new($"m-{call:N}", call, CallSign.Ended, CallDirection.Outgoing, Number, null, CallOutcome.WrongNumber), Cancel)).IsDone);
        Assert.DoesNotContain(await MailsAsync(host, number), mail => mail.Kind == MailKind.WrongNumber);

        Assert.True((await Tickets(host).EndCallAsync(number, call, CallOutcome.WrongNumber, null, Mara, Cancel)).IsDone);
        var question = Assert.Single(await MailsAsync(host, number), mail => mail.Kind == MailKind.WrongNumber);
        var content = host.Services.GetRequiredService<MailContent>();
        Assert.NotNull(await content.ReadAsync(question, Cancel));
        var sofia = new CustomerCaller(question.ContactId!.Value, Guid.Empty, question.ToName, question.To);
        var changed = await Tickets(host).RescheduleCallbackAsync(number, null, "+16175550189", sofia, Cancel);
        Assert.True(changed.IsDone, changed.Refusal?.Message);
        Assert.Null(await content.ReadAsync(question, Cancel));
    }

    private static TicketCommands Tickets(SupportHost host) => host.Services.GetRequiredService<TicketCommands>();

    private static Task<IReadOnlyList<OutgoingMail>> MailsAsync(SupportHost host, long number) => host.Services.GetRequiredService<OutboxQueries>().OfTicketAsync(number, Cancel);

    private static Task<long> AskAsync(SupportHost host, string locale) => new ApiCaller(host.Api()).OpenAsync(
        new { channel = "phone", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Please call", body = "About the export.", phoneNumber = Number, locale });
}

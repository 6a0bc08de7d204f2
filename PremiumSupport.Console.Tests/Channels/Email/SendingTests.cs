using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>The whole product beside an SMTP server that misbehaves.</summary>
public sealed class SendingTests
{
    private static readonly StaffCaller Somebody = new(Guid.NewGuid(), "Ada", "ada@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_is_refused_for_good_is_dead_with_the_servers_words_and_can_be_sent_again()
    {
        await using var server = new FakeSmtpServer { Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user here" : null };
        await using var host = new SupportHost(server.Settings);
        await OpenAsync(host);
        var dead = await WaitAsync(host, MailState.Dead, mail => true);
        Assert.Equal((1, "550 5.1.1 no such user here"), (dead.Tries, dead.LastAnswer));

        server.Answer = _ => null;
        Assert.True(await Commands(host).SendAgainAsync(dead.Id, Somebody, Cancel));
        var sent = await WaitAsync(host, MailState.Sent, mail => true);
        Assert.Equal(dead.MessageId, sent.MessageId);
        Assert.Equal(sent.MessageId, Assert.Single(server.Taken).MessageId);
    }

    [Theory]
    [InlineData("451 4.3.0 try again later", 0)]
    [InlineData("", 1)]
    public async Task A_mail_that_could_not_be_taken_just_now_is_kept_and_goes_later_under_the_same_id(string answer, int drops)
    {
        await using var server = new FakeSmtpServer { Answer = command => answer.Length > 0 && command.StartsWith("RCPT", StringComparison.Ordinal) ? answer : null, Drops = drops };
        await using var host = new SupportHost(server.Settings);
        await OpenAsync(host);
        var waiting = await WaitAsync(host, MailState.Waiting, mail => mail is { LastAnswer: not null, Lease: null });
        Assert.True(waiting.DueAt > waiting.LastTriedAt, "It is due again at once.");
        Assert.Contains(answer, waiting.LastAnswer, StringComparison.Ordinal);

        server.Answer = _ => null;
        Assert.True(await Commands(host).SendAgainAsync(waiting.Id, Somebody, Cancel));
        await WaitAsync(host, MailState.Sent, mail => true);
        Assert.Equal(waiting.MessageId, Assert.Single(server.Taken).MessageId);
    }

    [Fact]
    public async Task No_server_configured_means_that_nothing_is_written()
    {
        await using var host = new SupportHost();
        var number = await OpenAsync(host);
        await new ApiCaller(host.Api()).SayAsync(number, "An answer");
        Assert.Empty(await host.Services.GetRequiredService<OutboxQueries>().OfTicketAsync(number, Cancel));
    }

    [Fact]
    public async Task An_answer_waits_for_the_undo_window_and_can_be_withdrawn()
    {
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(new Dictionary<string, string?>(server.Settings) { ["Email:UndoWindow"] = "00:10:00" });
        var number = await OpenAsync(host);
        await server.NextAsync(Cancel);
        (await new ApiCaller(host.Api()).SayAsync(number, "Too early")).Is(HttpStatusCode.Created);
        var answer = Assert.Single(await host.Services.GetRequiredService<OutboxQueries>().OfTicketAsync(number, Cancel), mail => mail.Kind == MailKind.Answer);
        Assert.Equal(TimeSpan.FromMinutes(10), answer.DueAt - answer.CreatedAt);
        Assert.True(await Commands(host).WithdrawAsync(answer.Id, Somebody, Cancel));
        Assert.False(await Commands(host).WithdrawAsync(answer.Id, Somebody, Cancel));
        Assert.Single(server.Taken);
    }

    /// <summary>Every kind of mail that a ticket causes, with a note beside each step that nobody outside may read.</summary>
    [Fact]
    public async Task No_mail_holds_a_word_of_an_internal_note()
    {
        var canary = $"canary{Guid.NewGuid():N}";
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(new Dictionary<string, string?>(server.Settings) { ["Sla:Defaults:CriticalGuarantee"] = "00:00:02", ["Sla:Defaults:StandardGuarantee"] = "00:00:03", ["Email:NotifyStaffAfter"] = "00:00:00" });
        var api = new ApiCaller(host.Api());
        var number = await api.OpenAsync(ApiCaller.Critical());
        (await api.SayAsync(number, $"first {canary}", "internal")).Is(HttpStatusCode.Created);
        (await api.PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = false, reason = "One person only." })).Is(HttpStatusCode.OK);
        (await api.SayAsync(number, $"second {canary}", "internal")).Is(HttpStatusCode.Created);
        var queries = host.Services.GetRequiredService<OutboxQueries>();
        await WaitAsync(host, MailState.Sent, mail => mail.Kind == MailKind.StaffNotice);
        (await api.SayAsync(number, "An answer for everyone's eyes")).Is(HttpStatusCode.Created);
        (await api.SayAsync(number, $"third {canary}", "internal")).Is(HttpStatusCode.Created);
        using var customer = host.CreateClient();
        customer.DefaultRequestHeaders.Authorization = new("Bearer", await host.SessionAsync("sofia@acme.example"));
        using var asked = await customer.PostAsync($"/widget/v1/tickets/{number}/transcript", null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await WaitAsync(host, MailState.Sent, mail => mail.Kind == MailKind.Transcript);
        await WaitAsync(host, MailState.Sent, mail => mail.Kind == MailKind.Answer);

        var kinds = (await queries.OfTicketAsync(number, Cancel)).Where(mail => mail.State == MailState.Sent).Select(mail => mail.Kind).Distinct().Order();
        Assert.Equal([MailKind.Receipt, MailKind.Answer, MailKind.ClaimDeclined, MailKind.Transcript, MailKind.StaffNotice], kinds);
        Assert.Contains(server.Taken, mail => mail.TextBody!.Contains("An answer for everyone's eyes", StringComparison.Ordinal));
        Assert.All(server.Taken, mail => Assert.DoesNotContain(canary, $"{mail.Headers}{mail.Subject}{mail.TextBody}{mail.HtmlBody}{mail}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_breaks_in_names_and_subjects_make_no_headers()
    {
        await using var server = new FakeSmtpServer();
        await using var host = new SupportHost(server.Settings);
        _ = host.Address;
        var outbox = host.Services.GetRequiredService<MailOutbox>();
        await host.Services.GetRequiredService<WriteQueue>().RunAsync(
            db => Task.FromResult(outbox.Add(db, new(MailKind.UnknownSender, "b@x.example") { ToName = "B\r\nBcc: victim@x.example\r\nX-Evil: 1", InReplyTo = "a@b>\r\nX-Evil: 2" }, TimeProvider.System.GetUtcNow())),
            _ => host.Services.GetRequiredService<ChangeBus>().Publish(new(OutboxCommands.Topic, 0)),
            Cancel);
        await server.NextAsync(Cancel);
        var mail = Assert.Single(server.Taken);
        Assert.DoesNotContain(mail.Headers, header => header.Field is "Bcc" or "X-Evil");
        Assert.Equal("auto-replied", mail.Headers["Auto-Submitted"]);
        Assert.Empty(mail.ReplyTo);
        Assert.Equal(["plain RCPT TO:<b@x.example>"], server.Commands.Where(command => command.Contains("RCPT", StringComparison.Ordinal)));
    }

    private static OutboxCommands Commands(SupportHost host) => host.Services.GetRequiredService<OutboxCommands>();

    private static Task<long> OpenAsync(SupportHost host) => new ApiCaller(host.Api()).OpenAsync(ApiCaller.Plain());

    /// <summary>A mail in that state, as soon as there is one.</summary>
    private static async Task<OutgoingMail> WaitAsync(SupportHost host, MailState state, Func<OutgoingMail, bool> isIt)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = host.Services.GetRequiredService<ChangeBus>().Subscribe(change =>
        {
            if (change.IsAbout(OutboxCommands.Topic))
            {
                changed.Release();
            }
        });
        while (true)
        {
            if ((await host.Services.GetRequiredService<OutboxQueries>().ListAsync(state, 100, Cancel)).FirstOrDefault(isIt) is { } mail)
            {
                return mail;
            }

            if (!await changed.WaitAsync(TimeSpan.FromMinutes(1), Cancel))
            {
                var queries = host.Services.GetRequiredService<OutboxQueries>();
                var all = await Task.WhenAll(Enum.GetValues<MailState>().Select(other => queries.ListAsync(other, 100, Cancel)));
                Assert.Fail($"Nothing came to be {state}: {string.Join("; ", all.SelectMany(mails => mails).Select(mail => $"{mail.Kind} {mail.State} {mail.Tries} {mail.LastAnswer}"))}");
            }
        }
    }
}

using System.Net;
using MimeKit;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Tests.Channels.Email.Inbound;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email;

/// <summary>A conversation by mail over real servers, both ways: what a customer answers joins the ticket that was answered, by its signed address alone (trust rule 9).</summary>
public sealed class MailRoundTripTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_to_our_mail_lands_on_its_ticket_and_the_thread_goes_on_until_it_is_solved()
    {
        var servers = MailServers.OrSkip();
        // Short, since number and signature follow it in the part that may have 64 characters.
        var (desk, customer) = ($"d{Guid.NewGuid().ToString("N")[..12]}@{servers.Domain}", servers.NewAddress("sofia"));
        await using var host = new SupportHost(new Dictionary<string, string?>(servers.Sending(desk))
        {
            ["Email:ReplyAddress"] = desk,
            ["Email:UndoWindow"] = "00:00:00",
            ["Email:Imap:Host"] = servers.Host,
            ["Email:Imap:Port"] = $"{servers.Port("Imap")}",
            ["Email:Imap:Security"] = "None",
            ["Email:Imap:UserName"] = desk,
            ["Email:Imap:Password"] = servers.Password,
            // Dovecot looks at a folder by itself only now and then.
            ["Email:Imap:PollEvery"] = "00:00:01",
        });
        var (api, room) = (new ApiCaller(host.Api()), new MailRoom(host, desk));
        var number = await api.OpenAsync(new { channel = "email", requester = new { email = customer, name = "Sofia" }, account = "acme", subject = "Exports stop", body = "After 10,000 rows." });
        (await api.SayAsync(number, "Choose the other format.")).Is(HttpStatusCode.Created);
        var answer = (await servers.WaitForAsync(customer, 2, Cancel))[1];

        var reply = new MimeMessage([new MailboxAddress("Sofia", customer)], answer.ReplyTo, $"Re: {answer.Subject}", new TextPart("plain") { Text = $"That helped, thank you.\n\nOn Friday support wrote:\n> {answer.TextBody!.ReplaceLineEndings("\n> ")}" })
        {
            InReplyTo = answer.MessageId,
        };
        await servers.SendAsync(reply, Cancel);
        var messages = await SaidAsync(room, number, 3);
        Assert.Equal((MessageFrom.Customer, "That helped, thank you."), (messages[2].From, messages[2].Body.Split("\n\n")[0]));

        (await api.SayAsync(number, "Good to hear.")).Is(HttpStatusCode.Created);
        var last = (await servers.WaitForAsync(customer, 3, Cancel))[2];
        Assert.Equal(reply.MessageId, last.InReplyTo);
        Assert.Contains(answer.MessageId, last.References);
        (await api.PatchAsync(number, new { status = "solved" })).Is(HttpStatusCode.OK);
        Assert.Equal("solved", (await api.TicketAsync(number)).GetProperty("status").GetString());
    }

    private static async Task<IReadOnlyList<PublicMessage>> SaidAsync(MailRoom room, long number, int atLeast)
    {
        using var news = new SemaphoreSlim(0);
        using var subscription = room.Get<ChangeBus>().Subscribe(change =>
        {
            if (change == new Change(TicketCommands.Topic, number))
            {
                news.Release();
            }
        });
        while (true)
        {
            var messages = await room.MessagesAsync(number);
            if (messages.Count >= atLeast)
            {
                return messages;
            }

            await news.WaitAsync(Cancel);
        }
    }
}

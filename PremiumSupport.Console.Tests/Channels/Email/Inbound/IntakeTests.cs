using Microsoft.EntityFrameworkCore;
using PremiumSupport.Channels.Email.Inbound.Sorting;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>The product with an address of its own.</summary>
public sealed class MailHost() : SupportHost(MailRoom.Settings);

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresMailHost() : PostgresHost(MailRoom.Settings);

public sealed class SqliteIntakeTests(MailHost host) : IntakeTests(host), IClassFixture<MailHost>;

public sealed class PostgresIntakeTests(PostgresMailHost host) : IntakeTests(host.OrSkip()), IClassFixture<PostgresMailHost>;

/// <summary>What mails become in the whole product: tickets, messages, or something that waits for a person with its reason; never silence, never twice.</summary>
public abstract class IntakeTests(SupportHost host)
{
    private const string Sofia = "sofia@acme.example";
    private readonly MailRoom _room = new(host);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_known_contact_who_writes_to_the_mailbox_gets_a_ticket_with_the_target_and_not_the_guarantee()
    {
        var mail = Assert.Single(await _room.TakeAsync(MailBytes.Plain(Sofia, "Cannot publish", "The page is stuck.\n\n-- \nSofia")));

        Assert.Equal(IntakeState.Done, mail.State);
        var ticket = await _room.TicketAsync(mail.TicketNumber!.Value);
        Assert.Equal((Channel.Mailbox, "Cannot publish", Sofia), (ticket.Channel, ticket.Subject, ticket.Requester!.Email));
        var promise = Assert.Single(ticket.Obligations);
        Assert.Equal((Metric.FirstResponse, Commitment.Target), (promise.Metric, promise.Commitment));
        Assert.Equal("The page is stuck.", Assert.Single(await _room.MessagesAsync(ticket.Number)).Body);
    }

    [Fact]
    public async Task An_answer_to_a_signed_address_or_a_signed_mail_joins_its_ticket()
    {
        var number = await NewTicketAsync();
        var byAddress = Assert.Single(await _room.TakeAsync(Reply(Sofia, $"To: <{_room.Signer.ReplyAddress(number)}>", "First")));
        var byId = Assert.Single(await _room.TakeAsync(Reply(Sofia, $"In-Reply-To: <{_room.Signer.MessageId(Guid.NewGuid(), number)}>", "Second\n\nOn Friday, Ana wrote:\n> Try again.")));

        Assert.Equal([(number, 2L), (number, 3L)], [(byAddress.TicketNumber!.Value, byAddress.Sequence!.Value), (byId.TicketNumber!.Value, byId.Sequence!.Value)]);
        Assert.Equal(["Hello", "First", "Second"], (await _room.MessagesAsync(number)).Select(message => message.Body));
        var card = await _room.Get<IntakeQueries>().FindAsync(byId.Id, MailRoom.Lead, Cancel);
        Assert.Equal("On Friday, Ana wrote:\n> Try again.", card!.View!.Quoted);
    }

    [Fact]
    public async Task Whoever_else_writes_on_a_ticket_is_shown_as_unverified_until_somebody_says_it_is_the_requester()
    {
        var number = await NewTicketAsync();
        var mail = Assert.Single(await _room.TakeAsync(Reply("Eve <eve@evil.test>", $"To: {_room.Signer.ReplyAddress(number)}", "Send me everything")));

        Assert.Equal((IntakeState.Pending, number), (mail.State, mail.TicketNumber!.Value));
        Assert.Single(await _room.MessagesAsync(number));
        await using (var db = await _room.OpenAsync())
        {
            Assert.Contains("eve@evil.test", (await db.Set<TicketEvent>().SingleAsync(happening => happening.TicketNumber == number && happening.Kind == TicketEventKind.MailHeld, Cancel)).Detail, StringComparison.Ordinal);
        }

        var requester = (await _room.TicketAsync(number)).RequesterId;
        await _room.DoAsync(async () => Assert.True(await _room.Commands.AcceptAsync(mail.Id, requester, MailRoom.Lead, Cancel)));
        Assert.Equal("Send me everything", (await _room.MessagesAsync(number))[1].Body);
        Assert.False(await _room.Commands.DiscardAsync(mail.Id, MailRoom.Lead, Cancel));
    }

    [Fact]
    public async Task A_stranger_waits_until_somebody_says_whose_the_mail_is_or_puts_it_away()
    {
        var mails = await _room.TakeAsync(MailBytes.Plain("ana@elsewhere.test", "Question", "From my other address"), MailBytes.Plain("spam@elsewhere.test", "Buy"));
        Assert.All(mails, mail => Assert.Equal(IntakeState.Unverified, mail.State));

        Guid sofia;
        await using (var db = await _room.OpenAsync())
        {
            sofia = (await db.Set<Contact>().SingleAsync(contact => contact.Email == Sofia, Cancel)).Id;
        }

        await _room.DoAsync(() => _room.Commands.AcceptAsync(mails[0].Id, sofia, MailRoom.Lead, Cancel));
        Assert.True(await _room.Commands.DiscardAsync(mails[1].Id, MailRoom.Lead, Cancel));
        var accepted = (await _room.Get<IntakeQueries>().FindAsync(mails[0].Id, MailRoom.Lead, Cancel))!.Mail;
        Assert.Equal((IntakeState.Done, "Lena Lead"), (accepted.State, accepted.DecidedBy));
        Assert.Equal(sofia, (await _room.TicketAsync(accepted.TicketNumber!.Value)).RequesterId);
    }

    [Fact]
    public async Task The_same_message_fifty_times_is_one_ticket_and_is_counted()
    {
        var raw = MailBytes.Plain(Sofia, "Once", more: "Received: from a");
        var mails = await _room.TakeAsync([.. Enumerable.Range(0, 50).Select(n => MailBytes.Of($"Received: from hop{n}", "") is { } hop ? [.. hop.AsSpan(0, hop.Length - 2), .. raw] : raw)]);

        Assert.Equal(50, Assert.Single(mails.DistinctBy(mail => mail.Id)).Copies);
        Assert.Single(mails.Select(mail => mail.TicketNumber).Distinct());
    }

    [Fact]
    public async Task One_id_for_two_mails_loses_neither()
    {
        var mails = await _room.TakeAsync(
            MailBytes.Of($"From: {Sofia}\nSubject: One\nMessage-ID: <same@broken.test>", "First"), MailBytes.Of($"From: {Sofia}\nSubject: Two\nMessage-ID: <same@broken.test>", "Second"));

        Assert.Equal(2, mails.Select(mail => mail.TicketNumber).Distinct().Count());
    }

    [Fact]
    public async Task Mails_without_an_id_are_two_mails_and_the_same_bytes_are_one()
    {
        var (one, two) = (MailBytes.Of($"Received: from a\nFrom: {Sofia}\nSubject: No id", "Same words"), MailBytes.Of($"Received: from b\nFrom: {Sofia}\nSubject: No id", "Same words"));
        var mails = await _room.TakeAsync(one, two, one);

        Assert.Equal(2, mails.Select(mail => mail.TicketNumber).Distinct().Count());
    }

    [Fact]
    public async Task Numbers_given_anew_by_the_server_double_nothing()
    {
        byte[][] raws = [MailBytes.Plain(Sofia, "a"), MailBytes.Plain(Sofia, "b")];
        await _room.TakeAsync(raws);
        var renumbered = raws.Append(MailBytes.Plain(Sofia, "c")).Select((raw, index) => new FetchedMail(index + 1, TimeProvider.System.GetUtcNow(), raw.Length, raw)).ToList();
        await _room.DoAsync(async () => Assert.Equal(1, await _room.Commands.KeepAsync(_room.Mailbox, 2, renumbered, Cancel)));

        Assert.Equal((2, 3), await _room.Commands.CursorAsync(_room.Mailbox, Cancel));
        await using var db = await _room.OpenAsync();
        Assert.Equal(3, await db.Set<InboundMail>().CountAsync(mail => mail.Mailbox == _room.Mailbox, Cancel));
    }

    [Fact]
    public async Task Work_that_a_crash_cut_off_is_done_again_and_has_one_effect()
    {
        var number = await NewTicketAsync();
        var raw = MailBytes.Mixed("Content-Type: text/plain\n\nSee the file", "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlines");
        var reply = System.Text.Encoding.UTF8.GetBytes($"To: {_room.Signer.ReplyAddress(number)}\r\n").Concat(raw).ToArray();
        var waiting = new WaitingMail(0, _room.Mailbox, MailFingerprint.Of(reply), reply.Length, reply, default, TimeProvider.System.GetUtcNow(), null, IsPoison: false);
        var sorter = _room.Get<MailSorter>();

        var first = await sorter.SortAsync(waiting, Cancel);
        var second = await sorter.SortAsync(waiting, Cancel);

        Assert.Equal((first.TicketNumber, first.Sequence), (second.TicketNumber, second.Sequence));
        var messages = await _room.MessagesAsync(number);
        Assert.Equal(["Hello", "See the file"], messages.Select(message => message.Body));
        Assert.Equal("log.txt", Assert.Single(messages[1].Files).Facts.Name);
    }

    [Fact]
    public async Task Poison_is_set_aside_unread_with_a_button_and_the_others_go_on()
    {
        var poison = MailBytes.Plain(Sofia, "Poison");
        long id;
        await using (var db = await _room.OpenAsync())
        {
            // As if looking into it had taken the product down so often.
            var row = new InboundMail { Mailbox = _room.Mailbox, UidValidity = 9, Uid = 1, Fingerprint = MailFingerprint.Of(poison), State = IntakeState.Quarantined, Attempts = IntakeCommands.MostAttempts };
            db.Add(row);
            await db.SaveChangesAsync(Cancel);
            db.Add(new InboundBytes { MailId = row.Id, Bytes = poison });
            row.State = IntakeState.Received;
            await db.SaveChangesAsync(Cancel);
            id = row.Id;
        }

        Assert.Equal(IntakeState.Done, Assert.Single(await _room.TakeAsync(MailBytes.Plain(Sofia, "Fine"))).State);
        var set = (await _room.Get<IntakeQueries>().FindAsync(id, MailRoom.Lead, Cancel))!.Mail;
        Assert.Equal(IntakeState.Quarantined, set.State);
        Assert.Contains("5 times", set.Reason, StringComparison.Ordinal);

        await _room.DoAsync(async () => Assert.True(await _room.Commands.TryAgainAsync(id, MailRoom.Lead, Cancel)));
        Assert.Equal(IntakeState.Done, (await _room.Get<IntakeQueries>().FindAsync(id, MailRoom.Lead, Cancel))!.Mail.State);
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_with_its_bytes_and_the_reason()
    {
        byte[] raw = [0, 1, 2, 3, .. "no mail"u8];
        var mail = Assert.Single(await _room.TakeAsync(raw));

        Assert.Equal(IntakeState.Quarantined, mail.State);
        Assert.NotEmpty(mail.Reason);
        Assert.Equal(raw, await _room.Get<IntakeQueries>().BytesAsync(mail.Id, MailRoom.Lead, Cancel));
    }

    [Fact]
    public async Task Files_come_along_under_safe_names_and_what_is_not_taken_is_said()
    {
        var mail = Assert.Single(await _room.TakeAsync(MailBytes.Mixed(
            "Content-Type: text/plain\n\nFiles",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=\"../../x.txt\"\n\nx",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=run.exe\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=empty.txt\n\n")));

        var message = Assert.Single(await _room.MessagesAsync(mail.TicketNumber!.Value));
        Assert.Equal("x.txt", Assert.Single(message.Files).Facts.Name);
        var remarks = (await _room.Get<IntakeQueries>().FindAsync(mail.Id, MailRoom.Lead, Cancel))!.View!.Remarks;
        Assert.Contains(remarks, remark => remark.Contains("run.exe", StringComparison.Ordinal));
        await using var db = await _room.OpenAsync();
        Assert.DoesNotContain(await db.Set<StoredFile>().Select(file => file.StoredName).ToListAsync(Cancel), name => name.Contains('x', StringComparison.Ordinal) || name.Contains('.', StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_out_of_office_note_on_a_thread_counts_as_nothing()
    {
        var number = await NewTicketAsync();
        var mail = Assert.Single(await _room.TakeAsync(Reply(Sofia, $"To: {_room.Signer.ReplyAddress(number)}\nAuto-Submitted: auto-replied", "I am away")));

        Assert.Equal(IntakeState.Ignored, mail.State);
        Assert.Single(await _room.MessagesAsync(number));
    }

    [Fact]
    public async Task A_reply_to_a_closed_ticket_begins_a_new_one()
    {
        var number = await NewTicketAsync();
        var tickets = _room.Get<TicketCommands>();
        await tickets.ChangeStatusAsync(number, TicketStatus.Solved, MailRoom.Lead, cancellation: Cancel);
        await tickets.ChangeStatusAsync(number, TicketStatus.Closed, MailRoom.Lead, cancellation: Cancel);
        var mail = Assert.Single(await _room.TakeAsync(Reply(Sofia, $"To: {_room.Signer.ReplyAddress(number)}", "It is back")));

        Assert.Equal(IntakeState.Done, mail.State);
        Assert.NotEqual(number, mail.TicketNumber);
    }

    [Fact]
    public async Task Five_hundred_forged_mails_put_no_word_into_any_ticket()
    {
        var numbers = new[] { await NewTicketAsync(), await NewTicketAsync() };
        var before = await StoredRows.CountAsync(host);
        var random = new Random(500);
        var forged = Enumerable.Range(0, 500).Select(n => ForgedMail.Of(n, numbers[n % 2], _room.Signer, random)).ToArray();
        var mails = await _room.TakeAsync(forged);

        var after = await StoredRows.CountAsync(host);
        Assert.Equal(before with { Events = after.Events }, after);
        Assert.All(mails, mail => Assert.True(mail.State is IntakeState.Unverified or IntakeState.Pending or IntakeState.Ignored or IntakeState.Quarantined, $"{mail.State}: {mail.Subject}"));
    }

    private async Task<long> NewTicketAsync() => Assert.Single(await _room.TakeAsync(MailBytes.Plain(Sofia, $"Request {Guid.NewGuid():N}"))).TicketNumber!.Value;

    private static byte[] Reply(string from, string header, string body, string subject = "Re: x") => MailBytes.Of($"From: {from}\n{header}\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid():N}@client.test>", body);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Outbox;

public sealed class SqliteInvitationTests() : InvitationTests(DatabaseProvider.Sqlite);

public sealed class PostgresInvitationTests() : InvitationTests(PostgresServer.OrSkip());

/// <summary>Invitations by mail: the link is made when the mail goes, and nothing but its hash is stored (trust rule 19). On a standing clock and with nobody who sends.</summary>
public abstract class InvitationTests(DatabaseProvider provider) : IAsyncLifetime
{
    private readonly StandingClock _clock = new(new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = default!;
    private SupportHost _host = default!;
    private AsyncServiceScope _scope;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InvitationCommands Invitations => _scope.ServiceProvider.GetRequiredService<InvitationCommands>();

    private StaffCommands Staff => _scope.ServiceProvider.GetRequiredService<StaffCommands>();

    private StaffLinkMails Mails => Get<StaffLinkMails>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _host = new(
            new Dictionary<string, string?>
            {
                ["Email:From"] = "support@desk.example", ["Email:Smtp:Host"] = "127.0.0.1", ["Email:Smtp:Port"] = "1", ["Email:Smtp:Security"] = "None", ["PublicUrl"] = "https://support.example",
            },
            services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                foreach (var job in services.Where(service => service.ServiceType == typeof(IHostedService) && (QuietHost.IsAlarm(service) || service.ImplementationType?.Name == "MailSender")).ToList())
                {
                    services.Remove(job);
                }
            },
            _database);
        _ = _host.Address;
        _scope = _host.Services.CreateAsyncScope();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_to_be_sent_holds_no_link_and_what_is_sent_holds_one_that_is_stored_as_its_hash()
    {
        Assert.Equal("bea@desk.example", (await Invitations.InviteAsync(" Bea Beispiel ", "bea@desk.example", Roles.TeamLead, "en", StaffFakes.Admin, Cancel)).Value);
        Assert.Empty(await LinksAsync());
        var mail = Assert.Single(await TakeAsync());
        var bea = Assert.Single(await Get<StaffQueries>().ListAsync(Cancel), row => row.Email == "bea@desk.example");
        Assert.Equal((MailKind.StaffLink, "bea@desk.example", "Bea Beispiel", bea.Id), (mail.Kind, mail.To, mail.ToName, StaffLinkMails.PersonOf(mail)));
        Assert.Equal([("person", bea.Id.ToString("N"))], mail.Values!.All.Select(value => (value.Key, value.Value)));

        var message = (await Get<MailComposer>().ComposeAsync(mail, Cancel)).Message!;
        var token = TokenIn(message.TextBody!);
        Assert.StartsWith("You are invited", message.Subject, StringComparison.Ordinal);
        Assert.Contains("works once, for 72 hours", message.TextBody, StringComparison.Ordinal);
        Assert.Contains(token, message.HtmlBody, StringComparison.Ordinal);
        var link = Assert.Single(await LinksAsync());
        Assert.Equal((bea.Id, Secret.Hash(token), _clock.GetUtcNow() + StaffLink.Lifetime), (link.StaffId, link.Hash, link.ExpiresAt));
        await using (var db = await ReadAsync())
        {
            Assert.DoesNotContain(token, string.Join('\n', await db.Set<OutgoingMail>().Select(row => row.LastAnswer + row.MessageId).ToListAsync(Cancel)), StringComparison.Ordinal);
        }

        Assert.Equal(["invited"], (await Get<AuditQueries>().SearchAsync(new(Subject: "bea@desk.example"), cancellation: Cancel)).Entries.Select(entry => entry.Deed));
        Assert.Equal(bea.Id, (await Staff.ChoosePasswordAsync(token, "four words in a row", Cancel)).Value);
        Assert.False((await Staff.ChoosePasswordAsync(token, "four words in a row", Cancel)).IsDone);
    }

    [Fact]
    public async Task A_second_try_makes_a_link_of_its_own_and_whichever_arrives_works_until_one_is_used()
    {
        var first = await MadeAsync(await InvitedAsync());
        await Get<OutboxCommands>().NoteFailedAsync((await MailsAsync())[0], new(false, "451 later"), Cancel);
        _clock.Advance(TimeSpan.FromHours(1));
        var second = await MadeAsync(Assert.Single(await TakeAsync()));
        Assert.NotEqual(first, second);
        Assert.Equal(2, (await LinksAsync()).Count);
        Assert.Equal(_clock.GetUtcNow() + StaffLink.Lifetime, (await PersonAsync()).LinkEndsAt);
        Assert.True((await Staff.ChoosePasswordAsync(first, "four words in a row", Cancel)).IsDone);
        Assert.False((await Staff.ChoosePasswordAsync(second, "five words in a row", Cancel)).IsDone);
        Assert.Empty(await LinksAsync());
    }

    [Fact]
    public async Task A_link_that_is_copied_instead_takes_the_mail_back_even_where_it_is_on_its_way()
    {
        var taken = await InvitedAsync();
        var copied = (await Invitations.CopyLinkAsync((await PersonAsync()).Id, StaffFakes.Admin, Cancel)).Value!;
        Assert.Null(await Mails.MakeAsync(taken, Cancel));
        Assert.Equal(MailState.Withdrawn, Assert.Single(await MailsAsync()).State);
        Assert.True((await Staff.ChoosePasswordAsync(copied.Query.Split('=')[1], "four words in a row", Cancel)).IsDone);

        // And the other way about: a mail takes the place of what was copied, as soon as it goes.
        var again = (await Invitations.CopyLinkAsync((await PersonAsync()).Id, StaffFakes.Admin, Cancel)).Value!;
        Assert.True((await Invitations.MailLinkAsync((await PersonAsync()).Id, "en", StaffFakes.Admin, Cancel)).IsDone);
        var mail = Assert.Single(await TakeAsync());
        var made = (await Mails.MakeAsync(mail, Cancel))!;
        Assert.False(made.IsNew);
        Assert.False((await Staff.ChoosePasswordAsync(again.Query.Split('=')[1], "five words in a row", Cancel)).IsDone);
        Assert.StartsWith("https://support.example/account/password?token=", made.Address.ToString(), StringComparison.Ordinal);
        Assert.Equal("sent", await StateAsync(mail));
    }

    [Fact]
    public async Task Who_is_shut_out_meanwhile_gets_no_link_and_two_presses_make_one_mail()
    {
        var person = await InvitedAsync();
        Assert.True((await Invitations.MailLinkAsync(StaffLinkMails.PersonOf(person)!.Value, "en", StaffFakes.Admin, Cancel)).IsDone);
        Assert.Equal([MailState.Waiting, MailState.Withdrawn], (await MailsAsync()).OrderBy(mail => mail.State).Select(mail => mail.State));
        Assert.True((await Staff.DisableAsync(StaffLinkMails.PersonOf(person)!.Value, StaffFakes.Admin, Cancel)).IsDone);
        var composed = await Get<MailComposer>().ComposeAsync(Assert.Single(await TakeAsync()), Cancel);
        Assert.Null(composed.Message);
        Assert.Empty(await LinksAsync());
    }

    [Theory]
    [InlineData("en", "You are invited to the support desk of")]
    [InlineData("es", "Invitación al equipo de soporte de")]
    [InlineData("it", "Invito al supporto di")]
    [InlineData("fr", "Invitation à rejoindre le support de")]
    [InlineData("de", "Einladung zum Support-Team von")]
    [InlineData("nb", "Invitasjon til kundestøtten hos")]
    [InlineData("xx", "You are invited to the support desk of")]
    public async Task It_is_written_in_the_language_that_was_chosen(string language, string subject)
    {
        Assert.True((await Invitations.InviteAsync("Bea", "bea@desk.example", Roles.Specialist, language, StaffFakes.Admin, Cancel)).IsDone);
        var message = (await Get<MailComposer>().ComposeAsync(Assert.Single(await TakeAsync()), Cancel)).Message!;
        Assert.StartsWith(subject, message.Subject, StringComparison.Ordinal);
        Assert.Contains("72", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_back_is_undelivered_and_takes_its_link_along_but_none_that_was_made_since()
    {
        var mail = await InvitedAsync();
        var lost = await MadeAsync(mail);
        await Mails.NoteBouncedAsync(mail.Id, "5.1.1 no such user", Cancel);
        Assert.Equal(MailState.Waiting, Assert.Single(await MailsAsync()).State);

        Assert.Equal("sent", await StateAsync(mail));
        await Mails.NoteBouncedAsync(mail.Id, "5.1.1 no such user", Cancel);
        var back = Assert.Single(await MailsAsync());
        Assert.Equal((MailState.Dead, "5.1.1 no such user"), (back.State, back.LastAnswer));
        Assert.False((await Staff.ChoosePasswordAsync(lost, "four words in a row", Cancel)).IsDone);
        Assert.Null((await PersonAsync()).LinkEndsAt);

        // Sent again, copied meanwhile, and only then reported: the copied link is somebody's way in.
        Assert.True(await Get<OutboxCommands>().SendAgainAsync(mail.Id, StaffFakes.Admin, Cancel));
        var again = Assert.Single(await TakeAsync());
        await MadeAsync(again);
        Assert.Equal("sent", await StateAsync(again));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var copied = (await Invitations.CopyLinkAsync((await PersonAsync()).Id, StaffFakes.Admin, Cancel)).Value!;
        await Mails.NoteBouncedAsync(mail.Id, "5.1.1 no such user", Cancel);
        Assert.True((await Staff.ChoosePasswordAsync(copied.Query.Split('=')[1], "four words in a row", Cancel)).IsDone);
    }

    [Fact]
    public async Task Only_an_admin_may_and_who_is_here_already_is_not_invited_again()
    {
        await InvitedAsync();
        var id = (await PersonAsync()).Id;
        foreach (var caller in new[] { StaffFakes.Lead, StaffFakes.Specialist })
        {
            Assert.False((await Invitations.InviteAsync("Ada", "ada.b@desk.example", Roles.Specialist, "en", caller, Cancel)).IsDone);
            Assert.False((await Invitations.MailLinkAsync(id, "en", caller, Cancel)).IsDone);
            Assert.False((await Invitations.CopyLinkAsync(id, caller, Cancel)).IsDone);
        }

        Assert.Contains("here already", (await Invitations.InviteAsync("Bea", "BEA@desk.example", Roles.Specialist, "en", StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Single(await MailsAsync());
        Assert.Empty(await LinksAsync());
    }

    private async Task<OutgoingMail> InvitedAsync()
    {
        Assert.True((await Invitations.InviteAsync("Bea", "bea@desk.example", Roles.Specialist, "en", StaffFakes.Admin, Cancel)).IsDone);
        return Assert.Single(await TakeAsync());
    }

    private async Task<string> MadeAsync(OutgoingMail mail) => (await Mails.MakeAsync(mail, Cancel))!.Address.Query.Split('=')[1];

    private async Task<string> StateAsync(OutgoingMail mail)
    {
        await Get<OutboxCommands>().NoteSentAsync(mail, Cancel);
        return (await Get<OutboxQueries>().StaffLinksAsync(Cancel))[StaffLinkMails.PersonOf(mail)!.Value].State == MailState.Sent ? "sent" : "not sent";
    }

    private static string TokenIn(string text) => text.Split("token=")[1].Split(['\r', '\n', ' '])[0];

    private async Task<StaffRow> PersonAsync() => (await Get<StaffQueries>().ListAsync(Cancel)).Single(row => row.Email == "bea@desk.example");

    private Task<IReadOnlyList<OutgoingMail>> TakeAsync() => Get<OutboxCommands>().TakeAsync(10, Cancel);

    private async Task<List<OutgoingMail>> MailsAsync()
    {
        await using var db = await ReadAsync();
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.Kind == MailKind.StaffLink).ToListAsync(Cancel);
    }

    private async Task<List<StaffLink>> LinksAsync()
    {
        await using var db = await ReadAsync();
        return await db.Set<StaffLink>().AsNoTracking().ToListAsync(Cancel);
    }

    private Task<SupportDb> ReadAsync() => Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}

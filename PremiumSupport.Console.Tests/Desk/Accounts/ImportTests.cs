using System.Text;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Import;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla;

namespace PremiumSupport.Tests.Desk.Accounts;

public sealed class SqliteImportTests(QuietHost host) : ImportTests(host), IClassFixture<QuietHost>;

public sealed class PostgresImportTests(PostgresQuietHost host) : ImportTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Files of accounts and people: looked at before anything is written, written in small pieces, the same twice changes nothing, and what is wrong is told row by row.</summary>
public abstract class ImportTests(QuietHost host)
{
    private const string Accounts = """
        Key;Name;Zone;Premium from;Premium until;Hub;Edition;Hub from;Hub until
        initech;Initech;Europe/Rome;2026-01-01;2026-12-31;Service Hub;Enterprise;2026-01-01;2027-12-31
        initech;;;;;Sales Hub;Starter;2026-01-01;2026-12-31
        hooli;"Hooli; the one";;2026-05-01;2026-04-01;;;;
        bad key!;Someone;;;;;;;
        acme;Acme;;;;;;;
        nameless;;;;;;;;
        =2+5;Formula;;;;;;;
        """;

    private const string OldTickets = """
        reference,account,email,name,subject,message,created,solved
        ZD-1,acme,old@acme.example,"Oldman, Ida",Cannot sign in,"It says: ""no"".",2025-02-03T10:00:00+01:00,2025-02-03T10:30:00Z
        ZD-2,acme,sofia@acme.example,,Another,Words,2025-02-03 09:00:00,2025-02-04 09:00:00
        ZD-2,acme,sofia@acme.example,,Another,Words,2025-02-03 09:00:00,2025-02-04 09:00:00
        ZD-3,nowhere,a@nowhere.example,,Another,Words,2025-02-03 09:00:00,2025-02-04 09:00:00
        ZD-4,acme,sofia@acme.example,,Another,Words,2025-02-05 09:00:00,2025-02-04 09:00:00
        ZD-5,acme,sofia@acme.example,,Another,Words,yesterday,2025-02-04 09:00:00
        ZD-6,acme,sofia@acme.example,,,Words,2025-02-03 09:00:00,2025-02-04 09:00:00
        ZD-7,acme,sofia@acme.example,,Another,Words,2025-02-03 09:00:00,2035-02-04 09:00:00
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ImportDesk Desk => host.Get<ImportDesk>();

    [Fact]
    public async Task A_file_is_looked_at_then_written_and_twice_is_once()
    {
        var looked = await LookAsync(ImportKind.Accounts, Accounts);
        Assert.Equal((ImportState.Looked, new ImportCount(1, 1, 1, 4)), (looked.State, looked.Expected));
        Assert.Null(await host.Get<AccountQueries>().FindAsync("initech", Cancel));
        Assert.Contains("last day is before", looked.First[2].What, StringComparison.Ordinal);

        var run = await WriteAsync(looked);
        Assert.Equal((ImportState.Done, new ImportCount(1, 1, 1, 4)), (run.State, run.Count));
        var initech = (await host.Get<AccountQueries>().FindAsync("initech", Cancel))!;
        Assert.Equal(("Initech", "Europe/Rome", 2), (initech.Name, initech.Zone, initech.Subscriptions.Count));
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero), Entitlement.Until(initech.ToFacts(), new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal([false, true], initech.Subscriptions.OrderBy(row => row.Hub).Select(row => row.Qualifies));

        var refused = await File.ReadAllLinesAsync(Desk.Refused(run.Id)!, Cancel);
        Assert.Equal(5, refused.Length);
        Assert.EndsWith("line,reason", refused[0], StringComparison.Ordinal);
        Assert.Contains("\"Hooli; the one\"".Trim('"'), refused[1], StringComparison.Ordinal);
        Assert.DoesNotContain(refused, line => line.StartsWith('='));

        var again = await LookAsync(ImportKind.Accounts, Accounts);
        Assert.Equal(new ImportCount(0, 0, 3, 4), again.Expected);
        Assert.Contains((await host.Get<AuditQueries>().SearchAsync(new(Area: "import"), cancellation: Cancel)).Entries, entry => entry.Deed == "imported" && entry.Changes.Contains(new("refused", null, "4")));
    }

    [Fact]
    public async Task People_go_to_their_accounts_and_a_wrong_row_says_why()
    {
        var run = await WriteAsync(await LookAsync(ImportKind.Contacts, """
            account,email,name,role
            acme,NEW@acme.example,"Newton, Ada",super_admin
            acme,new@acme.example,,
            nowhere,a@nowhere.example,A,user
            acme,not an address,B,user
            acme,c@acme.example,C,emperor
            """));
        Assert.Equal(new ImportCount(1, 0, 1, 3), run.Count);
        var acme = (await host.Get<AccountQueries>().FindAsync("acme", Cancel))!;
        var row = (await host.Get<AccountQueries>().ContactsAsync(acme.Id, "new@", null, Cancel)).Rows.Single();
        Assert.Equal(("Newton, Ada", RequesterRole.SuperAdmin), (row.Name, row.Role));
        var reasons = string.Join('\n', await File.ReadAllLinesAsync(Desk.Refused(run.Id)!, Cancel));
        Assert.All(["no account nowhere", "no email address", "user or super_admin"], reason => Assert.Contains(reason, reasons, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Old_tickets_come_in_as_closed_history_of_which_nothing_follows_and_twice_is_once()
    {
        var before = await CountsAsync();
        var looked = await LookAsync(ImportKind.Tickets, OldTickets);
        Assert.Equal((ImportState.Looked, new ImportCount(2, 0, 1, 5)), (looked.State, looked.Expected));
        Assert.Equal(before, await CountsAsync());
        var run = await WriteAsync(looked);
        Assert.Equal((ImportState.Done, new ImportCount(2, 0, 1, 5)), (run.State, run.Count));
        var reasons = string.Join('\n', await File.ReadAllLinesAsync(Desk.Refused(run.Id)!, Cancel));
        Assert.All(["no account nowhere", "solved before it was created", "no instant", "A subject has", "in the future"], reason => Assert.Contains(reason, reasons, StringComparison.Ordinal));

        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var ticket = await db.Set<Ticket>().Include(ticket => ticket.Obligations).Include(ticket => ticket.Requester).SingleAsync(ticket => ticket.ExternalReference == "ZD-1", Cancel);
        Assert.Equal((TicketStatus.Closed, "Cannot sign in", "old@acme.example", 0), (ticket.Status, ticket.Subject, ticket.Requester!.Email, ticket.Obligations.Count));
        Assert.Equal((Given.At("2025-02-03 09:00:00"), Given.At("2025-02-03 10:30:00"), null, null), (ticket.CreatedAt, ticket.UpdatedAt, ticket.NextFlagAt, ticket.NextDueAt));
        var first = await db.Set<PublicMessage>().SingleAsync(message => message.TicketNumber == ticket.Number, Cancel);
        Assert.Equal(("It says: \"no\".", 1L, ticket.CreatedAt), (first.Body, first.Sequence, first.SentAt));
        Assert.Equal(TicketEventKind.Imported, (await db.Set<TicketEvent>().SingleAsync(happening => happening.TicketNumber == ticket.Number, Cancel)).Kind);
        // Found like any other, and nobody hears of it: no promise, no ledger, no mail, no notification, nothing for programs.
        Assert.Contains(ticket.Number, await host.Get<TicketQueries>().SearchAsync("Cannot sign in", StaffFakes.Specialist, Cancel));
        Assert.Equal(before, await CountsAsync());
        Assert.Null(PremiumSupport.Channels.Webhooks.WebhookEvents.Of(new TicketEvent { Kind = TicketEventKind.Imported }, []));

        Assert.Equal(new ImportCount(0, 0, 3, 5), (await LookAsync(ImportKind.Tickets, OldTickets)).Expected);
        Assert.Equal(new ImportCount(0, 0, 3, 5), (await WriteAsync(await LookAsync(ImportKind.Tickets, OldTickets))).Count);
        Assert.Equal(1, await db.Set<Ticket>().CountAsync(ticket => ticket.ExternalReference == "ZD-1", Cancel));
    }

    private async Task<(int Promises, int Facts, int Mails, int Told, int Open)> CountsAsync()
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        return (
            await db.Set<Obligation>().CountAsync(Cancel), await db.Set<PremiumSupport.Platform.Ledger.LedgerEntry>().CountAsync(Cancel), await db.Set<PremiumSupport.Desk.Outbox.OutgoingMail>().CountAsync(Cancel),
            await db.Set<PremiumSupport.Desk.Notifications.Notification>().CountAsync(Cancel), await QueueRows.Open(db).CountAsync(Cancel));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("name,zone\nA,B\n", "“key”")]
    [InlineData("key,name\n", "no row")]
    public async Task A_file_that_is_none_is_refused_in_a_sentence(string content, string says)
    {
        var run = await LookAsync(ImportKind.Accounts, content);
        Assert.Equal(ImportState.Failed, run.State);
        Assert.Contains(says, run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_of_another_encoding_are_refused_and_not_kept_broken()
    {
        var run = await LookAsync(ImportKind.Accounts, Encoding.Latin1.GetBytes("key,name\nlatin,Größe\n"));
        Assert.Equal((1, "It has letters that are not UTF-8. Save the file as “CSV UTF-8”."), (run.Expected.Refused, run.FirstRefused.Single().What));
    }

    [Fact]
    public async Task Many_rows_are_written_in_pieces_between_which_others_write()
    {
        var rows = new StringBuilder("account,email,name\n");
        for (var i = 0; i < 3_000; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i % 10 == 9 ? "nowhere" : "acme")},bulk{i}@acme.example,Bulk {i}\n");
        }

        var looked = await LookAsync(ImportKind.Contacts, rows.ToString());
        Assert.Equal(new ImportCount(2_700, 0, 0, 300), looked.Expected);
        var between = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = host.Get<ChangeBus>().Subscribe(change =>
        {
            if (change.Topic == ImportDesk.Topic && looked is { State: ImportState.Running, Count.All: > 0 and < 3_000 } && !between.Task.IsCompleted)
            {
                _ = host.Get<WriteQueue>().RunAsync(_ => Task.FromResult(true), _ => between.TrySetResult(looked.Count.All), Cancel);
            }
        });
        var run = await WriteAsync(looked);
        Assert.InRange(await between.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel), 1, 2_999);
        Assert.Equal((ImportState.Done, new ImportCount(2_700, 0, 0, 300)), (run.State, run.Count));
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        Assert.Equal(2_700, await db.Set<Contact>().CountAsync(contact => EF.Functions.Like(contact.Email, "bulk%"), Cancel));
    }

    private Task<ImportRun> LookAsync(ImportKind kind, string content) => LookAsync(kind, Encoding.UTF8.GetBytes(content));

    private async Task<ImportRun> LookAsync(ImportKind kind, byte[] content)
    {
        using var file = new MemoryStream(content);
        return await EndAsync(() => Desk.TakeAsync(kind, "file.csv", file, StaffFakes.Admin, Cancel), ImportState.Looking);
    }

    private Task<ImportRun> WriteAsync(ImportRun looked) => EndAsync(
        () =>
        {
            Assert.False(Desk.Start(looked.Id, StaffFakes.Lead));
            Assert.True(Desk.Start(looked.Id, StaffFakes.Admin));
            return Task.FromResult<PremiumSupport.Platform.Identity.Attempt<ImportRun>>(looked);
        },
        ImportState.Running);

    private async Task<ImportRun> EndAsync(Func<Task<PremiumSupport.Platform.Identity.Attempt<ImportRun>>> begin, ImportState busy)
    {
        var news = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        using var listening = host.Get<ChangeBus>().Subscribe(change => news.Writer.TryWrite(change.Topic == ImportDesk.Topic));
        var run = (await begin()).Value!;
        while (run.State == busy)
        {
            await news.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        }

        return run;
    }
}

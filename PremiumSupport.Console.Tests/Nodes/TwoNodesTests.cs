using System.Net;
using Hangfire;
using Hangfire.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Platform.Identity;

namespace PremiumSupport.Tests.Nodes;

/// <summary>Nodes that share a database share one truth: they start as one, write one after another, and hear of each other.</summary>
public sealed class TwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TwoNodes _nodes = nodes.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_database_make_one_workspace()
    {
        await using var db = await _nodes.ReadAsync();
        Assert.Equal((4, 3, 8, 2), (await db.Users.CountAsync(Cancel), await db.Set<Account>().CountAsync(Cancel), await db.Set<Contact>().CountAsync(Cancel), await db.Set<ApiKey>().CountAsync(Cancel)));
        Assert.Equal(1, await db.Set<PolicyVersion>().CountAsync(Cancel));
        Assert.Equal(ArticleFile.All().Select(file => file.Slug).Distinct().Count(), await db.Set<Article>().CountAsync(Cancel));
        Assert.Single((await Task.WhenAll(_nodes.Both.Select(node => node.Services.GetRequiredService<WidgetSecrets>().CurrentAsync(Cancel).AsTask()))).Select(secret => secret.Text).Distinct());
        Assert.Single(((PostgresSupportDb)db).DataProtectionKeys);

        // The demo's history was played once: two asked for a call.
        var numbers = await db.Set<TicketEvent>().Where(happening => happening.Kind == TicketEventKind.Opened).OrderBy(happening => happening.Id).Select(happening => happening.TicketNumber).ToListAsync(Cancel);
        Assert.Equal(1001, numbers.Min());
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(2, await db.Set<Ticket>().CountAsync(ticket => ticket.Channel == Channel.Phone, Cancel));
    }

    [Fact]
    public async Task A_cookie_of_one_node_opens_the_other()
    {
        var cookies = new CookieKeeper(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var first = new AccountBrowser(new(cookies, disposeHandler: false) { BaseAddress = _nodes.First.Address });
        using var second = new AccountBrowser(new(cookies, disposeHandler: false) { BaseAddress = _nodes.Second.Address });
        Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync("/queue")).Status);
        await first.SignInAsync("admin@demo.example", SupportHost.Password);

        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/queue")).Status);
    }

    [Fact]
    public async Task Messages_written_at_once_on_both_nodes_make_one_gapless_conversation()
    {
        var number = await OpenAsync(_nodes.First);
        var customer = await CustomerAsync();
        var posted = await Task.WhenAll(Enumerable.Range(0, 60).Select(async index =>
        {
            var tickets = Get<TicketCommands>(_nodes.Both[index % 2]);
            var id = $"message {index / 3}";
            // Each third is a repeat that goes to whichever node.
            var outcome = index / 3 % 2 == 0
                ? await tickets.PostAsync(number, id, id, customer, Cancel)
                : await tickets.ReplyAsync(number, id, id, isAutomated: false, await StaffAsync(_nodes.First, "specialist@demo.example"), Cancel);
            return (Id: id, outcome.Value!.Sequence);
        }));

        await using var db = await _nodes.ReadAsync();
        var messages = await db.Set<PublicMessage>().Where(message => message.TicketNumber == number).OrderBy(message => message.Sequence).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, 21).Select(sequence => (long)sequence), messages.Select(message => message.Sequence));
        Assert.All(posted, answer => Assert.Equal(messages.Single(message => message.ClientMessageId == answer.Id).Sequence, answer.Sequence));
        Assert.Equal(21, (await db.Set<Ticket>().SingleAsync(ticket => ticket.Number == number, Cancel)).LastSequence);
    }

    [Fact]
    public async Task No_ticket_is_claimed_twice_and_none_is_left()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(index => OpenAsync(_nodes.Both[index % 2])));
        await using var db = await _nodes.ReadAsync();
        var waiting = await db.Set<Ticket>()
            .Where(ticket => ticket.AssigneeId == null && (ticket.Status == TicketStatus.New || ticket.Status == TicketStatus.Open || ticket.Status == TicketStatus.Waiting))
            .Select(ticket => ticket.Number).ToListAsync(Cancel);
        StaffCaller[] staff = [await StaffAsync(_nodes.First, "specialist@demo.example"), await StaffAsync(_nodes.First, "second@demo.example")];
        var claimed = await Task.WhenAll(Enumerable.Range(0, waiting.Count + 5).Select(index => Get<TicketCommands>(_nodes.Both[index % 2]).ClaimNextAsync(new(), new Dictionary<long, DateTimeOffset>(), staff[index % 2], Cancel)));

        Assert.Equal(waiting.Order(), claimed.Where(outcome => outcome.IsDone).Select(outcome => outcome.Value).Order());
        Assert.Equal(5, claimed.Count(outcome => outcome.Refusal?.Code == "nothing-waits"));
    }

    [Fact]
    public async Task The_ledger_is_one_chain_whoever_appends_to_it()
    {
        var tickets = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => OpenAsync(_nodes.Both[index % 2])));
        var staff = await StaffAsync(_nodes.First, "lead@demo.example");
        await Task.WhenAll(tickets.Select((number, index) => Get<TicketCommands>(_nodes.Both[(index + 1) % 2]).ReplyAsync(number, "Hello", "hello", isAutomated: false, staff, Cancel)));

        await using var db = await _nodes.ReadAsync();
        var ledger = await db.Set<LedgerEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync(Cancel);
        Assert.Equal(tickets.Length, ledger.Count(entry => entry.Kind == LedgerKind.Met && tickets.Contains(entry.TicketNumber)));
        foreach (var chain in ledger.GroupBy(entry => entry.AccountId))
        {
            Assert.Equal(Enumerable.Range(1, chain.Count()).Select(sequence => (long)sequence), chain.Select(entry => entry.Sequence));
            Assert.Equal(chain.Select(entry => entry.Hash).SkipLast(1).Prepend(LedgerChain.Genesis), chain.Select(entry => entry.PreviousHash));
        }
    }

    [Fact]
    public async Task The_same_key_sent_to_both_nodes_at_once_has_one_effect_and_one_answer()
    {
        var number = await OpenAsync(_nodes.First, isCritical: true);
        ApiCaller[] callers = [.. _nodes.Both.Select(node => new ApiCaller(node.Api()))];
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(index => callers[index % 2].PostAsync($"/api/v1/tickets/{number}/severity-decision", new { confirm = true }, key)));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Text)).Distinct());
        Assert.Equal(HttpStatusCode.OK, answers[0].Status);
    }

    [Fact]
    public async Task What_one_node_changes_the_other_hears_once_and_knows_in_its_queue()
    {
        var told = new List<(int Node, Change Change)>();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Change? awaited = null;
        for (var index = 0; index < 2; index++)
        {
            var node = index;
            Get<ChangeBus>(_nodes.Both[node]).Subscribe(change =>
            {
                lock (told)
                {
                    told.Add((node, change));
                    if (node == 1 && change == awaited)
                    {
                        arrived.TrySetResult();
                    }
                }
            });
        }

        var number = await OpenAsync(_nodes.First);
        awaited = new("fence", number);
        Get<ChangeBus>(_nodes.First).Publish(awaited.Value);
        await arrived.Task.WaitAsync(Patience, Cancel);
        // Nothing overtakes on the line, so by now the node's own echo of the ticket has come back as well.
        lock (told)
        {
            Assert.Equal([0, 1], told.Where(news => news.Change == new Change(TicketCommands.Topic, number)).Select(news => news.Node).Order());
        }

        await RowAsync(_nodes.Second, number);
    }

    [Fact]
    public async Task When_the_line_was_down_everything_is_read_again()
    {
        var everything = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hearing = Get<ChangeBus>(_nodes.Second).Subscribe(change =>
        {
            if (change == Change.Everything)
            {
                everything.TrySetResult();
            }
        });
        // Readers of both nodes have connections in their pools.
        await Task.WhenAll(_nodes.Both.SelectMany(node => Enumerable.Range(0, 8).Select(_ => new ApiCaller(node.Api()).GetAsync("/api/v1/queue"))));
        await PostgresServer.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", new NpgsqlConnectionStringBuilder(_nodes.ConnectionString).Database!);
        await everything.Task.WaitAsync(Patience, Cancel);

        // And whoever reads or writes finds new connections.
        foreach (var node in _nodes.Both)
        {
            (await new ApiCaller(node.Api()).GetAsync("/api/v1/queue")).Is(HttpStatusCode.OK);
        }

        var number = await OpenAsync(_nodes.First);
        await RowAsync(_nodes.Second, number);
    }

    [Fact]
    public void Each_recurring_job_is_there_once_for_both()
    {
        string[][] jobs = [.. _nodes.Both.Select(node =>
        {
            using var storage = Get<JobStorage>(node).GetConnection();
            return storage.GetRecurringJobs().Select(job => job.Id).Order().ToArray();
        })];
        Assert.Single(jobs[0], "flag-sweep");
        Assert.Equal(jobs[0].Distinct(), jobs[1]);
    }

    private static T Get<T>(SupportHost node)
        where T : notnull => node.Services.GetRequiredService<T>();

    private static async Task RowAsync(SupportHost node, long number)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var projection = Get<QueueProjection>(node);
        bool Look() => projection.Read(QueueView.All, Guid.Empty).Rows.Any(row => row.Number == number);
        using var hearing = Get<ChangeBus>(node).Subscribe(change =>
        {
            if (change.Topic == QueueProjection.Topic && Look())
            {
                shown.TrySetResult();
            }
        });
        if (!Look())
        {
            await shown.Task.WaitAsync(Patience, Cancel);
        }
    }

    private static async Task<long> OpenAsync(SupportHost node, bool isCritical = false)
    {
        var opened = await Get<TicketCommands>(node).OpenAsync(
            new()
            {
                Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N"),
                IsBusinessCritical = isCritical, Criterion = isCritical ? ClaimCriterion.SignIn : null, Impact = isCritical ? "All of us." : null,
            },
            Caller.System, Cancel);
        return opened.Value!.Number;
    }

    private async Task<CustomerCaller> CustomerAsync()
    {
        await using var db = await _nodes.ReadAsync();
        var contact = await db.Set<Contact>().SingleAsync(contact => contact.Email == "sofia@acme.example", Cancel);
        return new(contact.Id, contact.AccountId, contact.Name, contact.Email);
    }

    private static async Task<StaffCaller> StaffAsync(SupportHost node, string email)
    {
        var member = (await Get<StaffQueries>(node).FindAsync(email, Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}

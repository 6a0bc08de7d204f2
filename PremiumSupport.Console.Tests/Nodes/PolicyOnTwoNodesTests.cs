using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Nodes;

/// <summary>Rule 10 with two nodes: one line of versions, and nobody promises under one that the other node has replaced.</summary>
public sealed class PolicyOnTwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private static readonly StaffCaller Admin = new(Guid.NewGuid(), "Elif Aydın", "admin@demo.example", IsLead: true, IsAdmin: true);

    private readonly TwoNodes _nodes = nodes.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_is_promised_by_what_the_other_node_has_just_published()
    {
        for (var round = 0; round < 6; round++)
        {
            var (publisher, other) = (_nodes.Both[round % 2], _nodes.Both[(round + 1) % 2]);
            var basedOn = await NewestAsync();
            var published = await Get<PolicyCommands>(publisher).PublishAsync(await DraftAsync(basedOn, 30 + round), $"Round {round}", PolicyScope.New, basedOn, Admin, cancellation: Cancel);
            Assert.Null(published.Refusal);

            // At once, and whether or not the news has come.
            var opened = (await Get<TicketCommands>(other).OpenAsync(
                new() { Channel = Channel.Chat, Requester = new("acme", "sofia@acme.example", null), Subject = "Promised", Body = "How?", ClientMessageId = Guid.NewGuid().ToString("N") }, Admin, Cancel)).Value!;
            var promise = (await Get<TicketQueries>(other).GetAsync(opened.Number, Admin, Cancel))!.Obligations[0];
            Assert.Equal((basedOn + 1, TimeSpan.FromSeconds(30 + round)), (promise.PolicyVersion, promise.Target.Duration));
            Assert.Equal(TimeSpan.FromSeconds(30 + round), Get<Policies>(other).Version(basedOn + 1).Rules.Single(rule => rule.Channel == Channel.Chat).Target.Duration);
        }
    }

    [Fact]
    public async Task Of_two_nodes_that_publish_together_one_is_told_to_look_again()
    {
        var basedOn = await NewestAsync();
        var draft = await DraftAsync(basedOn, 50);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Get<PolicyCommands>(_nodes.Both[index % 2]).PublishAsync(draft, $"By {index}", PolicyScope.New, basedOn, Admin, cancellation: Cancel)));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("stale-version", outcome.Refusal!.Code));
        Assert.Equal(basedOn + 1, await NewestAsync());
        await using var db = await _nodes.ReadAsync();
        Assert.Equal(basedOn + 1, await db.Set<LedgerEntry>().CountAsync(entry => entry.AccountId == LedgerBook.Vendor && entry.Kind == LedgerKind.Published, Cancel));
    }

    [Fact]
    public async Task Two_nodes_keep_one_draft_and_neither_writes_over_the_other()
    {
        var basedOn = await NewestAsync();
        var draft = await DraftAsync(basedOn, 40);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Get<PolicyCommands>(_nodes.Both[index % 2]).SaveDraftAsync(draft, basedOn, null, Admin, Cancel)));

        var kept = Assert.Single(outcomes, outcome => outcome.IsDone).Value!;
        Assert.Equal(kept.Version, (await Get<PolicyQueries>(_nodes.Second).DraftAsync(Cancel))!.Version);
        Assert.True((await Get<PolicyCommands>(_nodes.Second).DiscardDraftAsync(kept.Version, Admin, Cancel)).Value);
    }

    private async Task<int> NewestAsync()
    {
        await using var db = await _nodes.ReadAsync();
        return await db.Set<PolicyVersion>().MaxAsync(version => version.Version, Cancel);
    }

    private async Task<PolicyDraft> DraftAsync(int version, int chatSeconds)
    {
        await using var db = await _nodes.ReadAsync();
        var draft = PolicyJson.ReadDraft(await db.Set<PolicyVersion>().Where(row => row.Version == version).Select(row => row.Json).SingleAsync(Cancel));
        draft.Rules!.Single(rule => rule!.Channel == "chat")!.Target = new() { Duration = $"00:00:{chatSeconds:00}" };
        return draft;
    }

    private static T Get<T>(SupportHost node)
        where T : notnull => node.Services.GetRequiredService<T>();
}

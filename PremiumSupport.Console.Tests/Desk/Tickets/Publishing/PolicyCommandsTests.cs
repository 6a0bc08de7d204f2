using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Entitlements;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Publishing;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Ledger;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Publishing;

public sealed class SqlitePolicyCommandsTests(QuietHost host) : PolicyCommandsTests(host), IClassFixture<QuietHost>;

public sealed class PostgresPolicyCommandsTests(PostgresQuietHost host) : PolicyCommandsTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Rule 10: versions are immutable, one after the other, and found wherever they were published; the draft is one and nobody writes over another's.</summary>
public abstract class PolicyCommandsTests(QuietHost host)
{
    private static readonly StaffCaller Admin = new(Guid.NewGuid(), "Elif Aydın", "admin@demo.example", IsLead: true, IsAdmin: true);
    private static readonly StaffCaller Other = new(Guid.NewGuid(), "Ana Ruiz", "lead@demo.example", IsLead: true, IsAdmin: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PolicyCommands Commands => host.Get<PolicyCommands>();

    private PolicyQueries Queries => host.Get<PolicyQueries>();

    private Policies Policies => host.Get<Policies>();

    [Fact]
    public async Task A_version_keeps_who_when_why_for_whom_and_the_edition_of_the_time_zones()
    {
        var basedOn = Policies.Current.Version;
        var published = await Commands.PublishAsync(Shorter(20), "  Because we can  ", PolicyScope.New, basedOn, Admin, cancellation: Cancel);

        Assert.Null(published.Refusal);
        var stored = await Queries.VersionAsync(basedOn + 1, Cancel);
        Assert.Equal(new(basedOn + 1, "Because we can", Admin.Name, host.Clock.GetUtcNow(), PolicyScope.New, null, NodaTime.DateTimeZoneProviders.Tzdb.VersionId), stored);
        Assert.Equal((basedOn + 1, "Because we can", TimeSpan.FromMinutes(20)), (Policies.Current.Version, Policies.Current.Note, Policies.Current.Rules[0].Target.Duration));
        Assert.NotEqual(TimeSpan.FromMinutes(20), Policies.Version(basedOn).Rules[0].Target.Duration);
    }

    [Fact]
    public async Task Applied_to_open_tickets_it_says_when()
    {
        var published = await Commands.PublishAsync(Shorter(19), "For all", PolicyScope.NewAndOpen, Policies.Current.Version, Admin, cancellation: Cancel);

        Assert.Null(published.Refusal);
        var stored = (await Queries.VersionAsync(published.Value!.Policy.Version, Cancel))!;
        Assert.Equal((PolicyScope.NewAndOpen, host.Clock.GetUtcNow(), false), (stored.AppliesTo, stored.AppliedAt!.Value, stored.IsUnfinished));
    }

    [Fact]
    public async Task A_version_of_another_node_is_found_by_whoever_needs_it()
    {
        var (mine, others) = (new Policies(host.Get<IDbContextFactory<SupportDb>>()), new Policies(host.Get<IDbContextFactory<SupportDb>>()));
        await mine.LoadAsync(new(), "Europe/Berlin", host.Clock.GetUtcNow());
        await others.LoadAsync(new(), "Europe/Berlin", host.Clock.GetUtcNow());
        var published = await Commands.PublishAsync(Shorter(18), "By the other node", PolicyScope.New, Policies.Current.Version, Admin, cancellation: Cancel);
        var next = published.Value!.Policy.Version;

        Assert.Equal(next - 1, mine.Current.Version);
        Assert.Equal(TimeSpan.FromMinutes(18), mine.Version(next).Rules[0].Target.Duration);
        await using (var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            Assert.Equal(next, (await others.CurrentAsync(db)).Version);
        }

        Assert.Equal(next, others.Current.Version);
        Assert.Throws<KeyNotFoundException>(() => mine.Version(next + 1));
    }

    [Fact]
    public async Task News_of_a_version_from_another_node_is_enough_to_show_it()
    {
        var version = Policies.Current.Version + 1;
        await using (var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            db.Add(new PolicyVersion { Version = version, Json = PolicyJson.Write(Policies.Current with { Version = version }), PublishedAt = host.Clock.GetUtcNow() });
            await db.SaveChangesAsync(Cancel);
        }

        host.Get<ChangeBus>().Publish(new(Policies.Topic, version));
        await Policies.RefreshAsync(Cancel);
        Assert.Equal(version, Policies.Current.Version);
    }

    [Fact]
    public async Task A_version_that_is_rolled_back_is_current_to_nobody()
    {
        var (writes, before) = (host.Get<WriteQueue>(), Policies.Current.Version);
        var seen = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => writes.RunAsync<int>(
            async db =>
            {
                db.Add(new PolicyVersion { Version = before + 1, Json = PolicyJson.Write(Policies.Current with { Version = before + 1 }), PublishedAt = host.Clock.GetUtcNow() });
                await db.SaveChangesAsync();
                seen = (await Policies.CurrentAsync(db)).Version;
                throw new InvalidOperationException("It does not come to that.");
            },
            cancellation: Cancel));

        Assert.Equal(before + 1, seen);
        Assert.Equal(before, Policies.Current.Version);
        Assert.Equal(before, await writes.RunAsync(async db => (await Policies.CurrentAsync(db)).Version, cancellation: Cancel));
    }

    [Fact]
    public async Task Rule_16_a_version_stands_on_the_vendors_chain_whole()
    {
        var published = (await Commands.PublishAsync(Shorter(11), "For the record", PolicyScope.New, Policies.Current.Version, Admin, cancellation: Cancel)).Value!;
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var rows = await db.Set<LedgerEntry>().Where(entry => entry.AccountId == LedgerBook.Vendor && entry.Kind == LedgerKind.Published).OrderBy(entry => entry.Sequence).ToListAsync(Cancel);
        var data = JsonElement.Parse(rows[^1].Data);

        Assert.Single(rows, row => JsonElement.Parse(row.Data).GetProperty("version").GetString() == $"{published.Policy.Version}");
        Assert.Equal(
            ($"{published.Policy.Version}", "For the record", Admin.Name, "new", PolicyJson.Write(published.Policy)),
            (data.GetProperty("version").GetString(), data.GetProperty("note").GetString(), data.GetProperty("author").GetString(), data.GetProperty("appliesTo").GetString(), data.GetProperty("policy").GetString()));
    }

    [Fact]
    public async Task Rule_16_the_first_version_stands_there_too()
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var first = await db.Set<LedgerEntry>().Where(entry => entry.AccountId == LedgerBook.Vendor && entry.Kind == LedgerKind.Published).OrderBy(entry => entry.Sequence).FirstAsync(Cancel);

        Assert.Equal((PolicyJson.Write(Policies.Version(1)), "PremiumSupport"), (JsonElement.Parse(first.Data).GetProperty("policy").GetString(), JsonElement.Parse(first.Data).GetProperty("author").GetString()));
    }

    [Fact]
    public async Task What_was_refused_stands_on_no_chain()
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var before = await db.Set<LedgerEntry>().CountAsync(entry => entry.AccountId == LedgerBook.Vendor, Cancel);
        await Commands.PublishAsync(Shorter(10), "Too late", PolicyScope.New, Policies.Current.Version - 1, Admin, cancellation: Cancel);
        await Commands.PublishAsync(Shorter(10), "", PolicyScope.New, Policies.Current.Version, Admin, cancellation: Cancel);

        Assert.Equal(before, await db.Set<LedgerEntry>().CountAsync(entry => entry.AccountId == LedgerBook.Vendor, Cancel));
    }

    [Fact]
    public async Task Rule_8_applied_to_open_tickets_it_moves_what_gets_earlier_and_lists_it()
    {
        var tickets = host.Get<TicketCommands>();
        var opened = (await tickets.OpenAsync(
            new() { Channel = Channel.Chat, Requester = new("acme", "sofia@acme.example", null), Subject = "Moved", Body = "How?", ClientMessageId = Guid.NewGuid().ToString("N") }, Admin, Cancel)).Value!;
        var due = host.Clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        var draft = PolicyJson.ToDraft(Policies.Current);
        draft.Rules!.Single(rule => rule!.Channel == "chat")!.Target = new() { Duration = "00:00:10" };

        var preview = (await Commands.PreviewAsync(draft, Admin, Cancel)).Value!;
        Assert.Equal(new MovedDeadline(opened.Number, Metric.FirstResponse, 1, due, due.AddSeconds(-10)), Assert.Single(preview.Moves));
        var published = (await Commands.PublishAsync(draft, "Faster", PolicyScope.NewAndOpen, Policies.Current.Version, Admin, cancellation: Cancel)).Value!;
        Assert.Equal(preview.Moves, published.Moved);
        Assert.Empty((await Commands.ApplyAsync(published.Policy.Version, Admin, Cancel)).Value!.Moved);

        // Back to the longer target: a deadline never moves later.
        draft.Rules!.Single(rule => rule!.Channel == "chat")!.Target = new() { Duration = "00:00:20" };
        Assert.Empty((await Commands.PublishAsync(draft, "Slower", PolicyScope.NewAndOpen, Policies.Current.Version, Admin, cancellation: Cancel)).Value!.Moved);
        var ticket = (await host.Get<TicketQueries>().GetAsync(opened.Number, Admin, Cancel))!;
        Assert.Equal(due.AddSeconds(-10), ticket.NextDueAt);
    }

    [Fact]
    public async Task Only_an_admin_publishes_or_drafts()
    {
        var lead = Admin with { IsAdmin = false };
        var draft = Shorter(17);

        Assert.Equal(RefusalKind.Forbidden, (await Commands.PublishAsync(draft, "No", PolicyScope.New, Policies.Current.Version, lead, cancellation: Cancel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Commands.PreviewAsync(draft, lead, Cancel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Commands.SaveDraftAsync(draft, 1, null, lead, Cancel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Commands.DiscardDraftAsync(1, lead, Cancel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Commands.ApplyAsync(1, lead, Cancel)).Refusal!.Kind);
    }

    [Fact]
    public async Task Only_the_newest_version_is_applied_to_open_tickets()
    {
        await Commands.PublishAsync(Shorter(16), "Newer", PolicyScope.New, Policies.Current.Version, Admin, cancellation: Cancel);

        Assert.Equal("stale-version", (await Commands.ApplyAsync(1, Admin, Cancel)).Refusal!.Code);
        Assert.Null((await Commands.ApplyAsync(Policies.Current.Version, Admin, Cancel)).Refusal);
    }

    [Fact]
    public async Task A_draft_is_kept_half_finished_by_one_at_a_time_and_goes_with_its_publishing()
    {
        await EmptyAsync();
        var draft = Shorter(15);
        draft.Rules!.Add(new() { Channel = "fax" });
        var kept = (await Commands.SaveDraftAsync(draft, Policies.Current.Version, null, Admin, Cancel)).Value!;

        var read = (await Queries.DraftAsync(Cancel))!;
        Assert.Equal((Admin.Name, Policies.Current.Version, host.Clock.GetUtcNow()), (read.EditorName, read.BasedOn, read.EditedAt));
        Assert.Equal(("fax", "00:15:00"), (read.Draft.Rules![^1]!.Channel, read.Draft.Rules[0]!.Target!.Duration));

        // Somebody who has not seen it, somebody who has seen an older one.
        Assert.Equal("stale-version", (await Commands.SaveDraftAsync(Shorter(14), 1, null, Other, Cancel)).Refusal!.Code);
        var changed = (await Commands.SaveDraftAsync(Shorter(14), Policies.Current.Version, kept.Version, Other, Cancel)).Value!;
        var refused = (await Commands.SaveDraftAsync(draft, 1, kept.Version, Admin, Cancel)).Refusal!;
        Assert.Contains(Other.Name, refused.Message, StringComparison.Ordinal);
        Assert.Equal("stale-version", (await Commands.DiscardDraftAsync(kept.Version, Admin, Cancel)).Refusal!.Code);

        Assert.Equal("stale-version", (await Commands.PublishAsync(changed.Draft, "Unseen", PolicyScope.New, Policies.Current.Version, Admin, kept.Version, Cancel)).Refusal!.Code);
        Assert.NotNull(await Queries.DraftAsync(Cancel));
        Assert.Null((await Commands.PublishAsync(changed.Draft, "Seen", PolicyScope.New, Policies.Current.Version, Admin, changed.Version, Cancel)).Refusal);
        Assert.Null(await Queries.DraftAsync(Cancel));
    }

    [Fact]
    public async Task A_draft_is_thrown_away_and_a_published_one_leaves_a_draft_of_others_alone()
    {
        await EmptyAsync();
        var kept = (await Commands.SaveDraftAsync(Shorter(13), Policies.Current.Version, null, Admin, Cancel)).Value!;
        Assert.Null((await Commands.PublishAsync(Shorter(12), "By the API", PolicyScope.New, Policies.Current.Version, Other, cancellation: Cancel)).Refusal);
        Assert.Equal(Policies.Current.Version - 1, (await Queries.DraftAsync(Cancel))!.BasedOn);

        Assert.True((await Commands.DiscardDraftAsync(kept.Version, Admin, Cancel)).Value);
        Assert.Null(await Queries.DraftAsync(Cancel));
    }

    private async Task EmptyAsync()
    {
        if (await Queries.DraftAsync(Cancel) is { } draft)
        {
            await Commands.DiscardDraftAsync(draft.Version, Admin, Cancel);
        }
    }

    private PolicyDraft Shorter(int minutes)
    {
        var draft = PolicyJson.ToDraft(Policies.Current);
        draft.Rules![0]!.Target = new() { Duration = $"00:{minutes:00}:00" };
        return draft;
    }
}

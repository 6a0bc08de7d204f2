using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Links;
using PremiumSupport.Screens.Workspace;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.Links;

public sealed class SqliteLinkTests(QuietHost host) : LinkTests(host), IClassFixture<QuietHost>;

public sealed class PostgresLinkTests(PostgresQuietHost host) : LinkTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>What tickets have to do with each other, read from both sides.</summary>
public abstract class LinkTests(QuietHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => host.Get<TicketCommands>();

    [Fact]
    public async Task A_link_stands_at_both_tickets_each_from_its_own_side_and_goes_from_either()
    {
        var (one, other) = (await host.Host.OpenTicketAsync("The same again"), await host.Host.OpenTicketAsync("The first of two", requester: "greta@globex.example"));
        var before = (await host.Get<TicketQueries>().GetAsync(one, StaffFakes.Specialist, Cancel))!;
        var id = (await Commands.LinkAsync(one, other, LinkKind.CausedBy, StaffFakes.Specialist, Cancel)).Value;

        var (here, there) = (Assert.Single(await LinksAsync(one)), Assert.Single(await LinksAsync(other)));
        Assert.Equal((id, other, "The first of two", LinkKind.CausedBy, true), (here.Id, here.Number, here.Subject, here.Kind, here.IsFromHere));
        Assert.Equal((one, "The same again", TicketStatus.New, false, true), (there.Number, there.Subject, there.Status, there.IsFromHere, there.Badge is not null));
        Assert.Equal(["Sven Specialist linked it: caused by #" + other + "."], await WordsAsync(one));
        Assert.Equal(["Sven Specialist linked it: is the cause of #" + one + "."], await WordsAsync(other));
        // Nothing follows from it: no form becomes stale, no promise moves.
        Assert.Equal((before.Version, before.NextDueAt), ((await host.Get<TicketQueries>().GetAsync(one, StaffFakes.Specialist, Cancel))!.Version, before.NextDueAt));

        Assert.Equal(one, (await Commands.UnlinkAsync(other, id, StaffFakes.Lead, Cancel)).Value);
        Assert.Empty(await LinksAsync(one));
        Assert.Equal("Lea Lead took a link away: caused by #" + other + ".", (await WordsAsync(one))[^1]);
        Assert.True((await Commands.UnlinkAsync(other, id, StaffFakes.Lead, Cancel)).IsDone);
        Assert.Equal(2, (await WordsAsync(other)).Count);
    }

    [Fact]
    public async Task What_cannot_be_linked_is_said_in_words()
    {
        var (one, other) = (await host.Host.OpenTicketAsync("One"), await host.Host.OpenTicketAsync("Two"));
        Assert.Contains("itself", (await Commands.LinkAsync(one, one, LinkKind.Related, StaffFakes.Specialist, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("no ticket of that number", (await Commands.LinkAsync(one, 999_999, LinkKind.Related, StaffFakes.Specialist, Cancel)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.NotFound, (await Commands.LinkAsync(999_999, one, LinkKind.Related, StaffFakes.Specialist, Cancel)).Refusal!.Kind);
        Assert.True((await Commands.LinkAsync(one, other, LinkKind.DuplicateOf, StaffFakes.Specialist, Cancel)).IsDone);
        Assert.Equal("already-linked", (await Commands.LinkAsync(other, one, LinkKind.Related, StaffFakes.Specialist, Cancel)).Refusal!.Code);
        Assert.Equal("too-many-links", LinkRules.Check(1, 100, isThere: true, [.. Enumerable.Range(2, LinkRules.Most).Select(number => (long)number)])!.Code);
    }

    private Task<IReadOnlyList<LinkView>> LinksAsync(long number) => host.Get<LinkQueries>().OfTicketAsync(number, StaffFakes.Specialist, Cancel);

    private async Task<IReadOnlyList<string>> WordsAsync(long number) =>
        [.. (await host.Get<TicketQueries>().TimelineAsync(number, StaffFakes.Specialist, cancellation: Cancel)).Events
            .Where(happening => happening.Kind is TicketEventKind.Linked or TicketEventKind.Unlinked).Select(happening => EventWords.Of(happening, Guid.Empty))];
}

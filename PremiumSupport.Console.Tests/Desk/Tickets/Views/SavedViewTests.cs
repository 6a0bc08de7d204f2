using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Views;

public sealed class SqliteSavedViewTests(QuietHost quiet) : SavedViewTests(quiet), IClassFixture<QuietHost>;

public sealed class PostgresSavedViewTests(PostgresQuietHost quiet) : SavedViewTests(quiet.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Views that people keep: who sees them, who changes them, what a link to one leads to.</summary>
public abstract class SavedViewTests(QuietHost quiet)
{
    private static readonly QueueFilter Filter = new() { Account = "acme", Severity = Severity.BusinessCritical, Assignee = new(null, IsMe: true), DueWithin = TimeSpan.FromHours(4), Tag = "Größe & more" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SavedViewCommands Commands => quiet.Get<SavedViewCommands>();

    private SavedViewQueries Queries => quiet.Get<SavedViewQueries>();

    [Fact]
    public async Task A_view_comes_back_as_it_was_kept_and_only_its_owner_sees_it()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        var slug = (await Commands.AddAsync(new("Ömer’s  SSO, urgent!", false, QueueView.AtRisk, Filter, 3), mara, Cancel)).Value!;
        Assert.Equal("omer-s-sso-urgent", slug);

        var card = (await Queries.FindAsync(slug.ToUpperInvariant(), mara))!;
        Assert.Equal(("Ömer’s  SSO, urgent!", QueueView.AtRisk, Filter, 3, false), (card.Name, card.Base, card.Filter, card.Place, card.IsTeam));
        Assert.Null(await Queries.FindAsync(slug, tomas));
        Assert.DoesNotContain(await Queries.OfAsync(tomas), view => view.Slug == slug);
        Assert.Equal("not-found", (await Commands.ChangeAsync(card.Id, new("Mine now", true, QueueView.All, Filter, 1), tomas, Cancel)).Refusal!.Code);
        Assert.Equal("not-found", (await Commands.DeleteAsync(card.Id, tomas with { IsLead = true }, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_team_view_is_everybodys_to_see_and_its_owners_and_the_leads_to_change()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        var slug = (await Commands.AddAsync(new("For all", true, QueueView.All, Filter, 1), mara, Cancel)).Value!;
        var card = (await Queries.FindAsync(slug, tomas))!;
        Assert.Equal(mara.Name, card.OwnerName);
        Assert.Equal("not-found", (await Commands.ChangeAsync(card.Id, new("X", true, QueueView.All, Filter, 1), tomas, Cancel)).Refusal!.Code);
        Assert.Equal(slug, (await Commands.ChangeAsync(card.Id, new("Renamed", true, QueueView.Mine, QueueFilter.None, 2), tomas with { IsLead = true }, Cancel)).Value);
        var changed = (await Queries.FindAsync(slug, mara))!;
        Assert.Equal(("Renamed", QueueView.Mine, QueueFilter.None, mara.StaffId), (changed.Name, changed.Base, changed.Filter, changed.OwnerId));
    }

    [Fact]
    public async Task What_was_deleted_comes_back_under_its_own_word_once()
    {
        var mara = await StaffAsync("specialist");
        var slug = (await Commands.AddAsync(new("Back again", false, QueueView.All, Filter, 1), mara, Cancel)).Value!;
        var card = (await Queries.FindAsync(slug, mara))!;
        Assert.True((await Commands.DeleteAsync(card.Id, mara, Cancel)).IsDone);
        Assert.Null(await Queries.FindAsync(slug, mara));
        Assert.Equal(slug, (await Commands.BringBackAsync(card, mara, Cancel)).Value);
        Assert.Equal(slug, (await Commands.BringBackAsync(card, mara, Cancel)).Value);
        Assert.Equal(card, await Queries.FindAsync(slug, mara));
        Assert.Single(await Queries.OfAsync(mara), view => view.Id == card.Id);
    }

    [Fact]
    public async Task Words_of_the_contract_are_never_taken_and_no_two_views_share_one()
    {
        var mara = await StaffAsync("specialist");
        Assert.Equal("at-risk-2", (await Commands.AddAsync(new("At risk", false, QueueView.All, Filter, 1), mara, Cancel)).Value);
        Assert.Equal("at-risk-3", (await Commands.AddAsync(new("at RISK", false, QueueView.All, Filter, 1), mara, Cancel)).Value);
        Assert.Equal("view", SavedViewRules.SlugOf("日本", _ => false));
        Assert.Equal(SavedViewRules.Taken.Order(), PremiumSupport.Screens.Shell.Views.Queue.Concat(PremiumSupport.Screens.Shell.Views.Channels).Select(view => view.Slug).Order());
    }

    [Fact]
    public async Task A_view_without_a_name_or_one_too_many_is_refused_in_words()
    {
        var tomas = await StaffAsync("second");
        Assert.Contains("name", (await Commands.AddAsync(new("  ", false, QueueView.All, Filter, 1), tomas, Cancel)).Refusal!.Errors.Keys);
        Assert.Contains("place", (await Commands.AddAsync(new("X", false, QueueView.All, Filter, -1), tomas, Cancel)).Refusal!.Errors.Keys);
        for (var number = 0; number < SavedViewRules.MostOfOne; number++)
        {
            Assert.True((await Commands.AddAsync(new("Many", false, QueueView.All, Filter, 1), tomas, Cancel)).IsDone);
        }

        Assert.Equal("too-many-views", (await Commands.AddAsync(new("One more", false, QueueView.All, Filter, 1), tomas, Cancel)).Refusal!.Code);
    }

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await quiet.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}

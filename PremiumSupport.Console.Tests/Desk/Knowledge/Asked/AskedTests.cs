using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Asked;
using PremiumSupport.Desk.Knowledge.Search;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Knowledge.Asked;

public sealed class SqliteAskedTests(QuietHost host) : AskedTests(host), IClassFixture<QuietHost>;

public sealed class PostgresAskedTests(PostgresQuietHost host) : AskedTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>What nobody answered is a list, without anything that leads to a person, for as long as it may be kept.</summary>
public abstract class AskedTests(QuietHost host)
{
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena Vogt", "lead@demo.example", IsLead: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AskedCommands Commands => host.Get<AskedCommands>();

    [Fact]
    public async Task Questions_without_an_answer_are_counted_by_their_words_and_leave_the_list_when_done()
    {
        await Commands.NoteAsync(Guid.NewGuid(), "Where do the numbats sleep?", "en", null, contacted: false, Cancel);
        await Commands.NoteAsync(Guid.NewGuid(), "numbats sleep where", "en", null, contacted: true, Cancel);
        var group = Assert.Single(await ListAsync(AskedView.Nothing), group => group.Words == "numbats sleep");
        Assert.Equal((2, 1, 0, "en", "numbats sleep where"), (group.Times, group.Contacted, group.Read, group.Language, group.Question));
        Assert.DoesNotContain(await host.Get<AskedQueries>().ListAsync(AskedView.Nothing, "de", Cancel), other => other.Words == group.Words);

        Assert.Equal("forbidden", (await Commands.DoneAsync("en", group.Words, Lead with { IsLead = false }, Cancel)).Refusal!.Code);
        await Commands.DoneAsync("en", group.Words, Lead, Cancel);
        Assert.DoesNotContain(await ListAsync(AskedView.Nothing), other => other.Words == group.Words);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Commands.NoteAsync(Guid.NewGuid(), "sleep numbats", "en", null, contacted: false, Cancel);
        Assert.Equal(1, Assert.Single(await ListAsync(AskedView.Nothing), other => other.Words == group.Words).Times);
    }

    [Fact]
    public async Task One_question_that_is_typed_on_counts_once_as_it_was_last()
    {
        var ask = Guid.NewGuid();
        await Commands.NoteAsync(ask, "bandicoots", "en", null, contacted: false, Cancel);
        await Commands.NoteAsync(ask, "bandicoots dig holes", "en", null, contacted: false, Cancel);
        Assert.Equal(["bandicoots dig holes"], (await ListAsync(AskedView.Nothing)).Where(group => group.Words.Contains("bandicoots", StringComparison.Ordinal)).Select(group => group.Words));
    }

    [Fact]
    public async Task What_was_suggested_and_still_led_to_contact_is_another_list_and_moves_the_ranking()
    {
        foreach (var _ in Enumerable.Range(0, 8))
        {
            await Commands.NoteAsync(Guid.NewGuid(), "deploy a sandbox", "en", "sandbox", contacted: true, Cancel);
            await Commands.NoteAsync(Guid.NewGuid(), "upload spreadsheet rows", "en", "import-contacts", contacted: false, Cancel);
        }

        var group = Assert.Single(await ListAsync(AskedView.StillContacted), group => group.Words == "deploy sandbox");
        Assert.Equal((8, 8, 8), (group.Times, group.Contacted, group.Read));
        Assert.DoesNotContain(await ListAsync(AskedView.StillContacted), other => other.Words.Contains("spreadsheet", StringComparison.Ordinal));

        host.Get<ArticleSignalQueries>().Forget();
        var search = host.Get<ArticleSearchQueries>();
        var sandbox = (await search.RankAsync("sandbox", cancellation: Cancel)).Single(found => found.Slug == "sandbox");
        var import = (await search.RankAsync("spreadsheet", cancellation: Cancel)).Single(found => found.Slug == "import-contacts");
        Assert.Equal((8, 8), (sandbox.Signal.Read, sandbox.Signal.Contacted));
        Assert.True(sandbox.Rank.Solved < 1 && import.Rank.Solved > 1, $"{sandbox.Rank.Solved} {import.Rank.Solved}");
    }

    [Fact]
    public async Task Nothing_that_leads_to_a_person_is_kept_and_nothing_longer_than_it_may()
    {
        await Commands.NoteAsync(Guid.NewGuid(), "kowari of sofia@quokka.zz with +49 30 1234567", "en", null, contacted: false, Cancel);
        var kept = Assert.Single(await ListAsync(AskedView.Nothing), group => group.Words == "kowari");
        Assert.Equal("kowari of [email] with [number]", kept.Question);
        await Commands.NoteAsync(Guid.NewGuid(), "sofia@acme.example", "en", null, contacted: false, Cancel);
        await Commands.NoteAsync(Guid.NewGuid(), "how do I", "en", null, contacted: false, Cancel);
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        Assert.False(await db.Set<AskedQuestion>().AnyAsync(question => question.Words == "" || question.Text.Contains("sofia"), Cancel));

        host.Clock.Advance(TimeSpan.FromDays(180));
        await Commands.NoteAsync(Guid.NewGuid(), "kowari again", "en", null, contacted: false, Cancel);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Commands.ForgetAsync(Cancel) > 0);
        Assert.Equal(["kowari"], (await ListAsync(AskedView.Nothing)).Select(group => group.Words));
    }

    [Fact]
    public async Task A_reader_votes_once_and_may_change_it_and_add_a_comment()
    {
        var feedback = host.Get<FeedbackCommands>();
        Assert.True(await feedback.RateAsync("api-limits", "de", helpful: true, null, "browser 1", Cancel));
        Assert.True(await feedback.RateAsync("api-limits", "de", helpful: false, "Write to me at a@b.example", "browser 1", Cancel));
        Assert.True(await feedback.RateAsync("api-limits", "de", helpful: false, null, "browser 1", Cancel));
        Assert.True(await feedback.RateAsync("api-limits", "en", helpful: true, null, "browser 2", Cancel));
        Assert.False(await feedback.RateAsync("no-such-article", "en", helpful: true, null, "browser 2", Cancel));

        var row = (await host.Get<ArticleStaffQueries>().ListAsync(Cancel)).Single(article => article.Slug == "api-limits");
        Assert.Equal((1, 1, 1), (row.Helpful, row.NotHelpful, row.Comments));
        var (votes, comments) = await host.Get<ArticleStaffQueries>().FeedbackAsync(row.Id, Cancel);
        Assert.Equal([new VoteRow("de", 0, 1), new VoteRow("en", 1, 0)], votes.OrderBy(vote => vote.Language));
        Assert.Equal("Write to me at [email]", Assert.Single(comments).Comment);
    }

    private Task<IReadOnlyList<AskedGroup>> ListAsync(AskedView view) => host.Get<AskedQueries>().ListAsync(view, cancellation: Cancel);
}

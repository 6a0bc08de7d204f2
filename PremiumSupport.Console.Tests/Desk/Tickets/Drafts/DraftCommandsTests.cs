using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.Drafts;

[Collection(SharedHost.Name)]
public sealed class SqliteDraftCommandsTests(SupportHost host) : DraftCommandsTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresDraftCommandsTests(PostgresHost host) : DraftCommandsTests(host.OrSkip());

/// <summary>What somebody has begun to write stays theirs, per ticket and mode, whatever happens to the ticket.</summary>
public abstract class DraftCommandsTests(SupportHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DraftCommands Commands => host.Services.GetRequiredService<DraftCommands>();

    [Fact]
    public async Task A_draft_is_its_authors_alone_and_a_note_never_a_reply()
    {
        var (number, mara, tomas) = (await host.OpenTicketAsync("Two people write"), await StaffAsync("specialist"), await StaffAsync("second"));
        var kept = await KeepAsync(number, DraftMode.Note, "Only for us \ud83d\ude00", mara);
        Assert.True(kept.Version > 0);
        Assert.Empty(await ReadAsync(number, tomas));
        var note = Assert.Single(await ReadAsync(number, mara));
        Assert.Equal((DraftMode.Note, "Only for us \ud83d\ude00", kept.Version), (note.Mode, note.Text, note.Version));

        await KeepAsync(number, DraftMode.Reply, "For the customer", mara);
        Assert.Equal(["For the customer", "Only for us \ud83d\ude00"], (await ReadAsync(number, mara)).OrderBy(draft => draft.Mode).Select(draft => draft.Text));
        Assert.Equal(number, (await host.Services.GetRequiredService<DraftQueries>().NumbersAsync(mara, Cancel))[0]);
    }

    [Fact]
    public async Task The_newer_words_stay_and_the_other_window_is_shown_them()
    {
        var (number, mara) = (await host.OpenTicketAsync("Two windows"), await StaffAsync("specialist"));
        var first = await KeepAsync(number, DraftMode.Reply, "One", mara);
        var second = await KeepAsync(number, DraftMode.Reply, "One and two", mara, first.Version);
        Assert.True(second.Version > first.Version);

        var told = await KeepAsync(number, DraftMode.Reply, "One and three", mara, first.Version);
        Assert.Equal(("One and two", second.Version), (told.Newer!.Text, told.Newer.Version));
        Assert.Equal("One and two", Assert.Single(await ReadAsync(number, mara)).Text);
        Assert.Null((await KeepAsync(number, DraftMode.Reply, "One and two", mara, first.Version)).Newer);

        var chosen = await KeepAsync(number, DraftMode.Reply, "One and three", mara, told.Newer.Version);
        Assert.Null(chosen.Newer);
        Assert.Equal("One and three", Assert.Single(await ReadAsync(number, mara)).Text);
    }

    [Fact]
    public async Task An_empty_box_forgets_the_draft_and_words_from_a_window_that_did_not_hear_of_it_are_kept()
    {
        var (number, mara) = (await host.OpenTicketAsync("Emptied"), await StaffAsync("specialist"));
        var kept = await KeepAsync(number, DraftMode.Reply, "Words", mara);
        Assert.Equal(0, (await KeepAsync(number, DraftMode.Reply, " \n", mara, kept.Version)).Version);
        Assert.Empty(await ReadAsync(number, mara));
        var again = await KeepAsync(number, DraftMode.Reply, "Words and more", mara, kept.Version);
        Assert.True(again.WasGone);
        Assert.True(again.Version > kept.Version);
    }

    [Fact]
    public async Task It_survives_a_change_of_hands_and_follows_a_merge()
    {
        var mara = await StaffAsync("specialist");
        var (from, into) = (await host.OpenTicketAsync("Merged away"), await host.OpenTicketAsync("Goes on"));
        var kept = await KeepAsync(from, DraftMode.Reply, "About the first", mara, seen: 1);
        await KeepAsync(from, DraftMode.Note, "Note of the first", mara);
        await KeepAsync(into, DraftMode.Note, "Note of the second", mara);
        var tickets = host.Services.GetRequiredService<TicketCommands>();
        Assert.True((await tickets.AssignAsync(from, (await StaffAsync("second")).StaffId, mara, cancellation: Cancel)).IsDone);
        Assert.Equal(2, (await ReadAsync(from, mara)).Count);

        Assert.True((await tickets.MergeAsync(from, into, mara, Cancel)).IsDone);
        var followed = await host.Services.GetRequiredService<DraftQueries>().OfTicketAsync(from, mara, Cancel);
        Assert.Equal(into, followed!.Number);
        Assert.Equal(["About the first", "Note of the second\n\nNote of the first"], followed.Drafts.OrderBy(draft => draft.Mode).Select(draft => draft.Text));
        Assert.Null(followed.Drafts.Single(draft => draft.Mode == DraftMode.Reply).Seen);

        // A window that still shows the first ticket is told the newer draft, then writes to where it goes on.
        var late = await KeepAsync(from, DraftMode.Reply, "About the first, and more", mara, kept.Version);
        Assert.Equal((into, "About the first"), (late.Number, late.Newer!.Text));
        Assert.Equal(into, (await KeepAsync(from, DraftMode.Reply, "About the first, and more", mara, late.Version)).Number);
        Assert.Contains("About the first, and more", (await ReadAsync(into, mara)).Select(draft => draft.Text));
    }

    [Fact]
    public async Task Text_that_no_database_takes_is_kept_as_far_as_it_can_be_and_a_missing_ticket_is_not_found()
    {
        var (number, mara) = (await host.OpenTicketAsync("Odd letters"), await StaffAsync("specialist"));
        await KeepAsync(number, DraftMode.Reply, "a\0b\ud800c", mara);
        Assert.StartsWith("a", Assert.Single(await ReadAsync(number, mara)).Text, StringComparison.Ordinal);
        Assert.Equal("not-found", (await Commands.KeepAsync(long.MaxValue, DraftMode.Reply, new("x", [], "m", null, 0), mara, Cancel)).Refusal!.Code);
        Assert.Null(await host.Services.GetRequiredService<DraftQueries>().OfTicketAsync(long.MaxValue, mara, Cancel));
    }

    private async Task<DraftKept> KeepAsync(long number, DraftMode mode, string text, StaffCaller author, long? version = 0, long? seen = null)
    {
        var outcome = await Commands.KeepAsync(number, mode, new(text, [], "an-id", seen, version), author, Cancel);
        Assert.True(outcome.IsDone, outcome.Refusal?.Message);
        return outcome.Value!;
    }

    private async Task<IReadOnlyList<DraftView>> ReadAsync(long number, StaffCaller author) => (await host.Services.GetRequiredService<DraftQueries>().OfTicketAsync(number, author, Cancel))!.Drafts;

    private async Task<StaffCaller> StaffAsync(string who)
    {
        _ = host.Address;
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var user = await db.Users.SingleAsync(user => user.Email == $"{who}@demo.example", Cancel);
        return new(user.Id, user.DisplayName, user.Email!);
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Drafts;
using PremiumSupport.Desk.Tickets.Sending;
using PremiumSupport.Desk.Tickets.Tags;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets.Sending;

public sealed class SqliteSendingTests(QuietHost host) : SendingTests(host), IClassFixture<QuietHost>;

public sealed class PostgresSendingTests(PostgresQuietHost host) : SendingTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>An answer with a window: it counts when it is really sent, is sent once, and what is not sent is its author's draft again. On a standing clock.</summary>
public abstract class SendingTests(QuietHost host)
{
    private static readonly UndoOptions Ten = new() { Email = TimeSpan.FromSeconds(10) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => host.Get<TicketCommands>();

    [Fact]
    public async Task It_counts_at_the_end_of_its_window_and_goes_once()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Waits for ten seconds"), await StaffAsync("specialist"));
        var pressed = host.Clock.GetUtcNow();
        Assert.Equal(pressed.AddSeconds(10), (await SendAsync(number, "The answer", "one", mara)).Value!.SendAt);
        Assert.Equal(pressed.AddSeconds(10), (await SendAsync(number, "The answer", "one", mara)).Value!.SendAt);
        Assert.Equal("message-id-reused", (await SendAsync(number, "Another answer", "one", mara)).Refusal!.Code);
        Assert.Equal([mara.Name], await host.Get<SendQueries>().ColleaguesAsync(number, await StaffAsync("second"), Cancel));
        Assert.Empty(await host.Get<SendQueries>().ColleaguesAsync(number, mara, Cancel));

        host.Clock.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.Equal(0, await Commands.SendDueAsync(Cancel));
        Assert.Null((await TicketAsync(number)).Obligations[0].AnsweredAt);

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Commands.SendDueAsync(Cancel)));
        Assert.Equal(pressed.AddSeconds(10), (await TicketAsync(number)).Obligations[0].AnsweredAt);
        Assert.Equal(["The answer"], await AnswersAsync(number));
        Assert.Null((await SendAsync(number, "The answer", "one", mara)).Value!.SendAt);
        Assert.Equal(["The answer"], await AnswersAsync(number));
    }

    [Fact]
    public async Task What_macros_do_happens_with_the_answer_and_is_noted_and_comes_back_with_a_draft()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("With deeds"), await StaffAsync("specialist"));
        string[] deeds = ["take", "status=waiting", "tag=billing", "status=closed", "nonsense"];
        Assert.NotNull((await Commands.SendAsync(number, new("The answer", []), "one", solves: false, null, Ten, mara, deeds)).Value!.SendAt);
        Assert.Equal((TicketStatus.New, null), ((await TicketAsync(number)).Status, (await TicketAsync(number)).Assignee));

        // Taken back, they are there again.
        Assert.True(await Commands.UndoSendAsync(number, "one", mara, Cancel));
        var draft = (await host.Get<DraftQueries>().OfTicketAsync(number, mara, Cancel))!.Drafts.Single();
        Assert.Equal(["take", "status=waiting", "tag=billing"], draft.Deeds);

        await Commands.SendAsync(number, new("The answer", []), "one", solves: false, null, Ten, mara, draft.Deeds);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        var ticket = await TicketAsync(number);
        Assert.Equal((TicketStatus.Waiting, mara.StaffId, "billing"), (ticket.Status, ticket.Assignee!.Id, Assert.Single(ticket.Tags)));
        var entry = (await host.Get<AuditQueries>().SearchAsync(new(Area: "tickets", Subject: $"{number}"), cancellation: Cancel)).Entries[0];
        Assert.Equal(mara.Name, entry.ActorName);
        Assert.Contains(entry.Changes, change => change is { Field: "status", After: "Waiting" });
    }

    [Fact]
    public async Task A_colleague_who_claimed_it_within_the_window_keeps_it_and_the_author_is_told()
    {
        var (number, mara, tomas) = (await host.Host.OpenTicketAsync("Claimed meanwhile"), await StaffAsync("specialist"), await StaffAsync("second"));
        await Commands.SendAsync(number, new("The answer", []), "one", solves: false, null, Ten, mara, ["take", "tag=billing"]);
        Assert.True((await Commands.ClaimAsync(number, tomas, Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        var ticket = await TicketAsync(number);
        Assert.Equal((tomas.StaffId, "billing"), (ticket.Assignee!.Id, Assert.Single(ticket.Tags)));
        Assert.Equal(["The answer"], await AnswersAsync(number));
        var told = Assert.Single(await ToldAsync(mara), told => told.TicketNumber == number);
        Assert.Equal((HeadsUpKind.Undone, $"It stays with {tomas.Name}, who got it while your answer waited to be sent."), (told.Kind, told.Text));

        // That the ticket is given on, or solved, does not unsay it.
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Solved, tomas, cancellation: Cancel)).IsDone);
        Assert.Contains(await ToldAsync(mara), told => told.TicketNumber == number);
    }

    [Fact]
    public async Task Who_had_it_when_send_was_pressed_gives_it_up_and_nobody_is_told_of_it()
    {
        var (number, mara, tomas) = (await host.Host.OpenTicketAsync("Taken over"), await StaffAsync("specialist"), await StaffAsync("second"));
        Assert.True((await Commands.AssignAsync(number, tomas.StaffId, tomas, cancellation: Cancel)).IsDone);
        await Commands.SendAsync(number, new("The answer", []), "one", solves: false, null, Ten, mara, ["take"]);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        Assert.Equal(mara.StaffId, (await TicketAsync(number)).Assignee!.Id);
        Assert.DoesNotContain(await ToldAsync(mara), told => told.TicketNumber == number);
    }

    [Fact]
    public async Task What_cannot_be_done_with_an_answer_that_goes_at_once_is_answered_to_who_sent_it()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Full of tags"), await StaffAsync("specialist"));
        Assert.True((await Commands.ChangeTagsAsync(number, [.. Enumerable.Range(1, TagRules.Most).Select(i => $"tag-{i}")], [], mara, Cancel)).IsDone);
        var sent = await Commands.SendAsync(number, new("The answer", []), "one", solves: true, null, new() { Email = TimeSpan.Zero }, mara, ["tag=one-too-many"]);
        Assert.Equal(new AnswerSent(null, TagRules.Refused.Message), sent.Value);
        Assert.Equal((TicketStatus.Solved, TagRules.Most), ((await TicketAsync(number)).Status, (await TicketAsync(number)).Tags.Count));
        Assert.Equal(new AnswerSent(null), (await Commands.SendAsync(number, new("The answer", []), "one", solves: true, null, Ten, mara, ["tag=one-too-many"])).Value);
        Assert.DoesNotContain(await ToldAsync(mara), told => told.TicketNumber == number);
    }

    [Fact]
    public async Task A_note_and_what_is_done_with_it_happen_together_and_once()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("With a note"), await StaffAsync("specialist"));
        await host.Get<DraftCommands>().KeepAsync(number, DraftMode.Note, new("Seen", [], "a-note", null, 0) { Deeds = ["take", "status=waiting"] }, mara, Cancel);
        var version = (await TicketAsync(number)).Version;
        Assert.True((await Commands.SendNoteAsync(number, new("Seen", []), "a-note", ["take", "status=waiting"], mara)).IsDone);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Open, mara, cancellation: Cancel)).IsDone);
        Assert.True((await Commands.SendNoteAsync(number, new("Seen", []), "a-note", ["take", "status=waiting"], mara)).IsDone);
        var ticket = await TicketAsync(number);
        Assert.Equal((TicketStatus.Open, mara.StaffId, version + 2), (ticket.Status, ticket.Assignee!.Id, ticket.Version));
        Assert.Equal(["Seen"], await NotesAsync(number));
        Assert.Empty(await DraftsAsync(number, mara));
        var changes = (await host.Get<AuditQueries>().SearchAsync(new(Area: "tickets", Subject: $"{number}"), cancellation: Cancel)).Entries[^1].Changes;
        Assert.Contains(changes, change => change is { Field: "status", After: "Waiting" });
    }

    [Fact]
    public async Task A_note_whose_deeds_are_refused_is_not_written_and_nothing_of_it_is_lost()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Closed since"), await StaffAsync("specialist"));
        await host.Get<DraftCommands>().KeepAsync(number, DraftMode.Note, new("Seen", [], "a-note", null, 0) { Deeds = ["take", "status=open"] }, mara, Cancel);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Solved, mara, cancellation: Cancel)).IsDone);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Closed, mara, cancellation: Cancel)).IsDone);
        var version = (await TicketAsync(number)).Version;
        var refusal = (await Commands.SendNoteAsync(number, new("Seen", []), "a-note", ["take", "status=open"], mara)).Refusal!;
        Assert.Equal("deeds-refused", refusal.Code);
        Assert.Contains("A closed ticket stays closed", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await NotesAsync(number));
        Assert.Equal(version, (await TicketAsync(number)).Version);
        Assert.Equal(("Seen", 2), (Assert.Single(await DraftsAsync(number, mara)).Text, (await DraftsAsync(number, mara))[0].Deeds.Count));

        // Left out, the note goes.
        Assert.True((await Commands.SendNoteAsync(number, new("Seen", []), "a-note", [], mara)).IsDone);
        Assert.Equal(["Seen"], await NotesAsync(number));
        Assert.Empty(await DraftsAsync(number, mara));
    }

    [Fact]
    public async Task Sending_and_solving_is_noted_like_any_other_change()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Solved by an answer"), await StaffAsync("specialist"));
        await Commands.SendAsync(number, new("The answer", []), "one", solves: true, null, Ten, mara);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        var entry = (await host.Get<AuditQueries>().SearchAsync(new(Area: "tickets", Subject: $"{number}"), cancellation: Cancel)).Entries[0];
        Assert.Contains(entry.Changes, change => change is { Field: "status", After: "Solved" });
    }

    [Fact]
    public async Task Where_it_would_come_near_the_deadline_it_goes_at_once_and_is_in_time()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Nearly late"), await StaffAsync("specialist"));
        var dueAt = (await TicketAsync(number)).NextDueAt!.Value;
        host.Clock.Advance(dueAt - host.Clock.GetUtcNow() - TimeSpan.FromSeconds(24));
        Assert.Null((await SendAsync(number, "Just in time", "one", mara)).Value!.SendAt);
        var promise = (await TicketAsync(number)).Obligations[0];
        Assert.Equal((host.Clock.GetUtcNow(), null), (promise.AnsweredAt, promise.BreachedAt));

        var other = await host.Host.OpenTicketAsync("A second earlier");
        host.Clock.Advance((await TicketAsync(other)).NextDueAt!.Value - host.Clock.GetUtcNow() - TimeSpan.FromSeconds(25));
        Assert.NotNull((await SendAsync(other, "With a window", "one", mara)).Value!.SendAt);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        Assert.Null((await TicketAsync(other)).Obligations[0].BreachedAt);
    }

    [Fact]
    public async Task Taken_back_it_is_a_draft_below_what_was_begun_since_and_never_sent()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Second thoughts"), await StaffAsync("specialist"));
        await host.Get<DraftCommands>().KeepAsync(number, DraftMode.Reply, new("Hasty", [], "one", 1, 0), mara, Cancel);
        await SendAsync(number, "Hasty", "one", mara, seen: 1);
        Assert.Empty(await DraftsAsync(number, mara));
        Assert.False(await Commands.UndoSendAsync(number, "one", await StaffAsync("second"), Cancel));
        Assert.True(await Commands.UndoSendAsync(number, "one", mara, Cancel));
        Assert.False(await Commands.UndoSendAsync(number, "one", mara, Cancel));
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await Commands.SendDueAsync(Cancel);
        Assert.Empty(await AnswersAsync(number));
        var draft = Assert.Single(await DraftsAsync(number, mara));
        Assert.Equal(("Hasty", "one", 1, null), (draft.Text, draft.MessageId, draft.Seen, draft.Problem));
    }

    [Fact]
    public async Task A_colleagues_answer_or_a_merge_in_the_meantime_keeps_it_back_with_the_reason()
    {
        var (number, mara, tomas) = (await host.Host.OpenTicketAsync("Two answer"), await StaffAsync("specialist"), await StaffAsync("second"));
        await SendAsync(number, "Mine", "one", mara, seen: 1);
        Assert.True((await Commands.ReplyAsync(number, "Theirs", "two", isAutomated: false, tomas, Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        Assert.Equal(["Theirs"], await AnswersAsync(number));
        var kept = Assert.Single(await DraftsAsync(number, mara));
        Assert.Equal("Mine", kept.Text);
        Assert.Contains("answered while you were writing", kept.Problem, StringComparison.Ordinal);

        var (from, into) = (await host.Host.OpenTicketAsync("Goes"), await host.Host.OpenTicketAsync("Stays"));
        await SendAsync(from, "About to be merged", "one", mara, seen: 1);
        Assert.True((await Commands.MergeAsync(from, into, tomas, Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        Assert.Empty(await AnswersAsync(into));
        var followed = Assert.Single(await DraftsAsync(into, mara));
        Assert.Equal("About to be merged", followed.Text);
        Assert.Contains($"#{into}", followed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_and_solve_solves_with_the_answer_and_not_before()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Solved with it"), await StaffAsync("specialist"));
        await SendAsync(number, "Done", "one", mara, solves: true);
        Assert.Equal(TicketStatus.New, (await TicketAsync(number)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Commands.SendDueAsync(Cancel);
        Assert.Equal(TicketStatus.Solved, (await TicketAsync(number)).Status);
        Assert.NotNull((await TicketAsync(number)).Obligations[0].AnsweredAt);

        var other = await host.Host.OpenTicketAsync("Solved at once");
        Assert.Null((await Commands.SendAsync(other, "Done", "one", solves: true, 1, new() { Email = TimeSpan.Zero }, mara)).Value!.SendAt);
        Assert.Equal(TicketStatus.Solved, (await TicketAsync(other)).Status);
    }

    [Fact]
    public async Task What_can_not_be_sent_is_refused_when_send_is_pressed()
    {
        var (number, mara) = (await host.Host.OpenTicketAsync("Refused"), await StaffAsync("specialist"));
        Assert.Equal("not-found", (await SendAsync(long.MaxValue, "x", "one", mara)).Refusal!.Code);
        Assert.Equal("invalid", (await SendAsync(number, " ", "one", mara)).Refusal!.Code);
        var missing = await Commands.SendAsync(number, new("x", [Guid.NewGuid()]), "one", solves: false, 1, Ten, mara);
        Assert.Equal(["attachments"], missing.Refusal!.Errors.Keys);
        Assert.True((await Commands.ReplyAsync(number, "First", "two", isAutomated: false, await StaffAsync("second"), Cancel)).IsDone);
        Assert.Equal("answered-meanwhile", (await SendAsync(number, "x", "one", mara, seen: 1)).Refusal!.Code);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Solved, mara, cancellation: Cancel)).IsDone);
        Assert.True((await Commands.ChangeStatusAsync(number, TicketStatus.Closed, mara, cancellation: Cancel)).IsDone);
        Assert.Equal("closed", (await SendAsync(number, "x", "one", mara)).Refusal!.Code);
    }

    private Task<Outcome<AnswerSent>> SendAsync(long number, string text, string id, StaffCaller author, long? seen = null, bool solves = false) =>
        Commands.SendAsync(number, text, id, solves, seen, Ten, author);

    private async Task<TicketView> TicketAsync(long number) => (await host.Get<TicketQueries>().GetAsync(number, await StaffAsync("specialist"), Cancel))!;

    private async Task<IReadOnlyList<string>> AnswersAsync(long number) =>
        [.. (await host.Get<TicketQueries>().MessagesAsync(number, 0, await StaffAsync("specialist"), cancellation: Cancel))!.Where(message => message.From == MessageFrom.Staff).Select(message => message.Body)];

    private async Task<IReadOnlyList<string>> NotesAsync(long number) => [.. (await host.Get<TicketQueries>().TimelineAsync(number, await StaffAsync("specialist"), 100, Cancel)).Notes.Select(note => note.Body)];

    private Task<IReadOnlyList<HeadsUpView>> ToldAsync(StaffCaller caller) => host.Get<HeadsUpQueries>().OpenAsync(caller, 100, Cancel);

    private async Task<IReadOnlyList<DraftView>> DraftsAsync(long number, StaffCaller author) => (await host.Get<DraftQueries>().OfTicketAsync(number, author, Cancel))!.Drafts;

    private async Task<StaffCaller> StaffAsync(string who)
    {
        await using var db = await host.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var user = await db.Users.SingleAsync(user => user.Email == $"{who}@demo.example", Cancel);
        return new(user.Id, user.DisplayName, user.Email!);
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Notifications.HeadsUps;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Nudging;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Tickets.Nudging;

public sealed class SqliteNudgeTests(QuietHost quiet) : NudgeTests(quiet), IClassFixture<QuietHost>;

public sealed class PostgresNudgeTests(PostgresQuietHost quiet) : NudgeTests(quiet.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>A lead asks for a look, colleagues name each other, tickets are given: who is told, and until when.</summary>
public abstract class NudgeTests(QuietHost quiet)
{
    private static readonly HashSet<Guid> Nobody = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TicketCommands Commands => quiet.Get<TicketCommands>();

    [Fact]
    public async Task A_nudge_reaches_the_assignee_stands_on_the_timeline_and_in_the_audit_log_and_once_a_minute_is_enough()
    {
        var (lead, mara) = (await StaffAsync("lead") with { IsLead = true }, await StaffAsync("specialist"));
        var number = await OpenAsync();
        await Commands.AssignAsync(number, mara.StaffId, mara, cancellation: Cancel);
        var version = await VersionAsync(number);

        Assert.Equal(mara.Name, (await Commands.NudgeAsync(number, " They rang \n twice ", Nobody, lead, Cancel)).Value);
        var told = Assert.Single(await ToldAsync(mara, number));
        Assert.Equal((HeadsUpKind.Nudge, lead.Name, "They rang   twice"), (told.Kind, told.FromName, told.Text));
        Assert.Equal(quiet.Clock.GetUtcNow().AddHours(1), told.DueAt);
        Assert.Equal(version, await VersionAsync(number));
        await using (var db = await ReadAsync())
        {
            var happening = await db.Set<TicketEvent>().SingleAsync(row => row.TicketNumber == number && row.Kind == TicketEventKind.Nudged, Cancel);
            Assert.Equal((lead.Name, mara.Name, told.Text), (happening.ActorName, happening.Before, happening.Detail));
            Assert.Equal("asked for a look at", (await db.Set<AuditEntry>().OrderByDescending(row => row.Id).FirstAsync(row => row.Subject == $"{number}", Cancel)).Deed);
        }

        quiet.Clock.Advance(NudgeRules.Again - TimeSpan.FromMilliseconds(1));
        Assert.Equal("just-asked", (await Commands.NudgeAsync(number, null, Nobody, lead, Cancel)).Refusal!.Code);
        quiet.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await Commands.NudgeAsync(number, null, Nobody, lead, Cancel)).IsDone);
        Assert.Equal(2, (await ToldAsync(mara, number)).Count);

        Assert.Equal(2, await quiet.Get<HeadsUpCommands>().SeenAsync(number, mara, Cancel));
        Assert.Empty(await ToldAsync(mara, number));
    }

    [Fact]
    public async Task Where_nobody_is_assigned_all_on_shift_are_asked_but_the_one_who_asks_and_whoever_takes_it_ends_it_for_all()
    {
        var (lead, mara, tomas) = (await StaffAsync("lead") with { IsLead = true }, await StaffAsync("specialist"), await StaffAsync("second"));
        var number = await OpenAsync();
        Assert.Equal("nobody-here", (await Commands.NudgeAsync(number, null, new HashSet<Guid> { lead.StaffId }, lead, Cancel)).Refusal!.Code);
        Assert.Equal("2 people on shift", (await Commands.NudgeAsync(number, null, new HashSet<Guid> { lead.StaffId, mara.StaffId, tomas.StaffId }, lead, Cancel)).Value);
        Assert.Empty(await ToldAsync(lead, number));
        Assert.Single(await ToldAsync(mara, number));

        await Commands.ClaimAsync(number, tomas, Cancel);
        Assert.Empty(await ToldAsync(mara, number));
        Assert.Empty(await ToldAsync(tomas, number));
    }

    [Fact]
    public async Task What_is_given_is_told_and_what_is_taken_or_solved_is_not()
    {
        var (lead, mara) = (await StaffAsync("lead") with { IsLead = true }, await StaffAsync("specialist"));
        var (given, taken) = (await OpenAsync(), await OpenAsync());
        await Commands.AssignAsync(given, mara.StaffId, lead, cancellation: Cancel);
        await Commands.ClaimAsync(taken, mara, Cancel);
        Assert.Equal(HeadsUpKind.Assigned, Assert.Single(await ToldAsync(mara, given)).Kind);
        Assert.Empty(await ToldAsync(mara, taken));

        await Commands.ChangeStatusAsync(given, TicketStatus.Solved, lead, cancellation: Cancel);
        Assert.Empty(await ToldAsync(mara, given));
        Assert.Equal("not-open", (await Commands.NudgeAsync(given, null, Nobody, lead, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_name_in_a_note_tells_that_colleague_keeps_who_is_meant_and_is_shown_by_their_new_name()
    {
        var (mara, tomas, lead) = (await StaffAsync("specialist"), await StaffAsync("second"), await StaffAsync("lead"));
        var number = await OpenAsync();
        var note = $"@{tomas.Name}, can you? (not @{mara.Name}, who writes this; mail x@{lead.Email})";
        Assert.True((await Commands.AddNoteAsync(number, note, "mention-1", mara, Cancel)).IsDone);
        Assert.True((await Commands.AddNoteAsync(number, note, "mention-1", mara, Cancel)).IsDone);
        Assert.Equal(HeadsUpKind.Mention, Assert.Single(await ToldAsync(tomas, number)).Kind);
        Assert.Empty(await ToldAsync(mara, number));
        Assert.Empty(await ToldAsync(lead, number));

        // What customers read names nobody, whatever it says.
        Assert.True((await Commands.ReplyAsync(number, $"@{lead.Name} will help.", "mention-2", false, mara, Cancel)).IsDone);
        Assert.Empty(await ToldAsync(lead, number));
        await using var db = await ReadAsync();
        var stored = await db.Set<InternalNote>().SingleAsync(row => row.TicketNumber == number, Cancel);
        Assert.Equal(note, stored.Body);
        Assert.Equal([(tomas.StaffId, tomas.Name), (mara.StaffId, mara.Name)], stored.Mentions.Select(one => (one.StaffId, one.Name)).OrderBy(one => note.IndexOf(one.Name, StringComparison.Ordinal)));

        // Solved or given away: a name in a note is still to be read.
        await Commands.ChangeStatusAsync(number, TicketStatus.Solved, mara, cancellation: Cancel);
        Assert.Single(await ToldAsync(tomas, number));
    }

    private async Task<IReadOnlyList<HeadsUpView>> ToldAsync(StaffCaller who, long number) =>
        [.. (await quiet.Get<HeadsUpQueries>().OpenAsync(who, 50, Cancel)).Where(told => told.TicketNumber == number)];

    private async Task<long> VersionAsync(long number) => (await quiet.Get<TicketQueries>().GetAsync(number, await StaffAsync("lead"), Cancel))!.Version;

    private async Task<long> OpenAsync() => (await Commands.OpenAsync(
        new() { Channel = Channel.Email, Requester = new("acme", "sofia@acme.example", null), Subject = "S", Body = "B", ClientMessageId = Guid.NewGuid().ToString("N") }, Caller.System, Cancel)).Value!.Number;

    private Task<SupportDb> ReadAsync() => quiet.Get<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await quiet.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}

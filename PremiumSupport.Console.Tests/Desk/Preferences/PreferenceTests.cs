using PremiumSupport.Desk.Preferences;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Desk.Preferences;

public sealed class SqlitePreferenceTests(QuietHost quiet) : PreferenceTests(quiet), IClassFixture<QuietHost>;

public sealed class PostgresPreferenceTests(PostgresQuietHost quiet) : PreferenceTests(quiet.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>What people set for themselves, on both databases.</summary>
public abstract class PreferenceTests(QuietHost quiet)
{
    private static readonly QuietHours Night = new("Asia/Kolkata", new(21, 30), new(6, 15), [DayOfWeek.Sunday, DayOfWeek.Monday]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PreferenceCommands Commands => quiet.Get<PreferenceCommands>();

    [Fact]
    public async Task Everybody_has_their_own_and_what_was_set_is_read_as_it_was()
    {
        var (mara, tomas) = (await StaffAsync("specialist"), await StaffAsync("second"));
        Assert.Equal(StaffPreferences.Usual(AlertEvent.Nudge), (await OfAsync(mara)).MeansOf(AlertEvent.Nudge));
        Assert.Null(await Commands.SetAlertAsync(AlertEvent.Nudge, AlertMeans.Sound | AlertMeans.Desktop, mara, Cancel));
        Assert.Null(await Commands.SetAlertAsync(AlertEvent.Breached, AlertMeans.None, mara, Cancel));
        Assert.Null(await Commands.SetQuietAsync(Night, mara, Cancel));
        Assert.Null(await Commands.SetKeyAsync("e", "y", mara, Cancel));

        var read = await OfAsync(mara);
        Assert.Equal((AlertMeans.Sound | AlertMeans.Desktop, AlertMeans.None), (read.MeansOf(AlertEvent.Nudge), read.MeansOf(AlertEvent.Breached)));
        Assert.Equal((Night.Zone, Night.From, Night.To), (read.Quiet!.Zone, read.Quiet.From, read.Quiet.To));
        Assert.Equal(Night.Days, read.Quiet.Days);
        Assert.Equal([new OwnKey("e", "y")], read.Keys);
        Assert.Equal(StaffPreferences.None, await OfAsync(tomas));

        Assert.Null(await Commands.SetAlertAsync(AlertEvent.Nudge, StaffPreferences.Usual(AlertEvent.Nudge), mara, Cancel));
        Assert.Equal([AlertEvent.Breached], (await OfAsync(mara)).Alerts.Select(choice => choice.Event));
    }

    [Fact]
    public async Task What_is_refused_changes_nothing()
    {
        var lead = await StaffAsync("lead");
        Assert.Null(await Commands.SetQuietAsync(Night, lead, Cancel));
        Assert.NotNull(await Commands.SetQuietAsync(Night with { Zone = "Nowhere" }, lead, Cancel));
        Assert.NotNull(await Commands.SetKeyAsync("e", "s", lead, Cancel));
        Assert.NotNull(await Commands.SetKeyAsync("nothing", "y", lead, Cancel));
        var read = await OfAsync(lead);
        Assert.Equal((Night.Zone, 0), (read.Quiet!.Zone, read.Keys.Count));
        Assert.Null(await Commands.SetQuietAsync(null, lead, Cancel));
        Assert.Null((await OfAsync(lead)).Quiet);
    }

    [Fact]
    public async Task Two_windows_that_change_two_things_together_lose_neither()
    {
        var admin = await StaffAsync("admin");
        await Task.WhenAll(KeyCommands.All.Take(8).Select((command, place) => Commands.SetKeyAsync(command.Key, $"g {place}", admin, Cancel)));
        Assert.Equal(8, (await OfAsync(admin)).Keys.Count);
    }

    private Task<StaffPreferences> OfAsync(StaffCaller who) => quiet.Get<PreferenceQueries>().OfAsync(who, Cancel);

    private async Task<StaffCaller> StaffAsync(string who)
    {
        var member = (await quiet.Get<StaffQueries>().FindAsync($"{who}@demo.example", Cancel))!;
        return new(member.Id, member.Name, member.Email);
    }
}

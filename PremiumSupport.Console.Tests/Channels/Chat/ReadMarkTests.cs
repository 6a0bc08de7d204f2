using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

[Collection(SharedHost.Name)]
public sealed class SqliteReadMarkTests(SupportHost host) : ReadMarkTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresReadMarkTests(PostgresHost host) : ReadMarkTests(host.OrSkip());

/// <summary>How far each side has got: kept before it is told, so that a reload shows the same.</summary>
public abstract class ReadMarkTests(SupportHost host)
{
    [Fact]
    public async Task What_the_other_side_is_told_is_there_after_a_reload()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await sofia.SendAsync(number, "Two");
        Assert.Equal((0, 0), Marks(await staff.JoinAsync(number), "staff"));

        await staff.ReceivedAsync(number, 2);
        Assert.Equal(("staff", 2L), Advance((await sofia.TakeUntilAsync(push => push.Method == "ReceivedAdvanced"))[^1]));
        Assert.Equal((2, 0), Marks(await sofia.JoinAsync(number), "staff"));

        await staff.ReadAsync(number, 1);
        Assert.Equal(("staff", 1L), Advance((await sofia.TakeUntilAsync(push => push.Method == "ReadAdvanced"))[^1]));
        await using var reloaded = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        Assert.Equal((2, 1), Marks(await reloaded.JoinAsync(number), "staff"));
        Assert.Equal((0, 0), Marks(await reloaded.JoinAsync(number), "customer"));
    }

    [Fact]
    public async Task Nobody_reads_what_was_never_written_and_no_mark_goes_back()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await staff.JoinAsync(number);
        await sofia.ReadAsync(number, long.MaxValue);
        Assert.Equal(("customer", 1L), Advance((await staff.TakeUntilAsync(push => push.Method == "ReadAdvanced"))[^1]));

        await sofia.ReadAsync(number, -7);
        await sofia.ReadAsync(number, 0);
        await staff.SendAsync(number, "Hello");
        await sofia.ReadAsync(number, 2);
        Assert.Equal(("customer", 2L), Advance((await staff.TakeUntilAsync(push => push.Method == "ReadAdvanced"))[^1]));
        await sofia.ReadAsync(number, 1);
        Assert.Equal((2, 2), Marks(await staff.JoinAsync(number), "customer"));
    }

    [Fact]
    public async Task A_mark_changes_nothing_else_of_the_ticket()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await staff.JoinAsync(number);
        var api = new ApiCaller(host.Api());
        var before = (await api.TicketAsync(number)).GetRawText();
        await sofia.ReadAsync(number, 1);
        await staff.TakeUntilAsync(push => push.Method == "ReadAdvanced");
        Assert.Equal(before, (await api.TicketAsync(number)).GetRawText());
    }

    private static (long Received, long Read) Marks(JsonElement joined, string side) =>
        (joined.GetProperty(side).GetProperty("received").GetInt64(), joined.GetProperty(side).GetProperty("read").GetInt64());

    private static (string?, long) Advance(Pushed push) => (push.Arguments[0].GetString(), push.Arguments[1].GetInt64());
}

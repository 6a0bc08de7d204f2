using System.Net;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat;

[Collection(SharedHost.Name)]
public sealed class SqlitePresenceTests(SupportHost host) : PresenceTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresPresenceTests(PostgresHost host) : PresenceTests(host.OrSkip());

/// <summary>Who is there, who types, and who asks from now on.</summary>
public abstract class PresenceTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Fact]
    public async Task Each_side_sees_whether_the_other_is_there_by_the_first_that_comes_and_the_last_that_goes()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        Assert.False((await sofia.JoinAsync(number)).GetProperty("staff").GetProperty("isHere").GetBoolean());

        var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        Assert.True((await staff.JoinAsync(number)).GetProperty("customer").GetProperty("isHere").GetBoolean());
        Assert.Equal(("staff", true), Word((await sofia.TakeUntilAsync(push => push.Method == "PresenceChanged" && Word(push).Who == "staff"))[^1]));

        var second = await ChatClient.ConnectAsync(host, SupportHost.ApiKey);
        await second.JoinAsync(number);
        await staff.DisposeAsync();
        await sofia.SendAsync(number, "Still two?");
        var meanwhile = await sofia.TakeUntilAsync(push => push.Body == "Still two?");
        Assert.DoesNotContain(meanwhile, push => push.Method == "PresenceChanged");
        await second.DisposeAsync();
        Assert.Equal(("staff", false), Word((await sofia.TakeUntilAsync(push => push.Method == "PresenceChanged"))[^1]));
    }

    [Fact]
    public async Task Who_goes_away_in_the_middle_of_a_word_types_no_longer()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = await sofia.StartedAsync();
        await using (var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey))
        {
            await staff.TypingAsync(number, true);
            Assert.Equal(("staff", true), Word((await sofia.TakeUntilAsync(push => push.Method == "TypingChanged"))[^1]));
        }

        Assert.Equal(("staff", false), Word((await sofia.TakeUntilAsync(push => push.Method == "TypingChanged"))[^1]));
    }

    [Fact]
    public async Task A_word_that_somebody_types_ends_by_itself()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var staff = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        var number = await sofia.StartedAsync();
        await staff.TypingAsync(number, true);
        // Nothing more is said, and both stay.
        Assert.Equal(("staff", false), Word((await sofia.TakeUntilAsync(push => push.Method == "TypingChanged" && !Word(push).Is))[^1]));
    }

    [Fact]
    public async Task A_conversation_goes_on_with_another_specialist_as_if_nothing_had_happened()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var ana = await ChatClient.ConnectAsync(host, SupportHost.LeadApiKey);
        await using var other = await ChatClient.ConnectAsync(host, SupportHost.ApiKey);
        var number = await sofia.StartedAsync();
        await ana.SendAsync(number, "Ana here");
        (await _api.PatchAsync(number, new { assignee = "second@demo.example" })).Is(HttpStatusCode.OK);
        Assert.Equal("Tomás Oliveira", (await sofia.TakeUntilAsync(push => push.Method == "TicketChanged" && push.Arguments[1].GetString() == "Tomás Oliveira"))[^1].Arguments[1].GetString());
        await other.SendAsync(number, "And I go on");
        await sofia.SendAsync(number, "Thank you both");

        var joined = await sofia.JoinAsync(number);
        Assert.Equal(("Tomás Oliveira", "open"), (joined.GetProperty("assigneeName").GetString(), joined.GetProperty("status").GetString()));
        Assert.Equal([1, 2, 3, 4], joined.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task Who_asked_before_hears_nothing_more_once_somebody_else_asks()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        await using var haruka = await ChatClient.CustomerAsync(host, "haruka@acme.example");
        var number = await sofia.StartedAsync();
        var closed = new TaskCompletionSource();
        sofia.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        (await _api.PatchAsync(number, new { requester = new { email = "haruka@acme.example" } })).Is(HttpStatusCode.OK);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await using var back = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        Assert.Equal("forbidden", await ChatClient.RefusalAsync(() => back.JoinAsync(number)));
        Assert.Equal(1, (await haruka.JoinAsync(number)).GetProperty("lastSequence").GetInt64());
    }

    private static (string? Who, bool Is) Word(Pushed push) => (push.Arguments[0].GetString(), push.Arguments[1].GetBoolean());
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Channels.Phone;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Phone;

public sealed class SqlitePbxTests() : PbxTests(DatabaseProvider.Sqlite);

public sealed class PostgresPbxTests() : PbxTests(DatabaseProvider.PostgreSql);

/// <summary>A telephone system is told to dial and tells what became of it; whoever only pretends to be one is not believed.</summary>
public abstract class PbxTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase _database = default!;
    private FakePbx _pbx = default!;
    private SupportHost _host = default!;
    private ApiCaller _api = default!;
    private HttpClient _line = default!;
    private StaffCaller _mara = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(provider);
        _pbx = await FakePbx.StartAsync();
        _host = new(new Dictionary<string, string?> { ["Telephony:Secrets"] = FakePbx.Secret, ["Telephony:DialUrl"] = _pbx.DialUrl, ["Telephony:AllowPrivateAddress"] = "true" }, null, _database);
        _api = new(_host.Api());
        _line = _host.CreateClient();
        var staff = await _host.Services.GetRequiredService<StaffQueries>().FindAsync("specialist@demo.example", Cancel);
        _mara = new(staff!.Id, staff.Name, "specialist@demo.example");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
        {
            _line.Dispose();
            await _host.DisposeAsync();
            await _pbx.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_call_is_dialled_rings_is_answered_and_ends_and_the_first_ring_meets_the_promise()
    {
        var number = await AskAsync();
        Assert.True((await Dialer.DialAsync(number, _mara, Cancel)).IsDone);
        var dialled = await _pbx.DialledAsync();
        Assert.Equal(("specialist@demo.example", number), (dialled.GetProperty("agent").GetString(), dialled.GetProperty("ticket").GetInt64()));
        Assert.Equal("on-track", await StateAsync(number));
        Assert.Equal("already-calling", (await Dialer.DialAsync(number, _mara, Cancel)).Refusal!.Code);

        var call = dialled.GetProperty("callId").GetString();
        (await SayAsync("call.ringing", call)).Is(HttpStatusCode.OK);
        Assert.Equal("met", await StateAsync(number));
        (await SayAsync("call.answered", call)).Is(HttpStatusCode.OK);
        var ended = (await SayAsync("call.ended", call)).Is(HttpStatusCode.OK);
        Assert.Equal(("reached", number), (ended["outcome"].GetString(), ended["ticket"].GetInt64()));

        var kept = (await _api.GetAsync($"/api/v1/tickets/{number}/calls")).Is(HttpStatusCode.OK)["items"][0];
        Assert.Equal(("pbx", "outgoing", "reached"), (kept.GetProperty("source").GetString(), kept.GetProperty("direction").GetString(), kept.GetProperty("outcome").GetString()));
        // A voicemail answers, too: the specialist knows better.
        Assert.True((await Commands.EndCallAsync(number, Guid.Parse(call!), CallOutcome.Voicemail, "Left a message.", _mara, Cancel)).IsDone);
        Assert.Equal("voicemail", (await _api.GetAsync($"/api/v1/tickets/{number}/calls"))["items"][0].GetProperty("outcome").GetString());
        Assert.Equal((CallbackState.Due, 1), await CallbackAsync(number));
        Assert.Equal("call-ended", (await Commands.EndCallAsync(number, Guid.Parse(call!), CallOutcome.Busy, null, _mara, Cancel)).Refusal!.Code);
    }

    [Fact]
    public async Task A_busy_line_is_an_attempt_too_and_a_message_after_the_end_changes_nothing()
    {
        var number = await AskAsync();
        await Dialer.DialAsync(number, _mara, Cancel);
        var call = (await _pbx.DialledAsync()).GetProperty("callId").GetString();
        (await SayAsync("call.ended", call, outcome: "busy")).Is(HttpStatusCode.OK);
        Assert.Equal("met", await StateAsync(number));
        Assert.Equal("busy", (await SayAsync("call.answered", call)).Is(HttpStatusCode.OK)["outcome"].GetString());
        Assert.Equal((CallbackState.Due, 1), await CallbackAsync(number));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(302)]
    public async Task A_system_that_does_not_take_the_call_leaves_it_owed_and_says_so(int answer)
    {
        var number = await AskAsync();
        _pbx.Answer = answer;
        var refused = await Dialer.DialAsync(number, _mara, Cancel);
        Assert.Equal("no-dial", refused.Refusal!.Code);
        Assert.Equal("on-track", await StateAsync(number));
        _pbx.Answer = 200;
        Assert.True((await Dialer.DialAsync(number, _mara, Cancel)).IsDone);
    }

    [Fact]
    public async Task Forged_late_repeated_and_broken_messages_do_nothing()
    {
        var number = await AskAsync();
        await Dialer.DialAsync(number, _mara, Cancel);
        var call = (await _pbx.DialledAsync()).GetProperty("callId").GetString();
        var ringing = new { type = "call.ringing", callId = call, direction = "outgoing" };
        (await _pbx.TellAsync(_line, ringing, secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).IsProblem(401, "forged");
        (await _pbx.TellAsync(_line, ringing, ago: TimeSpan.FromMinutes(6))).IsProblem(401, "late");
        using (var bare = await _line.PostAsync("/telephony/v1/events", null, Cancel))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
        }

        (await _pbx.TellAsync(_line, new { type = "call.sang", callId = "", direction = "up", outcome = "rich" })).IsProblem(400, "invalid", "type");
        (await _pbx.TellAsync(_line, new[] { 1 })).IsProblem(400, "malformed");
        (await _pbx.TellAsync(_line, new { type = "call.ringing", callId = Guid.NewGuid(), direction = "outgoing" })).IsProblem(404, "unknown-call");
        Assert.Equal("on-track", await StateAsync(number));

        (await _pbx.TellAsync(_line, ringing, id: "once")).Is(HttpStatusCode.OK);
        // The same message again, even with another content, is the same message.
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await _pbx.TellAsync(_line, new { type = "call.ended", callId = call, direction = "outgoing" }, id: "once")).Is(HttpStatusCode.OK)["endedAt"].ValueKind);
    }

    [Fact]
    public async Task An_incoming_call_waits_until_somebody_says_whose_it_was_and_then_owes_nothing()
    {
        var number = ApiCaller.NewNumber();
        var told = (await SayAsync("call.ringing", "pbx/17", "incoming", number)).Is(HttpStatusCode.OK);
        (await SayAsync("call.answered", "pbx/17", "incoming", number, agent: "Specialist@demo.example")).Is(HttpStatusCode.OK);
        (await SayAsync("call.ended", "pbx/17", "incoming", number)).Is(HttpStatusCode.OK);
        var calls = _host.Services.GetRequiredService<CallQueries>();
        var waiting = Assert.Single(await calls.UnfiledAsync(_mara, Cancel));
        Assert.Equal((told["callId"].GetGuid(), number, CallOutcome.Reached), (waiting.Id, waiting.Number, waiting.Outcome));
        Assert.Empty(await calls.HintsAsync(number, _mara, Cancel));

        var logged = await Commands.LogIncomingAsync(new(waiting.Id) { Number = number, Requester = new("acme", "sofia@acme.example", null), Subject = "How to export", Notes = "A canary 4711." }, _mara, Cancel);
        Assert.True(logged.IsDone, logged.Refusal?.Message);
        Assert.Empty(await calls.UnfiledAsync(_mara, Cancel));
        var ticket = await _api.TicketAsync(logged.Value!.Number);
        Assert.Equal(("phone", "open", 0), (ticket.GetProperty("channel").GetString(), ticket.GetProperty("status").GetString(), ticket.GetProperty("obligations").GetArrayLength()));
        Assert.Equal("Sofia", Assert.Single(await calls.HintsAsync(number, _mara, Cancel)).Name.Split(' ')[0]);
        var note = Assert.Single((await _api.GetAsync($"/api/v1/tickets/{logged.Value.Number}/messages"))["items"].EnumerateArray(), message => message.GetProperty("visibility").GetString() == "internal");
        Assert.Equal("A canary 4711.", note.GetProperty("body").GetString());
        using var sofia = await _host.CustomerAsync("sofia@acme.example");
        Assert.DoesNotContain("4711", await sofia.GetStringAsync($"/widget/v1/tickets/{logged.Value.Number}", Cancel), StringComparison.Ordinal);

        // On a ticket that owes a call, it ends the promise as neither kept nor missed.
        var asked = await AskAsync();
        Assert.True((await Commands.LogIncomingAsync(new(Guid.NewGuid()) { TicketNumber = asked }, _mara, Cancel)).IsDone);
        Assert.Equal("excluded", await StateAsync(asked));
    }

    private PbxDialer Dialer => _host.Services.GetRequiredService<PbxDialer>();

    private PremiumSupport.Desk.Tickets.TicketCommands Commands => _host.Services.GetRequiredService<PremiumSupport.Desk.Tickets.TicketCommands>();

    private Task<ApiAnswer> SayAsync(string type, string? call, string direction = "outgoing", string? number = null, string? agent = null, string? outcome = null) =>
        _pbx.TellAsync(_line, new { type, callId = call, direction, number, agent, outcome });

    private Task<long> AskAsync() => _api.OpenAsync(new
    {
        channel = "phone", requester = new { email = "greta@globex.example" }, account = "globex", subject = "Call me", body = "Please", phoneNumber = ApiCaller.NewNumber(),
    });

    private async Task<string?> StateAsync(long number) => (await _api.TicketAsync(number)).GetProperty("obligations")[0].GetProperty("state").GetString();

    private async Task<(CallbackState, int)> CallbackAsync(long number)
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel);
        var callback = await db.Set<Callback>().SingleAsync(callback => callback.TicketNumber == number, Cancel);
        return (callback.State, callback.Attempts);
    }
}

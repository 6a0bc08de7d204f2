using System.Text;
using System.Text.Json;
using PremiumSupport.Channels.Webhooks;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Channels.Files;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Webhooks;

public sealed class SqliteWebhookTests(QuietHost host) : WebhookTests(host), IClassFixture<QuietHost>;

public sealed class PostgresWebhookTests(PostgresQuietHost host) : WebhookTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Programs are told once of what happened, signed, tried again when they do not answer, and never of what is said among staff.</summary>
public abstract class WebhookTests(QuietHost host)
{
    private const string Canary = "canary-7f3a-among-staff";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebhookCommands Commands => host.Get<WebhookCommands>();

    [Fact]
    public async Task Each_fact_of_a_ticket_is_told_once_signed_and_no_note_with_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sofia = await host.Host.CustomerAsync("sofia@acme.example");
        var tickets = host.Get<TicketCommands>();
        var old = (await sofia.AskAsync("Before anybody listened")).GetProperty("number").GetInt64();
        Assert.True((await tickets.ReplyAsync(old, "Answered before as well", "r0", false, StaffFakes.Specialist, Cancel)).IsDone);
        var secret = await ConnectAsync("All", receiver, WebhookEvents.All.Select(known => known.Name));
        var drain = Drain();

        var number = (await sofia.AskAsync("The dock is stuck")).GetProperty("number").GetInt64();
        Assert.True((await tickets.AddNoteAsync(number, $"A note with {Canary}", "n1", StaffFakes.Specialist, Cancel)).IsDone);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await tickets.FlagDueAsync(Cancel);
        Assert.True((await tickets.ReplyAsync(number, "We are on it", "r1", false, StaffFakes.Specialist, Cancel)).IsDone);
        Assert.True((await tickets.AddNoteAsync(number, $"Another note with {Canary}", "n2", StaffFakes.Specialist, Cancel)).IsDone);
        Assert.True((await tickets.ReplyAsync(number, "An automatic word", "r2", isAutomated: true, StaffFakes.Specialist, Cancel)).IsDone);
        Assert.True((await tickets.ChangeStatusAsync(number, TicketStatus.Solved, StaffFakes.Specialist, cancellation: Cancel)).IsDone);
        await drain.RunAsync(Cancel);
        await drain.RunAsync(Cancel);

        var received = receiver.Received.ToList();
        var types = received.Select(message => Read(message).GetProperty("type").GetString()).ToList();
        Assert.Equal(types.Count, received.Select(message => message.Id).Distinct().Count());
        foreach (var once in new[] { "ticket.created", "ticket.answered", "ticket.solved", "sla.at_risk", "sla.breached" })
        {
            Assert.Single(types, once);
        }

        Assert.All(received, message =>
        {
            Assert.Null(SignedWebhook.Check([SignedWebhook.ReadSecret(secret)!], message.Id, message.Timestamp, message.Signature, message.Body, host.Clock.GetUtcNow()));
            Assert.Equal(number, Read(message).GetProperty("data").GetProperty("ticket").GetProperty("number").GetInt64());
            Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(message.Body), StringComparison.Ordinal);
        });
        Assert.Equal("We are on it", Read(received.Single(message => Read(message).GetProperty("type").GetString() == "ticket.answered")).GetProperty("data").GetProperty("message").GetProperty("body").GetString());
        var row = (await host.Get<WebhookQueries>().ListAsync(Cancel)).Single(row => row.Name == "All");
        Assert.All(await host.Get<WebhookQueries>().DeliveriesAsync(row.Id, 50, Cancel), delivery => Assert.Equal((DeliveryState.Delivered, (int?)200, "seen"), (delivery.State, delivery.Status, delivery.Answer)));
        Assert.True((await Commands.RemoveAsync(row.Id, StaffFakes.Admin, Cancel)).IsDone);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_under_the_same_id_then_dies_and_is_sent_again_by_hand()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers = 503;
        await ConnectAsync("Sick", receiver, ["ticket.solved"]);
        var sick = (await host.Get<WebhookQueries>().ListAsync(Cancel)).Single(row => row.Name == "Sick");
        var test = (await Commands.TestAsync(sick.Id, StaffFakes.Admin, Cancel)).Value;
        var drain = Drain();
        while (await drain.RunAsync(Cancel) is { } next)
        {
            host.Clock.Advance(next - host.Clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        }

        var dead = Assert.Single(await host.Get<WebhookQueries>().DeliveriesAsync(sick.Id, 50, Cancel));
        Assert.Equal((test, DeliveryState.Dead, 9, (int?)503, "seen"), (dead.Id, dead.State, dead.Tries, dead.Status, dead.Answer));
        Assert.Equal(9, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(message => (message.Id, Encoding.UTF8.GetString(message.Body))).Distinct());

        receiver.Answers = 200;
        Assert.False(await Commands.SendAgainAsync(dead.Id, StaffFakes.Lead, Cancel));
        Assert.True(await Commands.SendAgainAsync(dead.Id, StaffFakes.Admin, Cancel));
        await drain.RunAsync(Cancel);
        Assert.Equal(DeliveryState.Delivered, (await host.Get<WebhookQueries>().DeliveriesAsync(sick.Id, 1, Cancel)).Single().State);
        Assert.True((await Commands.RemoveAsync(sick.Id, StaffFakes.Admin, Cancel)).IsDone);
    }

    [Fact]
    public async Task For_a_day_after_a_change_both_secrets_sign()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var first = await ConnectAsync("Rotating", receiver, ["ticket.solved"]);
        var row = (await host.Get<WebhookQueries>().ListAsync(Cancel)).Single(row => row.Name == "Rotating");
        var second = (await Commands.RotateAsync(row.Id, StaffFakes.Admin, Cancel)).Value!;
        var drain = Drain();
        foreach (var (wait, firstSigns) in new[] { (TimeSpan.FromHours(23), true), (TimeSpan.FromHours(1), false) })
        {
            host.Clock.Advance(wait);
            Assert.True((await Commands.TestAsync(row.Id, StaffFakes.Admin, Cancel)).IsDone);
            await drain.RunAsync(Cancel);
            var message = receiver.Received.Last();
            Assert.Equal((firstSigns, true), (Signs(first, message), Signs(second, message)));
        }

        Assert.True((await Commands.RemoveAsync(row.Id, StaffFakes.Admin, Cancel)).IsDone);
    }

    [Fact]
    public async Task An_address_in_our_own_network_is_refused_when_it_is_connected_to()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await ConnectAsync("Inside", receiver, ["ticket.solved"]);
        var row = (await host.Get<WebhookQueries>().ListAsync(Cancel)).Single(row => row.Name == "Inside");
        Assert.True((await Commands.TestAsync(row.Id, StaffFakes.Admin, Cancel)).IsDone);
        await Drain(mayBePrivate: false).RunAsync(Cancel);
        var delivery = Assert.Single(await host.Get<WebhookQueries>().DeliveriesAsync(row.Id, 5, Cancel));
        Assert.Equal((DeliveryState.Waiting, (int?)null), (delivery.State, delivery.Status));
        Assert.Contains("not a public address", delivery.Answer, StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
        Assert.True((await Commands.RemoveAsync(row.Id, StaffFakes.Admin, Cancel)).IsDone);
    }

    [Theory]
    [InlineData("", "https://app.example/h", "name")]
    [InlineData("X", "app.example", "whole address")]
    [InlineData("X", "ftp://app.example", "whole address")]
    [InlineData("X", "https://me:pw@app.example", "signed instead")]
    [InlineData("X", "http://app.example", "https alone")]
    public async Task A_wrong_endpoint_is_told_in_a_sentence(string name, string url, string says)
    {
        var strict = new WebhookCommands(host.Get<PremiumSupport.Platform.Data.WriteQueue>(), host.Get<WebhookSecrets>(), new(false), host.Get<PremiumSupport.Platform.Realtime.ChangeBus>(), host.Clock);
        Assert.Contains(says, (await strict.AddAsync(new(name, url, ["ticket.created"]), StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Contains("at least one event", (await strict.AddAsync(new("X", "https://app.example", ["no.such"]), StaffFakes.Admin, Cancel)).Problem, StringComparison.Ordinal);
        Assert.Contains("admin", (await strict.AddAsync(new("X", "https://app.example", ["ticket.created"]), StaffFakes.Lead, Cancel)).Problem, StringComparison.Ordinal);
    }

    private static JsonElement Read(ReceivedWebhook message) => JsonDocument.Parse(message.Body).RootElement;

    private bool Signs(string secret, ReceivedWebhook message) =>
        SignedWebhook.Check([SignedWebhook.ReadSecret(secret)!], message.Id, message.Timestamp, message.Signature, message.Body, host.Clock.GetUtcNow()) is null;

    private async Task<string> ConnectAsync(string name, WebhookReceiver receiver, IEnumerable<string> events)
    {
        // The tests' receivers listen on this machine; the product's own options do not allow that.
        var commands = new WebhookCommands(host.Get<PremiumSupport.Platform.Data.WriteQueue>(), host.Get<WebhookSecrets>(), new(true), new(Microsoft.Extensions.Logging.Abstractions.NullLogger<PremiumSupport.Platform.Realtime.ChangeBus>.Instance), host.Clock);
        var added = await commands.AddAsync(new(name, receiver.Url, [.. events]), StaffFakes.Admin, Cancel);
        Assert.Null(added.Problem);
        return added.Value!;
    }

    private WebhookDrain Drain(bool mayBePrivate = true) => new(
        host.Get<WebhookSpreadCommands>(), host.Get<WebhookDeliveryCommands>(), host.Get<WebhookQueries>(), host.Get<WebhookSecrets>(), new(mayBePrivate),
        host.Get<PremiumSupport.Platform.Web.Outbound.OutboundClient>(), host.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<WebhookDrain>.Instance);
}

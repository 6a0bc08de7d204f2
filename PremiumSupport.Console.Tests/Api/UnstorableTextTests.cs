using System.Net;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Tests.Channels.Chat;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteUnstorableTextTests(SupportHost host) : UnstorableTextTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresUnstorableTextTests(PostgresHost host) : UnstorableTextTests(host.OrSkip());

/// <summary>The character zero, which a database may refuse to keep, is an unknown name or a harmless character at every door, and never a failure of ours.</summary>
public abstract class UnstorableTextTests(SupportHost host)
{
    private readonly ApiCaller _api = new(host.Api());

    [Theory]
    [InlineData("""{"channel":"email","requester":{"email":"sofia@acme.example"},"account":"ac\u0000me","subject":"S","body":"B"}""", 400)]
    [InlineData("""{"channel":"email","requester":{"email":"so\u0000fia@acme.example"},"account":"acme","subject":"S","body":"B"}""", 400)]
    [InlineData("""{"channel":"email","requester":{"email":"zero@acme.example","name":"Ze\u0000ro"},"account":"acme","subject":"S\u0000","body":"B\u0000"}""", 201)]
    [InlineData("""{"channel":"email","requester":{"email":"sofia@acme.example"},"account":"acme","subject":"S","body":"B","clientMessageId":"\u0000"}""", 201)]
    public async Task A_ticket(string body, int status) => Assert.Equal(status, (int)(await _api.PostAsync("/api/v1/tickets", body)).Status);

    [Fact]
    public async Task A_message_an_assignee_tags_and_a_search()
    {
        var number = await _api.OpenAsync(ApiCaller.Plain());
        (await _api.SayAsync(number, "Hello\0", id: "id \0 of mine")).Is(HttpStatusCode.Created);
        (await _api.SayAsync(number, "Hello\0", id: "id \0 of mine")).Is(HttpStatusCode.Created);
        Assert.Equal(1, (await _api.GetAsync($"/api/v1/tickets/{number}/messages?afterSequence=1"))["items"].GetArrayLength());
        (await _api.PatchAsync(number, new { assignee = "second\0@demo.example" })).IsProblem(400, "invalid", "assignee");
        (await _api.PatchAsync(number, new { tags = new[] { "a\0b" } })).Is(HttpStatusCode.OK);
        (await _api.GetAsync("/api/v1/search?q=a%00b")).Is(HttpStatusCode.OK);
        Assert.True((int)(await _api.GetAsync("/widget/v1/articles/%00")).Status < 500);
    }

    [Fact]
    public async Task A_chat()
    {
        await using var sofia = await ChatClient.CustomerAsync(host, "sofia@acme.example");
        var number = (await sofia.StartAsync("Hello\0", "zero \0 chat")).GetProperty("number").GetInt64();
        Assert.Equal(2, (await sofia.SendAsync(number, "\ud83d", "half a pair \ud83d")).GetProperty("sequence").GetInt64());
    }
}

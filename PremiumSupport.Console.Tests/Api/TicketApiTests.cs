using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class SqliteTicketApiTests(SupportHost host) : TicketApiTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresTicketApiTests(PostgresHost host) : TicketApiTests(host.OrSkip());

public abstract class TicketApiTests(SupportHost host)
{
    private readonly HttpClient _api = host.Api();

    [Fact]
    public async Task A_critical_claim_of_a_super_admin_is_promised_thirty_minutes_from_its_commit()
    {
        var ticket = await OpenAsync(new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Nobody can sign in", body = "Since nine.", businessCritical = true, criterion = "signIn", impact = "All of us." });

        var obligation = ticket.GetProperty("obligations")[0];
        Assert.Equal("pending", ticket.GetProperty("claim").GetProperty("state").GetString());
        Assert.Equal("guaranteed", obligation.GetProperty("commitment").GetString());
        Assert.Equal(TimeSpan.FromMinutes(30), obligation.GetProperty("dueAt").GetDateTimeOffset() - ticket.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(ticket.GetProperty("nextDueAt").GetString(), obligation.GetProperty("dueAt").GetString());
    }

    [Fact]
    public async Task A_first_public_answer_meets_the_promise_and_a_note_does_not()
    {
        var number = (await OpenAsync(Plain())).GetProperty("number").GetInt64();
        await PostAsync($"/api/v1/tickets/{number}/messages", new { body = "Look at this, Ana", visibility = "internal", clientMessageId = "n1" }, HttpStatusCode.Created);
        Assert.Equal("on-track", await StateAsync(number));

        await PostAsync($"/api/v1/tickets/{number}/messages", new { body = "We are on it", visibility = "public", clientMessageId = "m1", automated = true }, HttpStatusCode.Created);
        Assert.Equal("on-track", await StateAsync(number));

        await PostAsync($"/api/v1/tickets/{number}/messages", new { body = "Hello Sofia", visibility = "public", clientMessageId = "m2" }, HttpStatusCode.Created);
        Assert.Equal("met", await StateAsync(number));
    }

    private static object Plain() => new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "A question", body = "How?" };

    private async Task<string?> StateAsync(long number) =>
        (await _api.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}", TestContext.Current.CancellationToken)).GetProperty("obligations")[0].GetProperty("state").GetString();

    private async Task<JsonElement> OpenAsync(object body) => await PostAsync("/api/v1/tickets", body, HttpStatusCode.Created);

    private async Task<JsonElement> PostAsync(string address, object body, HttpStatusCode expected)
    {
        var response = await _api.PostAsJsonAsync(address, body, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}

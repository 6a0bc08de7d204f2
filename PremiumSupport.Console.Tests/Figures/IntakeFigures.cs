using System.Net.Http.Json;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>Tickets per second through the authenticated, validated API, each with its promise and ledger on disk before the answer.</summary>
public sealed class IntakeFigures
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);
    private static readonly object Body = new { channel = "email", requester = new { email = "sofia@acme.example" }, account = "acme", subject = "Nobody can sign in", body = "Since nine this morning nobody here can sign in." };

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task Intake(int clients)
    {
        await using var host = Measured.Host();
        await using var bare = await BareHost.StartAsync();
        using var raw = new RawSqlite();
        using var product = Measured.Client(host.Address, SupportHost.ApiKey);
        using var yardstick = Measured.Client(bare.Address);

        var loads = await Load.MediansAsync(
            () => PostAsync(product, "/api/v1/tickets", clients, isKeyed: false),
            () => PostAsync(product, "/api/v1/tickets", clients, isKeyed: true),
            () => PostAsync(yardstick, "/bare", clients, isKeyed: false),
            () => PostAsync(yardstick, "/naive", clients, isKeyed: false),
            () => Load.RunAsync(1, Duration, _ => { raw.CommitOne(); return Task.CompletedTask; }));

        Sheet.Row($"Ticket intake, {clients} at once", loads[0].PerSecond, "bare endpoint that parses and answers", loads[2].PerSecond, "/s");
        Sheet.Row($"Ticket intake, {clients} at once", loads[0].PerSecond, "one EF SaveChanges of one row per request", loads[3].PerSecond, "/s");
        Sheet.Row($"Ticket intake, {clients} at once", loads[0].PerSecond, "raw SQLite, one row and flush per commit", loads[4].PerSecond, "/s");
        Sheet.Row($"Ticket intake with Idempotency-Key, {clients} at once", loads[1].PerSecond, "one EF SaveChanges of one row per request", loads[3].PerSecond, "/s");
        Sheet.Row($"Processor per ticket, {clients} at once", loads[0].Cpu, "bare endpoint that parses and answers", loads[2].Cpu, "ms");
        Sheet.Row($"Processor per ticket, {clients} at once", loads[0].Cpu, "one EF SaveChanges of one row per request", loads[3].Cpu, "ms");
        Sheet.Row($"Intake p99, {clients} at once", loads[0].P99, "one EF SaveChanges of one row per request", loads[3].P99, "ms");
    }

    private static Task<Load> PostAsync(HttpClient client, string address, int clients, bool isKeyed) => Load.RunAsync(clients, Duration, async _ =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(Body) };
        if (isKeyed)
        {
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        }

        using var response = await client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        await response.Content.ReadAsByteArrayAsync();
    });
}

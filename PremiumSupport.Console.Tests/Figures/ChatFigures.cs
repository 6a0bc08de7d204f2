using Microsoft.AspNetCore.SignalR.Client;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>Chat messages that are on disk before their answer and pushed to both sides, half of the connections customers and half staff.</summary>
public sealed class ChatFigures
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2.5);
    private static readonly string[] Customers = ["sofia@acme.example", "haruka@acme.example", "greta@globex.example", "maximiliane@globex.example"];

    [Theory(Explicit = true)]
    [InlineData(100)]
    [InlineData(500)]
    public async Task Chat(int connections)
    {
        await using var host = Measured.Host();
        await using var bareHost = await BareHost.StartAsync();
        await using var product = await ProductAsync(host, connections / 2);
        await using var bare = await BareAsync(bareHost, "/hubs/bare", connections / 2);
        await using var naive = await BareAsync(bareHost, "/hubs/naive", connections / 2);

        var free = await Load.MediansAsync(() => product.RunAsync(Duration), () => bare.RunAsync(Duration), () => naive.RunAsync(Duration));
        Sheet.Row($"Chat, {connections} connections, durable and fanned out", free[0].PerSecond, "bare hub that only fans out", free[1].PerSecond, "/s");
        Sheet.Row($"Chat, {connections} connections, durable and fanned out", free[0].PerSecond, "hub with one EF SaveChanges per message", free[2].PerSecond, "/s");
        Sheet.Row($"Processor per message, {connections} connections", free[0].Cpu, "bare hub that only fans out", free[1].Cpu, "ms");
        Sheet.Row($"Processor per message, {connections} connections", free[0].Cpu, "hub with one EF SaveChanges per message", free[2].Cpu, "ms");
        Sheet.Row($"Chat ack p99, {connections} connections, unpaced", free[0].P99, "bare hub that only fans out", free[1].P99, "ms");

        var pace = TimeSpan.FromSeconds(connections / 200.0);
        var paced = await Load.MediansAsync(() => product.RunAsync(Duration * 2, pace), () => bare.RunAsync(Duration * 2, pace));
        Sheet.Row($"Chat ack p50 at 200/s, {connections} connections", paced[0].P50, "bare hub that only fans out", paced[1].P50, "ms");
        Sheet.Row($"Chat ack p99 at 200/s, {connections} connections", paced[0].P99, "bare hub that only fans out", paced[1].P99, "ms");
    }

    private static async Task<Conversations> ProductAsync(SupportHost host, int pairs)
    {
        var hub = new Uri(host.Address, "/hubs/chat");
        var tokens = new List<string>();
        foreach (var email in Customers)
        {
            tokens.Add(await host.SessionAsync(email));
        }

        var conversations = new Conversations();
        for (var i = 0; i < pairs; i++)
        {
            var customer = await conversations.ConnectAsync(hub, tokens[i % tokens.Count]);
            var started = await customer.InvokeAsync<StartAnswer>("StartConversation", new { clientMessageId = $"start-{i}", body = "Hello" });
            var staff = await conversations.ConnectAsync(hub, SupportHost.LeadApiKey);
            await staff.InvokeAsync("Join", started.Number, started.Sequence);
            await staff.InvokeAsync("Send", started.Number, new { clientMessageId = $"answer-{i}", body = "Hello, I am looking." });
            conversations.Add(customer, started.Number);
            conversations.Add(staff, started.Number);
        }

        return conversations;
    }

    private static async Task<Conversations> BareAsync(BareHost host, string address, int pairs)
    {
        var conversations = new Conversations();
        for (var i = 0; i < pairs * 2; i++)
        {
            var (connection, group) = (await conversations.ConnectAsync(new(host.Address, address)), $"ticket:{i / 2}");
            await connection.InvokeAsync("Join", group);
            conversations.Add(connection, group);
        }

        return conversations;
    }
}

using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Platform.Data;
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
    [InlineData(1_000)]
    public async Task Chat(int connections)
    {
        await using var host = Measured.Host();
        await using var bareHost = await BareHost.StartAsync();
        await using var product = await ProductAsync(host, connections / 2);
        await using var bare = await BareAsync(bareHost, "/hubs/bare", connections / 2);
        await using var wire = await BareAsync(bareHost, "/hubs/wire", connections / 2);
        await using var naive = await BareAsync(bareHost, "/hubs/naive", connections / 2);
        await using var raw = new RawGroups();

        var free = await Load.MediansAsync(
            () => product.RunAsync(Duration), () => bare.RunAsync(Duration), () => naive.RunAsync(Duration), () => Load.RunAsync(connections, Duration, worker => raw.AddAsync(worker / 2)), () => wire.RunAsync(Duration));
        var what = $"Chat, {connections} connections, durable and fanned out";
        Sheet.Row(what, free[0].PerSecond, "bare hub that only fans out", free[1].PerSecond, "/s");
        Sheet.Row(what, free[0].PerSecond, "bare hub that says the contract's message", free[4].PerSecond, "/s");
        Sheet.Row(what, free[0].PerSecond, "hub with one EF SaveChanges per message", free[2].PerSecond, "/s");
        Sheet.Row(what, free[0].PerSecond, "raw SQLite, group commit, no network", free[3].PerSecond, "/s");
        Sheet.Row($"Processor per message, {connections} connections", free[0].Cpu, "bare hub that only fans out", free[1].Cpu, "ms");
        Sheet.Row($"Chat ack p50, {connections} connections, unpaced", free[0].P50, "bare hub that only fans out", free[1].P50, "ms");
        Sheet.Row($"Chat ack p99, {connections} connections, unpaced", free[0].P99, "bare hub that only fans out", free[1].P99, "ms");
        if (connections != 500)
        {
            return;
        }

        var pace = TimeSpan.FromSeconds(connections / 1_000.0);
        var paced = await Load.MediansAsync(() => product.RunAsync(Duration * 2, pace), () => bare.RunAsync(Duration * 2, pace), () => wire.RunAsync(Duration * 2, pace));
        Sheet.Row($"Chat ack p50 at 1,000/s, {connections} connections", paced[0].P50, "bare hub that only fans out", paced[1].P50, "ms");
        Sheet.Row($"Chat ack p50 at 1,000/s, {connections} connections", paced[0].P50, "bare hub that says the contract's message", paced[2].P50, "ms");
        Sheet.Row($"Chat ack p99 at 1,000/s, {connections} connections", paced[0].P99, "bare hub that only fans out", paced[1].P99, "ms");
    }

    /// <summary>The words of each message are indexed in the transaction that writes it; a second desk goes without.</summary>
    [Fact(Explicit = true)]
    public async Task Index_of_words()
    {
        const int Pairs = 250;
        await using var host = Measured.Host();
        await using var bare = Measured.Host();
        await using var product = await ProductAsync(host, Pairs);
        await using var without = await ProductAsync(bare, Pairs);
        await using (var db = await bare.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"PublicMessages_Search_Insert\"", TestContext.Current.CancellationToken);
        }

        var loads = await Load.MediansAsync(() => product.RunAsync(Duration), () => without.RunAsync(Duration));
        Sheet.Row($"Chat, {Pairs * 2} connections, with the index of words", loads[0].PerSecond, "the same without it", loads[1].PerSecond, "/s");
        Sheet.Row("The same: processor per message", loads[0].Cpu, "without it", loads[1].Cpu, "ms");
    }

    /// <summary>Heap after a full collection, of client and server together, since they share this process: what a connection costs beside a bare one is the product's.</summary>
    [Fact(Explicit = true)]
    public async Task Memory()
    {
        const int Count = 500;
        await using var host = Measured.Host();
        await using var bareHost = await BareHost.StartAsync();
        await (await ProductAsync(host, 5)).DisposeAsync();
        await (await BareAsync(bareHost, "/hubs/bare", 5)).DisposeAsync();
        var token = await host.SessionAsync(Customers[0]);
        await using var first = new Conversations();
        var started = await (await first.ConnectAsync(new(host.Address, "/hubs/chat"), token)).InvokeAsync<StartAnswer>("StartConversation", new { clientMessageId = "memory", body = "Hello" }, TestContext.Current.CancellationToken);

        var product = await GrowthAsync(Count, new(host.Address, "/hubs/chat"), token, connection => connection.InvokeAsync("Join", started.Number, 0));
        var bare = await GrowthAsync(Count, new(bareHost.Address, "/hubs/bare"), null, connection => connection.InvokeAsync("Join", "ticket:1"));
        Sheet.Row("Heap per idle customer connection, client's side included", product, "bare hub", bare, "KiB");
    }

    private static async Task<double> GrowthAsync(int count, Uri hub, string? token, Func<HubConnection, Task> join)
    {
        await using var conversations = new Conversations();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            var connection = await conversations.ConnectAsync(hub, token);
            await join(connection);
            conversations.Add(connection, i);
        }

        return (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / count;
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

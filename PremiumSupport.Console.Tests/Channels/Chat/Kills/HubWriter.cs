using System.Text.Json;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>A customer or specialist with a program of their own.</summary>
internal sealed class HubWriter(string name, HubClient client, AckLog log) : IWriter
{
    // A line that loses answers makes repeats anyway; this many are made although the answer came.
    private const int RepeatedOnPurpose = 40;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<string> _troubles = [];
    private int _next;

    public IReadOnlyList<string> Troubles => [.. _troubles, .. client.Troubles.Select(trouble => $"{name}: {trouble}")];

    /// <summary>Opens a conversation with a first message and returns its number.</summary>
    public async Task<long> BeginAsync()
    {
        client.Open();
        var began = await client.CallAsync<JsonElement>("StartConversation", new { clientMessageId = $"{name}-begin", body = Ack.TextOf(name, _next) });
        client.Number = began.GetProperty("number").GetInt64();
        log.Write(new(client.Number, name, _next++, began.GetProperty("sequence").GetInt64()));
        await client.CatchUpAsync();
        return client.Number;
    }

    /// <summary>Joins a conversation.</summary>
    public async Task JoinAsync(long number)
    {
        client.Number = number;
        client.Open();
        await client.CatchUpAsync();
    }

    public async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var message = new { clientMessageId = Guid.CreateVersion7().ToString("N"), body = Ack.TextOf(name, _next) };
            var sequence = await SendAsync(message);
            log.Write(new(client.Number, name, _next++, sequence));
            if (_next % RepeatedOnPurpose == 0 && await SendAsync(message) is var again && again != sequence)
            {
                _troubles.Add($"{name}: '{message.body}' was answered with {sequence} and then with {again}");
            }

            await Task.Delay(LongestPause * Random.Shared.NextDouble(), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>By pushes and by what it reads on reconnecting; nobody tells it to look.</summary>
    public async Task<IReadOnlyList<View>> ViewsAsync(long last)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (client.Transcript.Last < last && !patience.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        return [new(client.Number, name, client.Transcript.Messages)];
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task<long> SendAsync(object message) => (await client.CallAsync<JsonElement>("Send", client.Number, message)).GetProperty("sequence").GetInt64();
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>
/// A client of the chat hub that never gives up, as the product's own page does it: a new connection whenever one ends, then what was missed by sequence, and a call is made again under the
/// same client id until it is answered.
/// </summary>
internal sealed class HubClient(Uri server, string token) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _troubles = [];
    private TaskCompletionSource<HubConnection> _connected = New();
    private Task _keeping = Task.CompletedTask;

    /// <summary>What this client has before it.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>The conversation that it listens to, once there is one.</summary>
    public long Number { get; set; }

    /// <summary>Calls that were made again because their answer did not come.</summary>
    public int Repeats { get; private set; }

    /// <summary>What a client may never see, in words.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_troubles)
            {
                return [.. _troubles, .. Transcript.Contradictions];
            }
        }
    }

    /// <summary>Connects and stays connected.</summary>
    public void Open() => _keeping = KeepAsync();

    /// <summary>Calls until there is an answer.</summary>
    public async Task<T> CallAsync<T>(string method, params object[] arguments)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        patience.CancelAfter(Patience);
        for (var attempt = 0; ; attempt++)
        {
            var connection = await _connected.Task.WaitAsync(patience.Token);
            try
            {
                return await connection.InvokeCoreAsync<T>(method, arguments, patience.Token);
            }
            catch (HubException refusal)
            {
                Note($"{method} was refused: {refusal.Message}");
            }
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                // The connection ended under the call. Whether the server had done it, the next try finds out.
                Repeats++;
            }

            await Task.Delay(Pause, TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Reads what came after what is known; repeated until nothing is missing.</summary>
    public async Task CatchUpAsync(HubConnection? on = null)
    {
        long last;
        do
        {
            var joined = on is null
                ? await CallAsync<JsonElement>("Join", Number, Transcript.Last)
                : await on.InvokeAsync<JsonElement>("Join", Number, Transcript.Last, _ending.Token);
            last = joined.GetProperty("lastSequence").GetInt64();
            foreach (var message in joined.GetProperty("messages").EnumerateArray())
            {
                Transcript.Add(Read(message));
            }
        }
        while (Transcript.Last < last);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _keeping;
        _ending.Dispose();
    }

    private static TaskCompletionSource<HubConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Said Read(JsonElement message) => new(message.GetProperty("sequence").GetInt64(), message.GetProperty("body").GetString()!);

    private async Task KeepAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var closed = New();
            await using var connection = Connection();
            connection.Closed += _ =>
            {
                closed.TrySetResult(connection);
                return Task.CompletedTask;
            };
            try
            {
                await connection.StartAsync(_ending.Token);
                if (Number != 0)
                {
                    await CatchUpAsync(connection);
                }

                _connected.TrySetResult(connection);
                await closed.Task.WaitAsync(_ending.Token);
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                // Not there, gone again, or the end.
            }

            _connected = _connected.Task.IsCompleted ? New() : _connected;
            await Task.Delay(Pause * Random.Shared.NextDouble(), TimeProvider.System, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _connected.TrySetCanceled();
    }

    private HubConnection Connection()
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/chat"), http =>
            {
                http.SkipNegotiation = true;
                http.Transports = HttpTransportType.WebSockets;
                http.AccessTokenProvider = () => Task.FromResult<string?>(token);
            })
            .Build();
        var before = 0L;
        connection.On<long, JsonElement>("MessagePosted", (number, message) =>
        {
            var said = Read(message);
            if (number != Number && Number != 0)
            {
                Note($"heard {said} of conversation {number}");
                return;
            }

            if (said.Sequence <= before)
            {
                Note($"{said} was pushed after {before}");
            }

            before = said.Sequence;
            if (!Transcript.Add(said))
            {
                // A push is missing: it is read instead. Not awaited, because no answer can come while a push is being handled.
                _ = CatchUpAsync(connection).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
        return connection;
    }

    private void Note(string trouble)
    {
        lock (_troubles)
        {
            _troubles.Add(trouble);
        }
    }
}

using System.Diagnostics;

namespace PremiumSupport.Tests.Processes;

/// <summary>One life of a process: started, perhaps ready, killed.</summary>
internal sealed class ProcessLife : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Func<string, bool> _isReady;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="start">What to start; its output is read.</param>
    /// <param name="isReady">Whether a line of the output says that it is ready.</param>
    public ProcessLife(ProcessStartInfo start, Func<string, bool> isReady)
    {
        _isReady = isReady;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        StartedAt = Stopwatch.GetTimestamp();
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The process ended before it was ready:\n" + Output));
        _process.Start();
        _process.StandardInput.AutoFlush = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Readings of <see cref="Stopwatch"/>; the later two are at their greatest while they have not come.</summary>
    public long StartedAt { get; }

    public long ReadyAt { get; private set; } = long.MaxValue;

    public long KilledAt { get; private set; } = long.MaxValue;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>The line that said it was ready.</summary>
    public Task<string> ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromMinutes(5));

    /// <summary>Writes a line to its input.</summary>
    public Task TellAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        if (KilledAt == long.MaxValue)
        {
            KilledAt = Stopwatch.GetTimestamp();
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _ = _ready.Task.Exception;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (_isReady(line) && !_ready.Task.IsCompleted)
        {
            ReadyAt = Stopwatch.GetTimestamp();
            _ready.TrySetResult(line);
        }
    }
}

using System.Diagnostics;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>One life of a node: started, perhaps ready, killed.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeProcess(IEnumerable<string> arguments, string temporary)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(NodeProcess).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What a killed process leaves behind goes with the run's own folder.
        start.Environment["TMPDIR"] = temporary;
        StartedAt = Stopwatch.GetTimestamp();
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The node ended before it was ready:\n" + Output));
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

    /// <summary>Its address while it listens; null before and after.</summary>
    public Uri? Address { get; private set; }

    public Task ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromMinutes(5));

    /// <summary>Lets its standing clock run.</summary>
    public Task BeginAsync(long stamp) => _process.StandardInput.WriteLineAsync(stamp.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        if (KilledAt == long.MaxValue)
        {
            Address = null;
            KilledAt = Stopwatch.GetTimestamp();
            _process.Kill();
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

        if (line.StartsWith(SupportNode.Ready, StringComparison.Ordinal))
        {
            ReadyAt = Stopwatch.GetTimestamp();
            Address = new(line[SupportNode.Ready.Length..]);
            _ready.TrySetResult(Address);
        }
    }
}

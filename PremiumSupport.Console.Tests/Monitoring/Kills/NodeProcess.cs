using System.Diagnostics;
using System.Globalization;
using PremiumSupport.Tests.Processes;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>One life of a node.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly ProcessLife _life;

    public NodeProcess(IEnumerable<string> arguments, string temporary)
    {
        var start = new ProcessStartInfo("dotnet", arguments.Prepend(typeof(NodeProcess).Assembly.Location));

        // What a killed process leaves behind goes with the run's own folder.
        start.Environment["TMPDIR"] = temporary;
        _life = new(start, line =>
        {
            var isReady = line.StartsWith(SupportNode.Ready, StringComparison.Ordinal);
            Address = isReady ? new(line[SupportNode.Ready.Length..]) : Address;
            return isReady;
        });
    }

    /// <summary>Readings of <see cref="Stopwatch"/>; the later two are at their greatest while they have not come.</summary>
    public long StartedAt => _life.StartedAt;

    public long ReadyAt => _life.ReadyAt;

    public long KilledAt => _life.KilledAt;

    public string Output => _life.Output;

    /// <summary>Its address while it listens; null before and after.</summary>
    public Uri? Address { get; private set; }

    public Task ReadyAsync() => _life.ReadyAsync();

    /// <summary>Lets its standing clock run.</summary>
    public Task BeginAsync(long stamp) => _life.TellAsync(stamp.ToString(CultureInfo.InvariantCulture));

    /// <summary>kill -9: no goodbye, no flush.</summary>
    public Task KillAsync()
    {
        Address = null;
        return _life.KillAsync();
    }

    public ValueTask DisposeAsync() => _life.DisposeAsync();
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PremiumSupport.Tests.Channels.Email.Inbound.FullDisk;

/// <summary>Waits for a line in the log, each time that it is written; whoever waits in vain is told what was written instead.</summary>
internal sealed class AwaitedLine(string part) : ILoggerProvider, ILogger
{
    private readonly SemaphoreSlim _written = new(0);
    private readonly ConcurrentQueue<string> _others = [];

    public async Task NextAsync(CancellationToken cancellation) =>
        Assert.True(await _written.WaitAsync(TimeSpan.FromMinutes(1), cancellation), $"Nothing says “{part}”, but:\n{string.Join('\n', _others.TakeLast(20))}");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = formatter(state, exception);
        if (line.Contains(part, StringComparison.Ordinal))
        {
            _written.Release();
        }
        else
        {
            _others.Enqueue($"{line} {exception?.GetType().Name} {exception?.Message} {exception?.InnerException?.Message}");
        }
    }

    public void Dispose() => _written.Dispose();
}

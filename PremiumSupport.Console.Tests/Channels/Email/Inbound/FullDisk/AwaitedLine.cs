using Microsoft.Extensions.Logging;

namespace PremiumSupport.Tests.Channels.Email.Inbound.FullDisk;

/// <summary>Waits for a line in the log, each time that it is written.</summary>
internal sealed class AwaitedLine(string part) : ILoggerProvider, ILogger
{
    private readonly SemaphoreSlim _written = new(0);

    public Task NextAsync(CancellationToken cancellation) => _written.WaitAsync(cancellation);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && formatter(state, exception).Contains(part, StringComparison.Ordinal))
        {
            _written.Release();
        }
    }

    public void Dispose() => _written.Dispose();
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PremiumSupport.Tests.Platform.Identity;

/// <summary>Keeps every log line, to look for what must not be, or must be, in them.</summary>
public sealed class LogLines : ILoggerProvider
{
    public ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() { }

    private sealed class Logger(LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.All.Enqueue(formatter(state, exception));
    }
}

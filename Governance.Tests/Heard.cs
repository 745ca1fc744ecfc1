using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Governance.Tests;

/// <summary>All that the host says to its log, faults with all that they carry.</summary>
internal sealed class Heard : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception} {string.Join(' ', exception?.Data.Values.Cast<object>() ?? [])}");

    public void Dispose()
    {
        // Nothing is held.
    }
}

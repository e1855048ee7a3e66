using System.Globalization;
using Microsoft.Extensions.Logging;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Serving;

/// <summary>Writes what is logged to standard error, a line each: the time, how grave it is, and what there is to say.</summary>
sealed class TerminalLogger(Terminal terminal) : ILoggerProvider, ILogger
{
    private readonly Lock writing = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = logLevel switch
        {
            LogLevel.Critical => "critical: ",
            LogLevel.Error => "error: ",
            LogLevel.Warning => "warning: ",
            _ => "",
        };
        var line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {level}{formatter(state, exception)}{(exception is null ? "" : $": {exception}")}");
        // Many threads log, and a terminal is for one at a time.
        lock (writing) terminal.Tell(line.ReplaceLineEndings(" "));
    }

    public void Dispose()
    {
    }
}

using Microsoft.Extensions.Logging;

namespace RnnLm.AspNetCore;

/// <summary>All that is logged. The generator writes classes in no certain order, so that messages of several would make another package of the same sources.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Id}: {Model}")]
    public static partial void Loaded(ILogger logger, string id, LanguageModel model);

    [LoggerMessage(Level = LogLevel.Information, Message = "The file has changed; serving the new {Id} from now on: {Model}")]
    public static partial void Reloaded(ILogger logger, string id, LanguageModel model);

    [LoggerMessage(Level = LogLevel.Error, Message = "The old model stays. {Why}")]
    public static partial void NotReloaded(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Operation}: {Status} after {Milliseconds:0.0} ms, {Read} tokens read, {Written} written")]
    public static partial void Request(ILogger logger, string method, string operation, int status, double milliseconds, long read, long written);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} has failed")]
    public static partial void Fault(ILogger logger, string operation, Exception fault);
}

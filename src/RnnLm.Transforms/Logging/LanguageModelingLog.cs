using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace RnnLm.Transforms.Logging;

/// <summary>What we write to <c>MLContext.Log</c>, under one source.</summary>
internal static class LanguageModelingLog
{
    private const string Source = "LanguageModeling";

    public static IChannel Start(MLContext mlContext) => ((IChannelProvider)mlContext).Start(Source);

    public static void Skipped(this IChannel channel, int count, string data)
    {
        if (count == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            Invariant($"{count:N0} rows of the {data} were skipped, since they are null, empty or without a word."));
    }
}

using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace RnnLm.Transforms.Logging;

/// <summary>What we write to <c>MLContext.Log</c>, under one source.</summary>
internal static class LanguageModelingLog
{
    private const string Source = "LanguageModeling";

    public static IChannel Start(MLContext mlContext) => ((IChannelProvider)mlContext).Start(Source);

    public static void Damaged(this IChannel channel, long rows, string data)
    {
        if (rows == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            Invariant($"{rows:N0} rows of the {data} have the character U+FFFD in them, which stands for bytes that were no text: ") +
            "the file is probably of another encoding than the one that it was read in, or damaged.");
    }

    public static void PassedOver(this IChannel channel, long words, string data)
    {
        if (words == 0) return;
        channel.Warning(MessageSensitivity.None, "{0}", Invariant($"{words:N0} empty words of the {data} were passed over."));
    }

    public static void Skipped(this IChannel channel, int count, string data)
    {
        if (count == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            Invariant($"{count:N0} rows of the {data} were skipped, since they are null, empty or without a word."));
    }
}

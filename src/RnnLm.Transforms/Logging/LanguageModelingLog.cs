using Microsoft.ML;
using Microsoft.ML.Runtime;
using RnnLm.Wording;

namespace RnnLm.Transforms.Logging;

/// <summary>What we write to <c>MLContext.Log</c>, under one source.</summary>
internal static class LanguageModelingLog
{
    private const string Source = "LanguageModeling";

    public static IChannel Start(MLContext mlContext) => ((IChannelProvider)mlContext).Start(Source);

    /// <summary>Says what was measured, and warns where the figures are of another measure than those of the model's training.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="trained">The context in which the model learned; null where that is not known.</param>
    /// <param name="other">What gives the other measure.</param>
    public static void Measured(this IChannel channel, LanguageModelMetrics metrics, EvaluationContext? trained, string other)
    {
        channel.Info(MessageSensitivity.None, "{0}", $"{metrics}.");
        if (trained is null || trained == metrics.Context) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            $"The model was trained {(trained == EvaluationContext.LinesApart ? "by rows" : "on streams")}, and this is the other measure; " +
            $"{other} gives that of its training.");
    }

    /// <summary>Says what rescoring was tuned to.</summary>
    public static void Tuned(this IChannel channel, RescoringTuningResult result) => channel.Info(MessageSensitivity.None, "{0}", $"{result}.");

    public static void Damaged(this IChannel channel, long rows, string data)
    {
        if (rows == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            $"{CountText.Of(rows, "row")} of the {data} {CountText.Choose(rows, "has the character U+FFFD in it", "have the character U+FFFD in them")}, which stands for bytes that were no text: " +
            "the file is probably of another encoding than the one that it was read in, or damaged.");
    }

    public static void PassedOver(this IChannel channel, long words, string data)
    {
        if (words == 0) return;
        channel.Warning(MessageSensitivity.None, "{0}", $"{CountText.Of(words, "empty word")} of the {data} {CountText.Choose(words, "was", "were")} passed over.");
    }

    public static void Skipped(this IChannel channel, int count, string data)
    {
        if (count == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            $"{CountText.Of(count, "row")} of the {data} {CountText.Choose(count, "was skipped, since it is", "were skipped, since they are")} null, empty or without a word.");
    }
}

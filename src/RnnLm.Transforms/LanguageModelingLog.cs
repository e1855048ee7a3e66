using Microsoft.ML;
using Microsoft.ML.Runtime;
using RnnLm.Transforms.Corpora;

namespace RnnLm.Transforms;

/// <summary>What we write to <c>MLContext.Log</c>, under one source.</summary>
internal static class LanguageModelingLog
{
    private const string Source = "LanguageModeling";

    public static IChannel Start(MLContext mlContext) => ((IChannelProvider)mlContext).Start(Source);

    public static void Corpus(this IChannel channel, TrainingCorpus corpus)
    {
        channel.Info(
            MessageSensitivity.None, "{0}",
            Invariant($"Read {corpus.Training.LineCount:N0} rows, {corpus.Training.Count:N0} words with the end-of-line words; ") +
            Invariant($"the vocabulary has {corpus.Vocabulary.Count:N0} words, and {corpus.Training.UnknownCount:N0} are outside it."));
        channel.Skipped(corpus.Training.SkippedLines, "training data");
        channel.Skipped(corpus.Validation?.SkippedLines ?? 0, "validation data");
    }

    public static void Skipped(this IChannel channel, int count, string data)
    {
        if (count == 0) return;
        channel.Warning(
            MessageSensitivity.None, "{0}",
            Invariant($"{count:N0} rows of the {data} were skipped, since they are null, empty or without a word."));
    }
}

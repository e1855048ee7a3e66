using Microsoft.ML;

namespace RnnLm.Fuzz.Samples;

/// <summary>Pipelines as small as can be, as ML.NET saves them.</summary>
internal static class TinyPipelines
{
    /// <summary>Columns of every kind that a language model makes.</summary>
    public static LanguageModelColumns AllColumns(string input = "Text") => new()
    {
        InputColumnName = input,
        NextWordColumnName = "NextWord",
        NextWordKeyColumnName = "NextWordKey",
        NextWordsColumnName = "NextWords",
        ProbabilitiesColumnName = "Probabilities",
        UnknownProbabilityColumnName = "UnknownProbability",
        EndOfLineProbabilityColumnName = "EndOfLineProbability",
        NextWordCount = 2,
        LogProbabilityColumnName = "LogProbability",
        PerplexityColumnName = "Perplexity",
        WordCountColumnName = "WordCount",
        UnknownWordCountColumnName = "UnknownWordCount",
    };

    /// <summary>A pipeline of every kind, by a name.</summary>
    public static IEnumerable<(string Name, byte[] Content)> All()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable([new TextRow { Text = "a b" }, new TextRow { Text = "b ." }]);
        var model = TinyModels.Create(CellKind.Lstm);
        var language = mlContext.LanguageModeling;
        yield return ("next-word", Saved(language.FromModel(model)));
        yield return ("all-columns", Saved(language.FromModel(model.Quantize(), AllColumns())));
        yield return ("words", Saved(language.TokenizeText("Words", "Text").Append(language.FromModel(model, AllColumns("Words")))));
        yield return ("keys", Saved(language.TokenizeText("Words", "Text").Append(language.MapWordsToKeys("Keys", "Words")).Append(language.FromModel(model, AllColumns("Keys")))));
        yield return ("two-models", Saved(language.FromModel(model).Append(language.FromModel(model.Quantize(), new LanguageModelColumns { NextWordColumnName = "Other" }))));

        byte[] Saved(IEstimator<ITransformer> estimator)
        {
            using var stream = new MemoryStream();
            mlContext.Model.Save(estimator.Fit(data), data.Schema, stream);
            return stream.ToArray();
        }
    }

    /// <summary>What a pipeline reads.</summary>
    internal sealed class TextRow
    {
        public string Text { get; set; } = "";
    }
}

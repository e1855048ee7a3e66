using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>The pipeline <c>NormalizeText → language model → CopyColumns</c>, fitted once for the tests that only use it.</summary>
public sealed class PipelineFixture
{
    public PipelineFixture()
    {
        Data = MLContext.View(Sample.Lines);
        var options = Sample.FullOptions("Normalized");
        options.Tokenizer = Tokenizer.Text();
        Pipeline = MLContext.Transforms.Text.NormalizeText("Normalized", "Text", keepPunctuations: true)
            .Append(MLContext.LanguageModeling.Trainers.RecurrentNetwork(options))
            .Append(MLContext.Transforms.CopyColumns("Copied", "NextWord"))
            .Fit(Data);
    }

    public MLContext MLContext { get; } = new(seed: 1);

    public IDataView Data { get; }

    public ITransformer Pipeline { get; }
}

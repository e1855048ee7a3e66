namespace RnnLm.Benchmarks.Soak;

/// <summary>Everything that threads do.</summary>
static class SoakActivities
{
    /// <param name="modelPath">A model file in place of the largest model; null where there is none.</param>
    /// <param name="folder">Where files are put.</param>
    public static IEnumerable<Activity> All(string? modelPath, string folder)
    {
        // Its output matrix is large enough that the helper threads of the process share its products.
        var large = new Subject("large LSTM", modelPath is null ? Subject.Create(Shape(CellKind.Lstm, 10_000, 128)) : LanguageModel.Load(modelPath));
        var lstm = new Subject("LSTM", Subject.Create(Shape(CellKind.Lstm, 600, 32) with { Layers = 2, Tied = true }));
        var gru = new Subject("adaptive GRU", Subject.Create(Shape(CellKind.Gru, 900, 24) with { AdaptiveSoftmax = new AdaptiveSoftmaxShape([100, 400]) }));
        var elman = new Subject("8-bit Elman", Subject.Create(Shape(CellKind.Elman, 600, 40)).Quantize());
        var quantized = new Subject("8-bit adaptive GRU", gru.Model.Quantize());
        return
        [
            .. ModelActivities.Of(large),
            .. ModelActivities.Of(lstm),
            .. ModelActivities.Of(gru),
            .. ModelActivities.Of(elman),
            .. ModelActivities.Of(quantized),
            .. FileActivities.Of(lstm, folder),
            .. FileActivities.Of(gru, folder),
            .. FileActivities.Of(elman, folder),
            .. FileActivities.Of(quantized, folder),
            .. PipelineActivities.Of(lstm, folder),
            .. PipelineActivities.Of(gru, folder),
            .. PipelineActivities.Of(elman, folder),
            .. TrainingActivities.Of(lstm),
        ];
    }

    private static NetworkShape Shape(CellKind cell, int vocabulary, int size)
        => new() { Cell = cell, VocabularySize = vocabulary, EmbeddingSize = size, HiddenSize = size, Layers = 1 };
}

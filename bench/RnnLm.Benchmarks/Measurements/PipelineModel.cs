namespace RnnLm.Benchmarks.Measurements;

/// <summary>A random model in a file, and the zip of a pipeline that has it.</summary>
sealed class PipelineModel
{
    private readonly string model;

    /// <param name="folder">Where the files lie.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="vocabulary">The number of words.</param>
    /// <param name="size">The size of embedding and hidden state.</param>
    /// <param name="quantized">Whether it is in 8 bit.</param>
    public PipelineModel(string folder, string name, int vocabulary, int size, bool quantized)
    {
        (model, Zip) = (Path.Combine(folder, $"{name}.rnnlm"), Path.Combine(folder, $"{name}.zip"));
        var made = RandomModel.Create(new NetworkSetting(CellKind.Lstm, size) { Layers = 1, Vocabulary = vocabulary });
        (quantized ? made.Quantize() : made).Save(model);
        Bytes = new FileInfo(model).Length;
    }

    /// <summary>The length of the model's file.</summary>
    public long Bytes { get; }

    /// <summary>The pipeline's file, which <c>save</c> makes.</summary>
    public string Zip { get; }

    public PipelineFigures Measure(string step) => PipelineStep.Measure(step, model, Zip);

    /// <summary>A model of 303 MB.</summary>
    public static PipelineModel Large(string folder, bool quantized = false) => new(folder, quantized ? "large8" : "large", 33_900, 1_000, quantized);
}

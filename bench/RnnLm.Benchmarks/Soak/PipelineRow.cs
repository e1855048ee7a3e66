namespace RnnLm.Benchmarks.Soak;

/// <summary>A row that goes into a pipeline.</summary>
sealed class PipelineRow
{
    public string Text { get; set; } = "";
}

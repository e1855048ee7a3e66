namespace RnnLm.Benchmarks.Measurements;

/// <summary>What a pipeline is asked.</summary>
sealed class PipelineRow
{
    public string Text { get; set; } = "";
}

/// <summary>What it answers.</summary>
sealed class PipelinePrediction
{
    public string NextWord { get; set; } = "";
}

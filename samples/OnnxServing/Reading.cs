using Microsoft.ML.Data;

namespace OnnxServing;

/// <summary>A row that goes into the network: a word, and what was read before it.</summary>
sealed class Reading
{
    [ColumnName("words")]
    [VectorType(1, 1)]
    public long[] Words { get; set; } = [];

    [ColumnName("h0")]
    public float[] Hidden { get; set; } = [];

    [ColumnName("c0")]
    public float[] Memory { get; set; } = [];
}

/// <summary>What the network makes of it: the most probable next words, and what has been read now.</summary>
sealed class Prediction
{
    [ColumnName("next_words")]
    public long[] NextWords { get; set; } = [];

    [ColumnName("probabilities")]
    public float[] Probabilities { get; set; } = [];

    [ColumnName("next_h0")]
    public float[] Hidden { get; set; } = [];

    [ColumnName("next_c0")]
    public float[] Memory { get; set; } = [];
}

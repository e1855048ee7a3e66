using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Continuations and their scores, of a number that ML.NET knows, as <see cref="VectorParts"/>.</summary>
internal class ContinuationParts
{
    /// <summary>The greatest number.</summary>
    public const int MaximumSize = 255;

    /// <summary>What the names of the columns of texts begin with.</summary>
    public const string TextPrefix = PrivateColumns.Prefix + "Continuations.";

    /// <summary>What the names of the columns of scores begin with.</summary>
    public const string ScorePrefix = PrivateColumns.Prefix + "ContinuationScores.";

    private readonly VBuffer<ReadOnlyMemory<char>>[] texts = new VBuffer<ReadOnlyMemory<char>>[VectorParts.Count];
    private readonly VBuffer<float>[] scores = new VBuffer<float>[VectorParts.Count];

    [ColumnName(TextPrefix + "1"), VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Continuations1 { get => texts[0]; set => texts[0] = value; }

    [ColumnName(TextPrefix + "2"), VectorType(2)]
    public VBuffer<ReadOnlyMemory<char>> Continuations2 { get => texts[1]; set => texts[1] = value; }

    [ColumnName(TextPrefix + "4"), VectorType(4)]
    public VBuffer<ReadOnlyMemory<char>> Continuations4 { get => texts[2]; set => texts[2] = value; }

    [ColumnName(TextPrefix + "8"), VectorType(8)]
    public VBuffer<ReadOnlyMemory<char>> Continuations8 { get => texts[3]; set => texts[3] = value; }

    [ColumnName(TextPrefix + "16"), VectorType(16)]
    public VBuffer<ReadOnlyMemory<char>> Continuations16 { get => texts[4]; set => texts[4] = value; }

    [ColumnName(TextPrefix + "32"), VectorType(32)]
    public VBuffer<ReadOnlyMemory<char>> Continuations32 { get => texts[5]; set => texts[5] = value; }

    [ColumnName(TextPrefix + "64"), VectorType(64)]
    public VBuffer<ReadOnlyMemory<char>> Continuations64 { get => texts[6]; set => texts[6] = value; }

    [ColumnName(TextPrefix + "128"), VectorType(128)]
    public VBuffer<ReadOnlyMemory<char>> Continuations128 { get => texts[7]; set => texts[7] = value; }

    [ColumnName(ScorePrefix + "1"), VectorType(1)]
    public VBuffer<float> ContinuationScores1 { get => scores[0]; set => scores[0] = value; }

    [ColumnName(ScorePrefix + "2"), VectorType(2)]
    public VBuffer<float> ContinuationScores2 { get => scores[1]; set => scores[1] = value; }

    [ColumnName(ScorePrefix + "4"), VectorType(4)]
    public VBuffer<float> ContinuationScores4 { get => scores[2]; set => scores[2] = value; }

    [ColumnName(ScorePrefix + "8"), VectorType(8)]
    public VBuffer<float> ContinuationScores8 { get => scores[3]; set => scores[3] = value; }

    [ColumnName(ScorePrefix + "16"), VectorType(16)]
    public VBuffer<float> ContinuationScores16 { get => scores[4]; set => scores[4] = value; }

    [ColumnName(ScorePrefix + "32"), VectorType(32)]
    public VBuffer<float> ContinuationScores32 { get => scores[5]; set => scores[5] = value; }

    [ColumnName(ScorePrefix + "64"), VectorType(64)]
    public VBuffer<float> ContinuationScores64 { get => scores[6]; set => scores[6] = value; }

    [ColumnName(ScorePrefix + "128"), VectorType(128)]
    public VBuffer<float> ContinuationScores128 { get => scores[7]; set => scores[7] = value; }

    /// <summary>Overwrites the texts.</summary>
    internal void Set(ReadOnlySpan<ReadOnlyMemory<char>> values) => VectorParts.Write(values, texts);

    /// <summary>Overwrites the scores.</summary>
    internal void Set(ReadOnlySpan<float> values) => VectorParts.Write(values, scores);
}

using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>Suggestions and a probability for each, of a number that ML.NET knows, as <see cref="VectorParts"/>; no more than a person looks at.</summary>
internal class SuggestionParts
{
    /// <summary>What the names of the parts' columns begin with.</summary>
    public const string Prefix = PrivateColumns.Prefix + "Suggestions.", ProbabilityPrefix = PrivateColumns.Prefix + "SuggestionProbabilities.";

    private const int PartCount = 6; // up to SuggestionOptions.MaximumCount

    private readonly VBuffer<ReadOnlyMemory<char>>[] parts = new VBuffer<ReadOnlyMemory<char>>[PartCount];
    private readonly VBuffer<float>[] probabilities = new VBuffer<float>[PartCount];

    [ColumnName(Prefix + "1"), VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions1 { get => parts[0]; set => parts[0] = value; }

    [ColumnName(Prefix + "2"), VectorType(2)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions2 { get => parts[1]; set => parts[1] = value; }

    [ColumnName(Prefix + "4"), VectorType(4)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions4 { get => parts[2]; set => parts[2] = value; }

    [ColumnName(Prefix + "8"), VectorType(8)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions8 { get => parts[3]; set => parts[3] = value; }

    [ColumnName(Prefix + "16"), VectorType(16)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions16 { get => parts[4]; set => parts[4] = value; }

    [ColumnName(Prefix + "32"), VectorType(32)]
    public VBuffer<ReadOnlyMemory<char>> Suggestions32 { get => parts[5]; set => parts[5] = value; }

    [ColumnName(ProbabilityPrefix + "1"), VectorType(1)]
    public VBuffer<float> Probabilities1 { get => probabilities[0]; set => probabilities[0] = value; }

    [ColumnName(ProbabilityPrefix + "2"), VectorType(2)]
    public VBuffer<float> Probabilities2 { get => probabilities[1]; set => probabilities[1] = value; }

    [ColumnName(ProbabilityPrefix + "4"), VectorType(4)]
    public VBuffer<float> Probabilities4 { get => probabilities[2]; set => probabilities[2] = value; }

    [ColumnName(ProbabilityPrefix + "8"), VectorType(8)]
    public VBuffer<float> Probabilities8 { get => probabilities[3]; set => probabilities[3] = value; }

    [ColumnName(ProbabilityPrefix + "16"), VectorType(16)]
    public VBuffer<float> Probabilities16 { get => probabilities[4]; set => probabilities[4] = value; }

    [ColumnName(ProbabilityPrefix + "32"), VectorType(32)]
    public VBuffer<float> Probabilities32 { get => probabilities[5]; set => probabilities[5] = value; }

    /// <summary>Overwrites the suggestions and their probabilities.</summary>
    protected void Set(ReadOnlySpan<ReadOnlyMemory<char>> suggestions, ReadOnlySpan<float> values)
    {
        VectorParts.Write(suggestions, parts);
        VectorParts.Write(values, probabilities);
    }
}

using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>What a gap is filled with, and a probability for each, of a number that ML.NET knows, as <see cref="VectorParts"/>.</summary>
internal class FilledParts
{
    /// <summary>The greatest number.</summary>
    public const int MaximumSize = (1 << Count) - 1;

    /// <summary>What the names of the columns of the words' parts begin with.</summary>
    public const string WordsPrefix = PrivateColumns.Prefix + "FilledWords.";

    /// <summary>What the names of the columns of the probabilities' parts begin with.</summary>
    public const string ProbabilitiesPrefix = PrivateColumns.Prefix + "FilledProbabilities.";

    private const int Count = 8;

    private readonly VBuffer<ReadOnlyMemory<char>>[] words = new VBuffer<ReadOnlyMemory<char>>[Count];
    private readonly VBuffer<float>[] probabilities = new VBuffer<float>[Count];

    [ColumnName(WordsPrefix + "1"), VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Words1 { get => words[0]; set => words[0] = value; }

    [ColumnName(WordsPrefix + "2"), VectorType(2)]
    public VBuffer<ReadOnlyMemory<char>> Words2 { get => words[1]; set => words[1] = value; }

    [ColumnName(WordsPrefix + "4"), VectorType(4)]
    public VBuffer<ReadOnlyMemory<char>> Words4 { get => words[2]; set => words[2] = value; }

    [ColumnName(WordsPrefix + "8"), VectorType(8)]
    public VBuffer<ReadOnlyMemory<char>> Words8 { get => words[3]; set => words[3] = value; }

    [ColumnName(WordsPrefix + "16"), VectorType(16)]
    public VBuffer<ReadOnlyMemory<char>> Words16 { get => words[4]; set => words[4] = value; }

    [ColumnName(WordsPrefix + "32"), VectorType(32)]
    public VBuffer<ReadOnlyMemory<char>> Words32 { get => words[5]; set => words[5] = value; }

    [ColumnName(WordsPrefix + "64"), VectorType(64)]
    public VBuffer<ReadOnlyMemory<char>> Words64 { get => words[6]; set => words[6] = value; }

    [ColumnName(WordsPrefix + "128"), VectorType(128)]
    public VBuffer<ReadOnlyMemory<char>> Words128 { get => words[7]; set => words[7] = value; }

    [ColumnName(ProbabilitiesPrefix + "1"), VectorType(1)]
    public VBuffer<float> Probabilities1 { get => probabilities[0]; set => probabilities[0] = value; }

    [ColumnName(ProbabilitiesPrefix + "2"), VectorType(2)]
    public VBuffer<float> Probabilities2 { get => probabilities[1]; set => probabilities[1] = value; }

    [ColumnName(ProbabilitiesPrefix + "4"), VectorType(4)]
    public VBuffer<float> Probabilities4 { get => probabilities[2]; set => probabilities[2] = value; }

    [ColumnName(ProbabilitiesPrefix + "8"), VectorType(8)]
    public VBuffer<float> Probabilities8 { get => probabilities[3]; set => probabilities[3] = value; }

    [ColumnName(ProbabilitiesPrefix + "16"), VectorType(16)]
    public VBuffer<float> Probabilities16 { get => probabilities[4]; set => probabilities[4] = value; }

    [ColumnName(ProbabilitiesPrefix + "32"), VectorType(32)]
    public VBuffer<float> Probabilities32 { get => probabilities[5]; set => probabilities[5] = value; }

    [ColumnName(ProbabilitiesPrefix + "64"), VectorType(64)]
    public VBuffer<float> Probabilities64 { get => probabilities[6]; set => probabilities[6] = value; }

    [ColumnName(ProbabilitiesPrefix + "128"), VectorType(128)]
    public VBuffer<float> Probabilities128 { get => probabilities[7]; set => probabilities[7] = value; }

    /// <summary>Overwrites the words.</summary>
    internal void Set(ReadOnlySpan<ReadOnlyMemory<char>> values) => VectorParts.Write(values, words);

    /// <summary>Overwrites the probabilities.</summary>
    internal void Set(ReadOnlySpan<float> values) => VectorParts.Write(values, probabilities);
}

using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>Words of a number that ML.NET knows, as <see cref="VectorParts"/>.</summary>
internal class WordParts
{
    /// <summary>What the names of the parts' columns begin with.</summary>
    public const string Prefix = PrivateColumns.Prefix + "Words.";

    private readonly VBuffer<ReadOnlyMemory<char>>[] parts = new VBuffer<ReadOnlyMemory<char>>[VectorParts.Count];

    [ColumnName(Prefix + "1"), VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Words1 { get => parts[0]; set => parts[0] = value; }

    [ColumnName(Prefix + "2"), VectorType(2)]
    public VBuffer<ReadOnlyMemory<char>> Words2 { get => parts[1]; set => parts[1] = value; }

    [ColumnName(Prefix + "4"), VectorType(4)]
    public VBuffer<ReadOnlyMemory<char>> Words4 { get => parts[2]; set => parts[2] = value; }

    [ColumnName(Prefix + "8"), VectorType(8)]
    public VBuffer<ReadOnlyMemory<char>> Words8 { get => parts[3]; set => parts[3] = value; }

    [ColumnName(Prefix + "16"), VectorType(16)]
    public VBuffer<ReadOnlyMemory<char>> Words16 { get => parts[4]; set => parts[4] = value; }

    [ColumnName(Prefix + "32"), VectorType(32)]
    public VBuffer<ReadOnlyMemory<char>> Words32 { get => parts[5]; set => parts[5] = value; }

    [ColumnName(Prefix + "64"), VectorType(64)]
    public VBuffer<ReadOnlyMemory<char>> Words64 { get => parts[6]; set => parts[6] = value; }

    [ColumnName(Prefix + "128"), VectorType(128)]
    public VBuffer<ReadOnlyMemory<char>> Words128 { get => parts[7]; set => parts[7] = value; }

    [ColumnName(Prefix + "256"), VectorType(256)]
    public VBuffer<ReadOnlyMemory<char>> Words256 { get => parts[8]; set => parts[8] = value; }

    [ColumnName(Prefix + "512"), VectorType(512)]
    public VBuffer<ReadOnlyMemory<char>> Words512 { get => parts[9]; set => parts[9] = value; }

    [ColumnName(Prefix + "1024"), VectorType(1024)]
    public VBuffer<ReadOnlyMemory<char>> Words1024 { get => parts[10]; set => parts[10] = value; }

    [ColumnName(Prefix + "2048"), VectorType(2048)]
    public VBuffer<ReadOnlyMemory<char>> Words2048 { get => parts[11]; set => parts[11] = value; }

    [ColumnName(Prefix + "4096"), VectorType(4096)]
    public VBuffer<ReadOnlyMemory<char>> Words4096 { get => parts[12]; set => parts[12] = value; }

    [ColumnName(Prefix + "8192"), VectorType(8192)]
    public VBuffer<ReadOnlyMemory<char>> Words8192 { get => parts[13]; set => parts[13] = value; }

    [ColumnName(Prefix + "16384"), VectorType(16384)]
    public VBuffer<ReadOnlyMemory<char>> Words16384 { get => parts[14]; set => parts[14] = value; }

    [ColumnName(Prefix + "32768"), VectorType(32768)]
    public VBuffer<ReadOnlyMemory<char>> Words32768 { get => parts[15]; set => parts[15] = value; }

    /// <summary>Overwrites the words.</summary>
    internal void Set(ReadOnlySpan<ReadOnlyMemory<char>> values) => VectorParts.Write(values, parts);
}

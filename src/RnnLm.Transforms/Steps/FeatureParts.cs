using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>Features of a number that ML.NET knows, as <see cref="VectorParts"/>.</summary>
internal class FeatureParts
{
    /// <summary>What the names of the parts' columns begin with.</summary>
    public const string Prefix = PrivateColumns.Prefix + "Features.";

    private readonly VBuffer<float>[] parts = new VBuffer<float>[VectorParts.Count];

    [ColumnName(Prefix + "1"), VectorType(1)]
    public VBuffer<float> Features1 { get => parts[0]; set => parts[0] = value; }

    [ColumnName(Prefix + "2"), VectorType(2)]
    public VBuffer<float> Features2 { get => parts[1]; set => parts[1] = value; }

    [ColumnName(Prefix + "4"), VectorType(4)]
    public VBuffer<float> Features4 { get => parts[2]; set => parts[2] = value; }

    [ColumnName(Prefix + "8"), VectorType(8)]
    public VBuffer<float> Features8 { get => parts[3]; set => parts[3] = value; }

    [ColumnName(Prefix + "16"), VectorType(16)]
    public VBuffer<float> Features16 { get => parts[4]; set => parts[4] = value; }

    [ColumnName(Prefix + "32"), VectorType(32)]
    public VBuffer<float> Features32 { get => parts[5]; set => parts[5] = value; }

    [ColumnName(Prefix + "64"), VectorType(64)]
    public VBuffer<float> Features64 { get => parts[6]; set => parts[6] = value; }

    [ColumnName(Prefix + "128"), VectorType(128)]
    public VBuffer<float> Features128 { get => parts[7]; set => parts[7] = value; }

    [ColumnName(Prefix + "256"), VectorType(256)]
    public VBuffer<float> Features256 { get => parts[8]; set => parts[8] = value; }

    [ColumnName(Prefix + "512"), VectorType(512)]
    public VBuffer<float> Features512 { get => parts[9]; set => parts[9] = value; }

    [ColumnName(Prefix + "1024"), VectorType(1024)]
    public VBuffer<float> Features1024 { get => parts[10]; set => parts[10] = value; }

    [ColumnName(Prefix + "2048"), VectorType(2048)]
    public VBuffer<float> Features2048 { get => parts[11]; set => parts[11] = value; }

    [ColumnName(Prefix + "4096"), VectorType(4096)]
    public VBuffer<float> Features4096 { get => parts[12]; set => parts[12] = value; }

    [ColumnName(Prefix + "8192"), VectorType(8192)]
    public VBuffer<float> Features8192 { get => parts[13]; set => parts[13] = value; }

    [ColumnName(Prefix + "16384"), VectorType(16384)]
    public VBuffer<float> Features16384 { get => parts[14]; set => parts[14] = value; }

    [ColumnName(Prefix + "32768"), VectorType(32768)]
    public VBuffer<float> Features32768 { get => parts[15]; set => parts[15] = value; }

    /// <summary>Overwrites the features.</summary>
    internal void Set(ReadOnlySpan<float> values) => VectorParts.Write(values, parts);
}

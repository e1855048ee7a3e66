using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes into the arrays of a <see cref="VBuffer{T}"/>, taking over those it already has where they are large enough.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int length;
    private readonly T[] values;
    private readonly int[] indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(
        int length,
        int count,
        T[] values,
        int[] indices,
        bool indicesOnDense,
        bool createdNewValues,
        bool createdNewIndices)
    {
        this.length = length;
        this.values = values;
        this.indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count != length || indicesOnDense ? indices.AsSpan(0, count) : default;
        CreatedNewValues = createdNewValues;
        CreatedNewIndices = createdNewIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(length, Values.Length, values, indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Fault.CheckArgument(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            "Updating physicalValuesCount during CommitTruncated cannot be greater than the original physicalValuesCount value "
            + "used in Create.");
        return new(length, physicalValuesCount, values, indices);
    }
}

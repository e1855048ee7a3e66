using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector of <see cref="Length"/> items: all of them (dense), or some of them with their indices, the others being
/// the item type's default (sparse).
/// </summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] values;
    private readonly int[] indices;
    private readonly int count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Fault.CheckArgument(length >= 0, nameof(length));
        Fault.CheckArgument((values?.Length ?? 0) >= length, nameof(values));
        Length = length;
        count = length;
        this.values = values;
        this.indices = indices;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Fault.CheckArgument(length >= 0, nameof(length));
        Fault.CheckArgument(0 <= count && count <= length, nameof(count));
        Fault.CheckArgument((values?.Length ?? 0) >= count, nameof(values));
        Fault.CheckArgument(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        this.count = count;
        this.values = values;
        this.indices = indices;
    }

    public bool IsDense => count == Length;

    public ReadOnlySpan<T> GetValues() => values.AsSpan(0, count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : indices.AsSpan(0, count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Fault.CheckArgument(0 <= sourceIndex && sourceIndex <= Length, nameof(sourceIndex));
        Fault.CheckArgument(0 <= length && sourceIndex <= Length - length, nameof(length));
        int first = sourceIndex, last = sourceIndex + length;
        if (!IsDense)
        {
            first = FirstAtLeast(sourceIndex);
            last = FirstAtLeast(sourceIndex + length);
        }
        var editor = VBufferEditor.Create(ref destination, length, last - first);
        GetValues()[first..last].CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = indices[first + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Fault.CheckArgument(0 <= destinationIndex && destinationIndex <= destination.Length - Length, nameof(destination),
            "Not large enough to hold these values.");
        if (Length == 0)
            return;
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        // As in ML.NET, a vector without any explicit value does not use the default value that was passed in.
        target.Fill(count == 0 ? default : defaultValue);
        for (var i = 0; i < count; i++)
            target[indices[i]] = values[i];
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var size = source?.Length ?? 0;
        Fault.CheckArgument(0 <= length && length <= size, nameof(length));
        Fault.CheckArgument(0 <= sourceIndex && sourceIndex <= size - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
        => IsDense || all ? DenseItems(this) : ExplicitItems(this);

    public IEnumerable<T> DenseValues() => DenseItems(this).Select(item => item.Value);

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Fault.CheckArgument(0 <= index && index < Length, nameof(index));
        if (IsDense)
            return values[index];
        var position = FirstAtLeast(index);
        return position < count && indices[position] == index ? values[position] : default;
    }

    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {count} explicit values";

    public IEnumerator GetEnumerator() => values.GetEnumerator();

    internal VBufferEditor<T> Edit(int length, int? valuesCount, int? capacity, bool keepOld, bool indicesOnDense)
    {
        Fault.CheckArgument(length >= 0, "newLogicalLength", "Must be non-negative.");
        Fault.CheckArgument(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        Fault.CheckArgument(valuesCount is null || valuesCount <= length, nameof(valuesCount),
            "If specified, must be no greater than newLogicalLength");
        var explicitCount = valuesCount ?? length;
        var limit = capacity ?? Array.MaxLength;
        var newValues = Grow(values, explicitCount, limit, keepOld);
        var newIndices = explicitCount == length && !indicesOnDense ? indices : Grow(indices, explicitCount, limit, keepOld);
        return new VBufferEditor<T>(length, explicitCount, newValues, newIndices, indicesOnDense,
            !ReferenceEquals(newValues, values), !ReferenceEquals(newIndices, indices));
    }

    internal VBufferEditor<T> Edit() => Edit(Length, count, null, false, false);

    private static TItem[] Grow<TItem>(TItem[] array, int size, int limit, bool keepOld)
    {
        if (array is null && size == 0)
            return null;
        if (array is not null && array.Length >= size)
            return array;
        Fault.CheckArgument(size <= limit, nameof(size));
        // Room for twice the old size, so that a vector that grows item by item does not copy itself each time.
        var doubled = array is null or [] ? 4 : 2L * array.Length;
        var grown = new TItem[(int)Math.Max(size, Math.Min(limit, doubled))];
        if (keepOld && array is not null)
            array.CopyTo(grown, 0);
        return grown;
    }

    private int FirstAtLeast(int index)
    {
        var found = Array.BinarySearch(indices ?? [], 0, count, index);
        return found >= 0 ? found : ~found;
    }

    private static IEnumerable<KeyValuePair<int, T>> ExplicitItems(VBuffer<T> buffer)
    {
        for (var i = 0; i < buffer.count; i++)
            yield return new(buffer.indices[i], buffer.values[i]);
    }

    private static IEnumerable<KeyValuePair<int, T>> DenseItems(VBuffer<T> buffer)
    {
        var next = 0;
        for (var slot = 0; slot < buffer.Length; slot++)
        {
            if (buffer.IsDense)
                yield return new(slot, buffer.values[slot]);
            else if (next < buffer.count && buffer.indices[next] == slot)
                yield return new(slot, buffer.values[next++]);
            else
                yield return new(slot, default);
        }
    }
}

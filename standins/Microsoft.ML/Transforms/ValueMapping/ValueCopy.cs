using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Copies of values: what a getter hands out is the caller's own, but the text within a vector is shared.</summary>
internal static class ValueCopy
{
    public delegate void Copier<T>(in T value, ref T target);

    public static Copier<T> For<T>(DataViewType type)
        => type is VectorDataViewType vector
            ? (Copier<T>)RuntimeGenerics.CallStatic<Delegate>(typeof(ValueCopy), nameof(OfVectors), [vector.ItemType.RawType])
            : (in T value, ref T target) => target = value;

    private static Copier<VBuffer<T>> OfVectors<T>() => (in VBuffer<T> value, ref VBuffer<T> target) => value.CopyTo(ref target);
}

using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Turns a .NET value into the getter of an annotation of a given type.</summary>
internal static class AnnotationValue
{
    public static Delegate Getter<T>(T value, DataViewType type)
    {
        var item = MemberType.ItemOf("annotation value", typeof(T), out var isVector);
        Fault.Check(isVector == type is VectorDataViewType, $"Value inputted is supposed to be {Shape(isVector)}, "
            + $"but type of Annotationinfo is {Shape(!isVector)}");
        Fault.Check(item.RawType == type.ItemType().RawType, $"Value inputted is supposed to have Type {item.RawType}, "
            + $"but type of Annotationinfo has {type.ItemType().RawType}");
        return value switch
        {
            string text => Constant(text.AsMemory()),
            string[] texts => OfArray(Array.ConvertAll(texts, t => t.AsMemory())),
            Array array => RuntimeGenerics.CallStatic<Delegate>(typeof(AnnotationValue), nameof(OfArray), [item.RawType], array),
            _ when isVector => RuntimeGenerics.CallStatic<Delegate>(typeof(AnnotationValue), nameof(OfBuffer), [item.RawType], value),
            _ => Constant(value),
        };
    }

    private static string Shape(bool isVector) => isVector ? "vector" : "scalar";

    private static ValueGetter<T> Constant<T>(T value) => (ref T target) => target = value;

    private static ValueGetter<VBuffer<T>> OfArray<T>(T[] values)
        => (ref VBuffer<T> target) => VBuffer<T>.Copy(values, 0, ref target, values.Length);

    private static ValueGetter<VBuffer<T>> OfBuffer<T>(VBuffer<T> value) => (ref VBuffer<T> target) => value.CopyTo(ref target);
}

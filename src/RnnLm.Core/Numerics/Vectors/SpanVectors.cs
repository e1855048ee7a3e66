using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnLm.Numerics;

/// <summary>
/// Reads and writes vectors of a span, the last of which may be cut short, so that a loop over vectors needs no second form for
/// what is left over: <c>for (var i = 0; i &lt; length; i += SpanVectors.Count)</c>.
/// </summary>
internal static class SpanVectors
{
    public static int Count => Vector<float>.Count;

    /// <summary>The values from <paramref name="start"/> on, followed by zeros where the span ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ReadOnlySpan<float> values, int start)
        => start <= values.Length - Count
            ? Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start)
            : LoadLast(values[start..]);

    /// <summary>Writes the values from <paramref name="start"/> on, as far as the span reaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> vector, Span<float> values, int start)
    {
        if (start <= values.Length - Count) vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);
        else StoreLast(vector, values[start..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<float> LoadLast(ReadOnlySpan<float> values)
    {
        Span<float> whole = stackalloc float[Count];
        values.CopyTo(whole);
        whole[values.Length..].Clear();
        return new Vector<float>(whole);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreLast(Vector<float> vector, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = vector[i];
    }
}

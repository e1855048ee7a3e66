using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Steps;

/// <summary>
/// Vectors of a size that ML.NET knows. The sizes in a mapping's row class are fixed when it is compiled, so a mapping gives such a vector in
/// parts of 1, 2, 4, 8, … slots, those in the binary notation of its size, and a built-in step joins them.
/// </summary>
internal static class VectorParts
{
    /// <summary>How many parts there are to choose from.</summary>
    public const int Count = 16;

    /// <summary>The greatest size.</summary>
    public const int MaximumSize = (1 << Count) - 1;

    /// <summary>The step that joins parts to a vector.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="name">The column of the vector.</param>
    /// <param name="prefix">What the names of the parts' columns begin with; their sizes follow.</param>
    /// <param name="size">The vector's size.</param>
    public static IEstimator<ITransformer> Join(MLContext mlContext, string name, string prefix, int size)
        => mlContext.Transforms.Concatenate(name, [.. PartsOf(size).Select(part => $"{prefix}{1 << part}")]);

    /// <summary>Cuts a vector into its parts.</summary>
    /// <param name="values">The vector.</param>
    /// <param name="parts">Receives the parts: the one at <c>i</c> has <c>2^i</c> slots. Those that the vector does not need are left as they are.</param>
    public static void Write<T>(ReadOnlySpan<T> values, VBuffer<T>[] parts)
    {
        for (var part = Count - 1; part >= 0; part--)
        {
            var size = 1 << part;
            if ((values.Length & size) == 0) continue;
            var editor = VBufferEditor.Create(ref parts[part], size);
            // What is before this part is what the higher bits stand for.
            values.Slice(values.Length & ~((size << 1) - 1), size).CopyTo(editor.Values);
            parts[part] = editor.Commit();
        }
    }

    private static IEnumerable<int> PartsOf(int size) => Enumerable.Range(0, Count).Reverse().Where(part => (size & (1 << part)) != 0);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm;

/// <summary>One learned tensor of a network: a matrix in row-major order, or a vector where <see cref="Columns"/> is 1.</summary>
/// <param name="name">The tensor's name in a model file, such as <c>layers.0.input</c>.</param>
/// <param name="rows">The number of rows; each row makes one output.</param>
/// <param name="columns">The number of columns.</param>
public sealed class NetworkParameter(string name, int rows, int columns = 1)
{
    internal NetworkParameter(TensorShape shape)
        : this(shape.Name, shape.Rows, shape.Columns)
    {
    }

    /// <summary>The tensor's name in a model file.</summary>
    public string Name { get; } = name;

    /// <summary>The number of rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>The number of columns; 1 for a vector.</summary>
    public int Columns { get; } = columns;

    /// <summary>The values in row-major order: <c>[rows, columns]</c>.</summary>
    public float[] Values { get; } = HugePages.NewArray(checked(rows * columns));

    /// <summary>The values as a matrix: <c>[rows, columns]</c>.</summary>
    internal MatrixView Matrix => new(Values, Rows, Columns);

    /// <summary>Whether every value is a finite number.</summary>
    internal bool IsFinite => AreFinite(Values);

    /// <summary>Copies the values to a parameter of the same sizes.</summary>
    internal void CopyTo(NetworkParameter destination) => Values.CopyTo(destination.Values.AsSpan());

    internal NetworkParameter Clone()
    {
        var copy = new NetworkParameter(Name, Rows, Columns);
        CopyTo(copy);
        return copy;
    }

    /// <summary>Whether every one of some values is a finite number.</summary>
    // Optimised from the first call on, since a process that loads one model calls it a few times only, over millions of values.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool AreFinite(ReadOnlySpan<float> values)
    {
        // A finite number times zero is zero; infinity or NaN times zero is NaN, and so is every sum with it.
        var sums = Vector<float>.Zero;
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..]) sums += new Vector<float>(values) * 0;
        var sum = Vector.Sum(sums);
        foreach (var value in values) sum += value * 0;
        return sum == 0;
    }
}

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

    /// <summary>Copies the values to a parameter of the same sizes.</summary>
    internal void CopyTo(NetworkParameter destination) => Values.CopyTo(destination.Values.AsSpan());

    internal NetworkParameter Clone()
    {
        var copy = new NetworkParameter(Name, Rows, Columns);
        CopyTo(copy);
        return copy;
    }
}

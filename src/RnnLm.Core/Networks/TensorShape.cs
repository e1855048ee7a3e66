namespace RnnLm.Networks;

/// <summary>The name and the sizes of one learned tensor.</summary>
/// <param name="Name">The tensor's name in a model file, such as <c>layers.0.input</c>.</param>
/// <param name="Rows">The number of rows; each makes one output.</param>
/// <param name="Columns">The number of columns; 1 for a vector.</param>
internal sealed record TensorShape(string Name, int Rows, int Columns = 1)
{
    /// <summary>The number of values.</summary>
    public long Count => (long)Rows * Columns;
}

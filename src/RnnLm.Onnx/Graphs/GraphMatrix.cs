namespace RnnLm.Onnx.Graphs;

/// <summary>A learned matrix in a graph, <c>[rows, columns]</c>, whatever form its numbers have. It is among the graph's constants once it is used.</summary>
internal abstract class GraphMatrix
{
    /// <summary>The number of columns: the length of the vectors it multiplies.</summary>
    public abstract int Columns { get; }

    /// <summary>Some rows.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">Which: whole numbers <c>[n, m]</c>.</param>
    /// <returns>The rows: <c>[n, m, columns]</c>.</returns>
    public abstract string Rows(GraphBuilder graph, string rows);

    /// <summary><c>X Wᵀ</c>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="vectors">The vectors, one to a row: <c>[n, columns]</c>.</param>
    /// <returns>The products: <c>[n, rows]</c>.</returns>
    public abstract string Multiply(GraphBuilder graph, string vectors);

    /// <summary><c>X Wᵀ + b</c>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="vectors">The vectors, one to a row: <c>[n, columns]</c>.</param>
    /// <param name="addend">What is added: <c>[rows]</c>, or <c>[n, rows]</c>.</param>
    /// <returns>The sums: <c>[n, rows]</c>.</returns>
    public abstract string MultiplyAdd(GraphBuilder graph, string vectors, string addend);
}

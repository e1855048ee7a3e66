using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The gradient of an embedding, which takes a row for every word read.</summary>
internal interface IEmbeddingGradient
{
    /// <summary>Lets the rows of words, which are about to be read, make up for the updates that they have sat out. A part takes care of words of its own.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    void MakeUp(ReadOnlySpan<int> ids, int part, int parts);

    /// <summary>Makes ready for the words of a window.</summary>
    void Begin(ReadOnlySpan<int> ids);

    /// <summary>Adds each row to that of its word. A part takes care of words of its own, in the order of the rows.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="rows">A row for each of them.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    void AddRows(ReadOnlySpan<int> ids, MatrixView rows, int part, int parts);
}

using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// What each word's embedding gives the gates of the first layer: a row <c>W_x e + b</c> a word, so that reading a word needs no
/// product with <c>W_x</c>. A row is worked out when its word is first read, so a fresh network costs no time, and memory is
/// touched only for words that occur.
/// </summary>
/// <remarks>
/// Threads that meet a new word at the same moment both write its row. They write the same bits over one another, and a row counts
/// as there only when one of them has finished, so no lock is needed.
/// </remarks>
internal sealed class InputTable
{
    private readonly WeightMatrix embedding;
    private readonly RecurrentLayer layer;
    private readonly float[] rows;
    private readonly bool[] isFilled;

    public InputTable(WeightMatrix embedding, RecurrentLayer layer)
    {
        this.embedding = embedding;
        this.layer = layer;
        rows = GC.AllocateUninitializedArray<float>(embedding.Rows * layer.GateCount);
        isFilled = new bool[embedding.Rows];
    }

    /// <summary>Writes the rows of words to <paramref name="gates"/>: <c>[words, gates * hidden]</c>.</summary>
    public void Read(ReadOnlySpan<int> words, MatrixView gates)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var row = rows.AsSpan(word * layer.GateCount, layer.GateCount);
            if (Volatile.Read(ref isFilled[word]))
            {
                row.CopyTo(gates.Row(i));
                continue;
            }
            layer.ProjectRows(embedding, words.Slice(i, 1), gates.RowRange(i, 1));
            gates.Row(i).CopyTo(row);
            Volatile.Write(ref isFilled[word], true);
        }
    }
}

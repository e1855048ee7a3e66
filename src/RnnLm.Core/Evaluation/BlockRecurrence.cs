using RnnLm.Numerics;

namespace RnnLm.Evaluation;

/// <summary>
/// Reads a stream of words and gives the hidden states from which each of them is predicted, a block of positions at a time: layer
/// after layer, so that what a layer's input gives its gates is one matrix product a block and its recurrent matrix stays in the cache.
/// </summary>
internal sealed class BlockRecurrence
{
    private const int BlockLength = 64;

    private readonly Network network;
    private readonly ReadOnlyMemory<int> ids;
    private readonly bool separatesLines;
    private readonly RecurrentState state;
    private readonly float[] layerInput;
    private readonly float[] layerOutput;
    private readonly float[] gates;
    private readonly float[] scratch;

    /// <summary>Prepares to read a stream.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words to predict; the first is predicted from an end-of-line word and a zero state.</param>
    /// <param name="separatesLines">Whether the state is zero again at the beginning of every line.</param>
    public BlockRecurrence(Network network, ReadOnlyMemory<int> ids, bool separatesLines)
    {
        this.network = network;
        this.ids = ids;
        this.separatesLines = separatesLines;
        state = network.CreateState();
        var widest = Math.Max(network.Shape.EmbeddingSize, network.Layers.Max(layer => layer.HiddenSize));
        layerInput = new float[BlockLength * widest];
        layerOutput = new float[BlockLength * widest];
        gates = new float[BlockLength * network.Layers.Max(layer => layer.GateCount)];
        scratch = new float[network.Layers.Max(layer => layer.ScratchSize)];
    }

    /// <summary>The place in the stream up to which states have been given.</summary>
    public int Position { get; private set; }

    /// <summary>Gives the hidden states from which the next words are predicted, as many as <paramref name="states"/> has rows.</summary>
    /// <param name="states">Receives them: <c>[words, output]</c>.</param>
    public void Read(MatrixView states)
    {
        for (var start = 0; start < states.Rows; start += BlockLength)
        {
            var count = Math.Min(BlockLength, states.Rows - start);
            ReadBlock(states.RowRange(start, count));
            Position += count;
        }
    }

    private void ReadBlock(MatrixView states)
    {
        var count = states.Rows;
        var input = new MatrixView(layerInput, count, network.Shape.EmbeddingSize);
        for (var i = 0; i < count; i++) network.Embedding.CopyRow(WordBefore(Position + i), input.Row(i));

        for (var index = 0; index < network.Layers.Count; index++)
        {
            var layer = network.Layers[index];
            var output = index == network.Layers.Count - 1 ? states : new MatrixView(layerOutput, count, layer.HiddenSize);
            ReadBlock(index, input, output);
            if (index == network.Layers.Count - 1) break;
            // The next layer's input: [count, hidden]
            input = new MatrixView(layerInput, count, layer.HiddenSize);
            for (var i = 0; i < count; i++) output.Row(i).CopyTo(input.Row(i));
        }
    }

    private void ReadBlock(int index, MatrixView input, MatrixView output)
    {
        var layer = network.Layers[index];
        var projections = new MatrixView(gates, input.Rows, layer.GateCount);
        for (var i = 0; i < input.Rows; i++) layer.Bias.CopyTo(projections.Row(i));
        layer.Input.MultiplyAdd(input, 0, projections);

        var hidden = state.MutableHidden(index);
        var cell = state.MutableCell(index);
        for (var i = 0; i < input.Rows; i++)
        {
            if (separatesLines && WordBefore(Position + i) == Vocabulary.EndOfLineId)
            {
                hidden.Clear();
                cell.Clear();
            }
            layer.Step(projections.Row(i), hidden, cell, scratch.AsSpan(0, layer.ScratchSize));
            hidden.CopyTo(output.Row(i));
        }
    }

    private int WordBefore(int position) => position == 0 ? Vocabulary.EndOfLineId : ids.Span[position - 1];
}

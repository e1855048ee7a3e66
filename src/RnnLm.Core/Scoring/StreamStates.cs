using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>Reads a stream of words and gives the hidden states from which each of them is predicted.</summary>
/// <param name="network">The network.</param>
/// <param name="ids">The words to predict; the first is predicted from an end-of-line word and a zero state.</param>
/// <param name="separatesLines">Whether the state is zero again at the beginning of every line.</param>
internal sealed class StreamStates(Network network, ReadOnlyMemory<int> ids, bool separatesLines)
{
    private readonly RecurrentState state = network.CreateState();

    /// <summary>The place in the stream up to which states have been given.</summary>
    public int Position { get; private set; }

    /// <summary>Gives the hidden states from which the next words are predicted, as many as <paramref name="states"/> has rows.</summary>
    /// <param name="states">Receives them: <c>[words, output]</c>.</param>
    public void Read(MatrixView states)
    {
        for (var row = 0; row < states.Rows;)
        {
            // Each word is predicted after the one before it was read.
            var words = Position == 0 ? [Vocabulary.EndOfLineId] : ids.Span.Slice(Position - 1, states.Rows - row);
            if (separatesLines)
            {
                if (words[0] == Vocabulary.EndOfLineId) state.Clear();
                var nextLine = words[1..].IndexOf(Vocabulary.EndOfLineId);
                if (nextLine >= 0) words = words[..(1 + nextLine)];
            }
            network.Read(words, state, states.RowRange(row, words.Length));
            row += words.Length;
            Position += words.Length;
        }
    }
}

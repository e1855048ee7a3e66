using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>Finds the log-probabilities of some words after some states. It has working room, so it belongs to one thread.</summary>
/// <param name="output">The network's output layer.</param>
/// <param name="capacity">The greatest number of states at a time.</param>
internal sealed class WordScorer(OutputLayer output, int capacity) : ILogitReceiver
{
    private readonly LogNormalizers normalizers = new(capacity);
    private readonly List<Query> queries = [];
    private readonly List<float> logits = [];
    // The queries about state i are those from firstQueries[i] to before firstQueries[i + 1].
    private readonly int[] firstQueries = new int[capacity + 1];

    /// <summary>A word whose log-probability is wanted.</summary>
    /// <param name="State">The state it comes after.</param>
    /// <param name="Word">Its id.</param>
    /// <param name="Destination">Where the log-probability is written.</param>
    /// <param name="Index">The place in the destination.</param>
    private readonly record struct Query(int State, int Word, double[] Destination, int Index);

    /// <summary>Asks for a word's log-probability; states are asked about from the first to the last.</summary>
    /// <param name="state">The row of the state that the word comes after.</param>
    /// <param name="word">The word's id.</param>
    /// <param name="destination">Where the answer is to be written.</param>
    /// <param name="index">The place in the destination.</param>
    public void Ask(int state, int word, double[] destination, int index)
    {
        queries.Add(new Query(state, word, destination, index));
        logits.Add(0);
    }

    /// <summary>Answers all that was asked.</summary>
    /// <param name="states">The states: <c>[n, output]</c>.</param>
    public void Answer(MatrixView states)
    {
        normalizers.Clear(states.Rows);
        for (int state = 0, query = 0; state <= states.Rows; state++)
        {
            while (query < queries.Count && queries[query].State < state) query++;
            firstQueries[state] = query;
        }
        output.Logits(states, this);
        for (var i = 0; i < queries.Count; i++)
        {
            var (state, _, destination, index) = queries[i];
            destination[index] = (double)logits[i] - (float)normalizers.Of(state);
        }
        queries.Clear();
        logits.Clear();
    }

    void ILogitReceiver.Take(int firstState, int firstWord, MatrixView tile)
    {
        for (var query = firstQueries[firstState]; query < firstQueries[firstState + tile.Rows]; query++)
        {
            var place = queries[query].Word - firstWord;
            if ((uint)place < (uint)tile.Columns) logits[query] = tile.Row(queries[query].State - firstState)[place];
        }
        normalizers.Add(firstState, tile);
    }
}

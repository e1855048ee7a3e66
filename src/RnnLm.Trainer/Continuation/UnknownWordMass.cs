using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>How probable a model takes words to be that it does not know.</summary>
internal static class UnknownWordMass
{
    private const int MostStretches = 8;

    /// <summary>
    /// The mean probability of the unknown word after each word of some stretches of a text, whose lines are read apart. Null where it is no number: states of a
    /// ReLU cell have no bound.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="text">The text, with ids of a vocabulary that begins with the network's own: those behind are unknown words.</param>
    public static double? MeanOver(Network network, ReadOnlySpan<int> text)
    {
        try
        {
            return Measure(network, text);
        }
        catch (NotFiniteNumberException)
        {
            return null;
        }
    }

    private static double Measure(Network network, ReadOnlySpan<int> text)
    {
        var length = Math.Min(WordScorer.StatesAtOnce, text.Length);
        var stretches = Math.Min(MostStretches, text.Length / length);
        var (queries, scorer) = (new WordQueries(), network.Output.CreateScorer(length));
        var states = MatrixView.Zeros(length, network.Shape.OutputSize); // those after each word
        var sum = 0.0;
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var start = (int)((text.Length - length) * (long)stretch / Math.Max(1, stretches - 1));
            int[] words = [.. text.Slice(start, length).ToArray().Select(word => word < network.Shape.VocabularySize ? word : Vocabulary.UnknownId)];
            ReadLinesApart(network, words, states);
            queries.Clear();
            for (var state = 0; state < length; state++) queries.Add(state, Vocabulary.UnknownId);
            scorer.Score(states, queries);
            foreach (var logProbability in queries.LogProbabilities) sum += Math.Exp(logProbability);
        }
        return sum / (stretches * length);
    }

    private static void ReadLinesApart(Network network, ReadOnlySpan<int> words, MatrixView states)
    {
        // A line is read after an end-of-line word, as a text of its own is.
        var first = 0;
        for (var end = 1; end <= words.Length; end++)
        {
            if (end < words.Length && words[end] != Vocabulary.EndOfLineId) continue;
            network.Read(words[first..end], network.CreateState(), states.RowRange(first, end - first));
            first = end;
        }
    }
}

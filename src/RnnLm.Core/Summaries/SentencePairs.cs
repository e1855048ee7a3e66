using RnnLm.Numerics;

namespace RnnLm.Summaries;

/// <summary>What the sentences of a document tell of one another.</summary>
/// <param name="sentences">The word ids of each sentence, none without words.</param>
/// <param name="mostCompared">How many of them stand for all at most.</param>
internal sealed class SentencePairs(int[][] sentences, int mostCompared)
{
    // Sentences of which the texts of all pairs are made at once: enough for full batches, and few enough to bound the memory.
    private const int SentencesAtOnce = 64;

    /// <summary>Gives the log-probabilities of what texts end with.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="firsts">Of each the first word of its ending.</param>
    public delegate double[] EndingScorer(IReadOnlyList<int[]> texts, IReadOnlyList<int> firsts);

    /// <summary>The sentences that stand for all, rising: spread evenly over the document.</summary>
    public int[] Compared { get; } =
        [.. Enumerable.Range(0, Math.Min(mostCompared, sentences.Length)).Select(place => (int)((long)place * sentences.Length / Math.Min(mostCompared, sentences.Length)))];

    /// <summary>By how many nats each sentence makes each compared one likelier, where each is a line: <c>[sentences, compared]</c>.</summary>
    public double[][] Informations(EndingScorer score)
    {
        int[][] lines = [.. Compared.Select(sentence => (int[])[.. sentences[sentence], Vocabulary.EndOfLineId])];
        var alone = score(lines, new int[lines.Length]);
        var values = new double[sentences.Length][];
        foreach (var block in Enumerable.Range(0, sentences.Length).Chunk(SentencesAtOnce))
        {
            var texts = block.SelectMany(sentence => lines.Select(line => (int[])[.. sentences[sentence], Vocabulary.EndOfLineId, .. line])).ToArray();
            var after = score(texts, [.. block.SelectMany(sentence => Enumerable.Repeat(sentences[sentence].Length + 1, lines.Length))]);
            foreach (var (index, sentence) in block.Index())
                values[sentence] = [.. alone.Select((before, place) => after[(index * lines.Length) + place] - before)];
        }
        return values;
    }

    /// <summary>The cosine of each sentence's embedding and each compared one's: <c>[sentences, compared]</c>.</summary>
    /// <param name="embeddings">The embedding of each sentence.</param>
    public double[][] Cosines(float[][] embeddings)
    {
        double[] lengths = [.. embeddings.Select(embedding => Math.Sqrt(VectorFunctions.SumOfSquares(embedding)))];
        return [.. embeddings.Select((embedding, sentence) => Compared.Select(other =>
            lengths[sentence] * lengths[other] is > 0 and var scale ? VectorFunctions.Dot(embedding, embeddings[other]) / scale : 0).ToArray())];
    }
}

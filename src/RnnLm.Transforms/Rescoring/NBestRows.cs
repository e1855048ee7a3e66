using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Rescoring;

/// <summary>Rows as n-best lists.</summary>
internal static class NBestRows
{
    /// <summary>A row as an n-best list.</summary>
    /// <param name="name">What the list is called.</param>
    /// <param name="hypotheses">The hypotheses.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="hypothesesColumn">The column of the hypotheses, for messages.</param>
    /// <param name="scoresColumn">The column of the scores, for messages.</param>
    /// <param name="reference">What was really said; null where that is not known.</param>
    /// <exception cref="InvalidOperationException">There is not a finite score for each hypothesis.</exception>
    public static NBestList ListOf(
        string name, in VBuffer<ReadOnlyMemory<char>> hypotheses, in VBuffer<float> scores, string hypothesesColumn, string scoresColumn, string? reference = null)
    {
        if (hypotheses.Length != scores.Length)
        {
            throw new InvalidOperationException(Invariant(
                $"A row has {hypotheses.Length} hypotheses in the column '{hypothesesColumn}' and {scores.Length} scores in the column '{scoresColumn}'; there must be a score for each hypothesis."));
        }
        float[] values = [.. scores.DenseValues()];
        var missing = Array.FindIndex(values, value => !float.IsFinite(value));
        if (missing >= 0)
        {
            throw new InvalidOperationException(Invariant(
                $"The score at index {missing} of a row's column '{scoresColumn}' is {values[missing]}; scores must be finite numbers. Leave out hypotheses that have none."));
        }
        return new NBestList(name, hypotheses.DenseValues().Select((text, place) => new Hypothesis(text.ToString(), values[place])), reference);
    }

    /// <summary>The rows of data as n-best lists with references, read in one pass.</summary>
    /// <exception cref="InvalidOperationException">A row does not have a finite score for each hypothesis.</exception>
    public static IEnumerable<NBestList> Read(IDataView data, string hypothesesColumn, string scoresColumn, string referenceColumn)
    {
        var schema = data.Schema;
        using var cursor = data.GetRowCursor([schema[hypothesesColumn], schema[scoresColumn], schema[referenceColumn]]);
        var readHypotheses = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(schema[hypothesesColumn]);
        var readScores = cursor.GetGetter<VBuffer<float>>(schema[scoresColumn]);
        var readReference = cursor.GetGetter<ReadOnlyMemory<char>>(schema[referenceColumn]);
        var (hypotheses, scores, reference) = (default(VBuffer<ReadOnlyMemory<char>>), default(VBuffer<float>), default(ReadOnlyMemory<char>));
        while (cursor.MoveNext())
        {
            readHypotheses(ref hypotheses);
            readScores(ref scores);
            readReference(ref reference);
            yield return ListOf(Invariant($"row {cursor.Position}"), hypotheses, scores, hypothesesColumn, scoresColumn, reference.ToString());
        }
    }
}

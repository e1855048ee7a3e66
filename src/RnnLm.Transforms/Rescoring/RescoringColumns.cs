using RnnLm.Faults;
using RnnLm.Transforms.Columns;

namespace RnnLm;

/// <summary>The columns of <c>RescoreHypotheses</c>: those it reads, and those it makes. A name of the latter that is null is not wanted.</summary>
public sealed class RescoringColumns
{
    /// <summary>The column of hypotheses to read: a vector of text, each a hypothesis; an empty one says nothing.</summary>
    /// <value>The default is <c>Hypotheses</c>.</value>
    public string HypothesesColumnName { get; set; } = "Hypotheses";

    /// <summary>The column of their own scores to read: a vector of <see cref="float"/>, one for each hypothesis.</summary>
    /// <value>The default is <c>Scores</c>.</value>
    public string ScoresColumnName { get; set; } = "Scores";

    /// <summary>The hypotheses in their new order, the best first: a vector of text, of a known size where that of the hypotheses is known.</summary>
    /// <value>The default is <c>RescoredHypotheses</c>.</value>
    public string? RescoredHypothesesColumnName { get; set; } = "RescoredHypotheses";

    /// <summary>Their new scores, the greatest first: a vector of <see cref="float"/>, of a known size where that of the hypotheses is known.</summary>
    /// <value>The default is <c>RescoredScores</c>.</value>
    public string? RescoredScoresColumnName { get; set; } = "RescoredScores";

    /// <summary>The best hypothesis: text, empty where there is none.</summary>
    /// <value>The default is <c>BestHypothesis</c>.</value>
    public string? BestHypothesisColumnName { get; set; } = "BestHypothesis";

    /// <summary>
    /// How scores are put together. <see cref="RescoringOptions.CarryState"/> must be false: rows of a pipeline are read in any order.
    /// </summary>
    /// <value>The defaults of <see cref="RescoringOptions"/>.</value>
    public RescoringOptions Rescoring { get; set; } = new();

    /// <summary>The names of the columns that are wanted.</summary>
    internal IEnumerable<string> Wanted => Outputs.Where(output => output.Name is not null).Select(output => output.Name!);

    private IEnumerable<(string Option, string? Name)> Outputs =>
    [
        (nameof(RescoredHypothesesColumnName), RescoredHypothesesColumnName), (nameof(RescoredScoresColumnName), RescoredScoresColumnName),
        (nameof(BestHypothesisColumnName), BestHypothesisColumnName),
    ];

    /// <summary>Throws where a name or an option cannot be, naming every fault at once.</summary>
    /// <exception cref="ArgumentException">There is a fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (string.IsNullOrEmpty(HypothesesColumnName)) faults.Add($"{nameof(HypothesesColumnName)} is empty; name the column of hypotheses.");
        if (string.IsNullOrEmpty(ScoresColumnName)) faults.Add($"{nameof(ScoresColumnName)} is empty; name the column of their scores.");
        if (!Wanted.Any()) faults.Add($"No output column is wanted; name at least one, such as {nameof(BestHypothesisColumnName)}.");
        foreach (var (option, name) in Outputs)
        {
            if (name is { Length: 0 }) faults.Add($"{option} is empty; name a column, or null where it is not wanted.");
            if (name?.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal) == true)
                faults.Add($"{option} is \"{name}\"; names that start with \"{PrivateColumns.Prefix}\" are kept for language models themselves.");
        }
        if (Wanted.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } same) faults.Add($"Two output columns are \"{same.Key}\"; every output needs a name of its own.");
        if (faults.RequireGiven(Rescoring, nameof(Rescoring)))
        {
            var ofRescoring = faults.Of(nameof(Rescoring));
            Rescoring.AddFaults(ofRescoring);
            ofRescoring.Require(!Rescoring.CarryState, nameof(Rescoring.CarryState), true, "false, since rows are read in any order; RescoreMany of the model carries states");
            if (Rescoring.ScoreWeights is { Count: > 1 } weights)
                ofRescoring.Add(nameof(Rescoring.ScoreWeights), Invariant($"{weights.Count} weights"), "one weight or none: a hypothesis of a row has one score");
        }
        faults.ThrowIfAny(all => new ArgumentException(string.Join(" ", all)));
    }

    /// <summary>What is read and what is made, for people to read.</summary>
    public override string ToString() => $"{HypothesesColumnName}, {ScoresColumnName} → {string.Join(", ", Wanted)}";

    /// <summary>A copy that shares nothing with this one.</summary>
    internal RescoringColumns Clone()
    {
        var copy = (RescoringColumns)MemberwiseClone();
        copy.Rescoring = Rescoring.Clone();
        return copy;
    }
}

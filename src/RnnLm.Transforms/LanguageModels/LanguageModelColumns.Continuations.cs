using RnnLm.Faults;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

// How the row goes on.
public partial class LanguageModelColumns
{
    /// <summary>How the row most probably goes on, or how it was drawn to go on: text, by itself, its words joined by the model's tokenizer.</summary>
    /// <value>The default is null.</value>
    public string? ContinuationColumnName { get; set; }

    /// <summary>
    /// Several ways in which the row may go on, the first of which is that of <see cref="ContinuationColumnName"/>: a vector of text, of the size that
    /// <see cref="ContinuationCount"/> says. Where a beam search found fewer, empty texts fill it up.
    /// </summary>
    /// <value>The default is null.</value>
    public string? ContinuationsColumnName { get; set; }

    /// <summary>
    /// The <see cref="TextContinuation.Score"/> of each of <see cref="ContinuationsColumnName"/>: a vector of <see cref="float"/>, of the size that <see cref="ContinuationCount"/> says. Where
    /// a beam search found fewer, missing values (not a number) fill it up.
    /// </summary>
    /// <value>The default is null.</value>
    public string? ContinuationScoresColumnName { get; set; }

    /// <summary>
    /// How many ways there are, from 1 to 255: no more than the beam of <see cref="Generation"/> is wide, and 1 where it has neither a beam nor sampling, since there is one most
    /// probable word after another.
    /// </summary>
    /// <value>The default is 1.</value>
    public int ContinuationCount { get; set; } = 1;

    /// <summary>
    /// How rows are continued. Words that are drawn need a seed: a row is read more than once, in any order, and must go on alike each time; every row is drawn
    /// with the same seed. A cancellation token has no say here.
    /// </summary>
    /// <value>Null, the default, takes the most probable word each time, up to the end of the line.</value>
    public GenerationOptions? Generation { get; set; }

    private static OutputColumn[] ContinuationOutputs =>
    [
        new(
            nameof(ContinuationColumnName), ContinuationsMapping.Step, OutputColumn.Copy(nameof(ContinuationsMapping.Output.Continuation)),
            columns => columns.ContinuationColumnName, (columns, name) => columns.ContinuationColumnName = name),
        new(
            nameof(ContinuationsColumnName), ContinuationsMapping.Step, OutputColumn.Join(ContinuationParts.TextPrefix, model => model.Columns.ContinuationCount),
            columns => columns.ContinuationsColumnName, (columns, name) => columns.ContinuationsColumnName = name),
        new(
            nameof(ContinuationScoresColumnName), ContinuationsMapping.Step, OutputColumn.Join(ContinuationParts.ScorePrefix, model => model.Columns.ContinuationCount),
            columns => columns.ContinuationScoresColumnName, (columns, name) => columns.ContinuationScoresColumnName = name),
    ];

    private void AddContinuationFaults(OptionFaults faults)
    {
        faults.RequireBetween(nameof(ContinuationCount), ContinuationCount, 1, ContinuationParts.MaximumSize);
        var areSeveral = ContinuationsColumnName is not null || ContinuationScoresColumnName is not null;
        if (!areSeveral && ContinuationCount != 1)
            faults.Add($"{nameof(ContinuationCount)} is {ContinuationCount}; it must be 1 where neither {nameof(ContinuationsColumnName)} nor {nameof(ContinuationScoresColumnName)} is wanted.");
        if (Generation is null)
        {
            if (areSeveral) faults.Require(ContinuationCount == 1, nameof(ContinuationCount), ContinuationCount, $"1 where {nameof(Generation)} has neither a beam nor sampling");
            return;
        }
        RequireHeeded(faults, nameof(Generation), isUsual: false, nameof(ContinuationColumnName), nameof(ContinuationsColumnName), nameof(ContinuationScoresColumnName));
        var ofGeneration = faults.Of(nameof(Generation));
        Generation.AddFaults(ofGeneration);
        if (Generation.CancellationToken.CanBeCanceled) faults.Add($"{nameof(Generation)} has a cancellation token, which no column heeds; leave it out.");
        if (Generation.Sampling is { Seed: null })
        {
            ofGeneration.Of(nameof(Generation.Sampling)).Add(
                nameof(SamplingOptions.Seed), "null", "set: a row is read more than once and must go on alike each time");
        }
        if (areSeveral && ContinuationCount > 1 && LanguageModel.FaultOfAlternatives(ContinuationCount, Generation) is { } fault)
            faults.Add($"{nameof(ContinuationCount)} {fault}.");
    }

    private void CopyContinuationOptions(LanguageModelColumns copy) => (copy.ContinuationCount, copy.Generation) = (ContinuationCount, Generation?.Clone());
}

using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>The steps that give mappings a row as it was written, and not as word ids: its text alone in a vector, or its words; and what may stand in its gap.</summary>
internal static class RowTextSteps
{
    private static readonly MappingStep[] Readers = [FillMapping.Step, SuspectMapping.Step];

    /// <summary>Makes the steps; none where no mapping reads what they make.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="source">The private column that the row was taken over into.</param>
    /// <param name="candidates">The user's column of candidates; null where there is none.</param>
    /// <param name="steps">The mappings.</param>
    public static IEnumerable<IEstimator<ITransformer>> Create(MLContext mlContext, string source, string? candidates, IReadOnlyList<MappingStep> steps)
    {
        if (!steps.Any(Readers.Contains)) yield break;
        yield return mlContext.Transforms.Concatenate(PrivateColumns.RowTexts, source);
        if (!steps.Contains(FillMapping.Step)) yield break;
        if (candidates is null)
        {
            yield return TextLiteral.Empty(mlContext, PrivateColumns.NoCandidate);
            yield return mlContext.Transforms.Concatenate(PrivateColumns.Candidates, PrivateColumns.NoCandidate);
            yield break;
        }
        yield return mlContext.Transforms.Concatenate(PrivateColumns.CandidatesType, PrivateColumns.Payload, candidates);
        yield return mlContext.Transforms.CopyColumns(PrivateColumns.Candidates, candidates);
    }

    /// <summary>The private columns that the steps make.</summary>
    /// <inheritdoc cref="Create"/>
    public static IEnumerable<string> ColumnsOf(string? candidates, IReadOnlyList<MappingStep> steps)
        => !steps.Any(Readers.Contains) ? []
            : !steps.Contains(FillMapping.Step) ? [PrivateColumns.RowTexts]
            : [PrivateColumns.RowTexts, PrivateColumns.Candidates, candidates is null ? PrivateColumns.NoCandidate : PrivateColumns.CandidatesType];
}

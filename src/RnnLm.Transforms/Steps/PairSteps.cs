using Microsoft.ML;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>The steps of a transform that makes several columns of text or words.</summary>
internal static class PairSteps
{
    /// <summary>
    /// The steps of every pair, one pair after the other. All read the columns of the data as it was: an output that has the name of
    /// another pair's input does not take its place.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="stepsOf">The steps of a pair, of its place, its output and the column to read.</param>
    public static IEnumerable<IEstimator<ITransformer>> Create(
        MLContext mlContext, ColumnPairs columns, Func<int, string, string, IEnumerable<IEstimator<ITransformer>>> stepsOf)
    {
        string[] inputs = [.. columns.Inputs];
        string[] outputs = [.. columns.Outputs];
        if (inputs is [var single]) return stepsOf(0, outputs[0], single);
        string[] copies = [.. inputs.Select((_, place) => Invariant($"{PrivateColumns.Input}.{place}"))];
        return
        [
            PayloadKeyMapping.Step.Create(mlContext),
            TextLiteral.Empty(mlContext, PrivateColumns.Payload),
            InputSteps.RefuseOtherThanText(mlContext, inputs),
            .. inputs.Select((input, place) => mlContext.Transforms.CopyColumns(copies[place], input)),
            mlContext.Transforms.DropColumns(PrivateColumns.InputType, PrivateColumns.PayloadKey, PrivateColumns.Payload),
            .. outputs.SelectMany((output, place) => stepsOf(place, output, copies[place])),
            mlContext.Transforms.DropColumns(copies),
        ];
    }
}

using Microsoft.ML;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>The steps that take a user's column over into a private one, after those of a payload.</summary>
internal static class InputSteps
{
    public static IEnumerable<IEstimator<ITransformer>> Create(MLContext mlContext, string privateColumn, string column, InputKind kind)
    {
        if (kind == InputKind.Keys)
        {
            yield return mlContext.Transforms.Conversion.MapKeyToValue(privateColumn, column);
            yield break;
        }
        yield return RefuseOtherThanText(mlContext, [column]);
        yield return mlContext.Transforms.CopyColumns(privateColumn, column);
    }

    /// <summary>
    /// Nobody reads the column that this step makes, so it is never computed. But columns of two types cannot be joined, so a loaded pipeline
    /// refuses data whose columns are not text, as every component of ML.NET does, by the user's names for them.
    /// </summary>
    public static IEstimator<ITransformer> RefuseOtherThanText(MLContext mlContext, IEnumerable<string> columns)
        => mlContext.Transforms.Concatenate(PrivateColumns.InputType, [PrivateColumns.Payload, .. columns]);

    /// <summary>The private columns that the steps make.</summary>
    public static IEnumerable<string> ColumnsOf(string privateColumn, InputKind kind)
        => kind == InputKind.Keys ? [privateColumn] : [PrivateColumns.InputType, privateColumn];
}

using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Pipelines;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>An <c>Expression</c> whose value is a literal, made only when it is saved, and let go then: it holds its literal twice.</summary>
/// <param name="mlContext">The context.</param>
/// <param name="name">The column.</param>
/// <param name="expression">The expression: the literal between <see cref="LiteralStep.Before"/> and <see cref="LiteralStep.After"/>.</param>
internal sealed class TextLiteral(MLContext mlContext, string name, string expression) : ITransformer
{
    private string? expression = expression;

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw OnlySaved();

    public IDataView Transform(IDataView input) => throw OnlySaved();

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw OnlySaved();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var transformer = Expression(mlContext, name, expression ?? throw OnlySaved()).Fit(WithKey(mlContext));
        expression = null;
        ((ICanSaveModel)transformer).Save(ctx);
    }

    /// <summary>Data with columns of text, for the schema of what reads literals.</summary>
    public static IDataView Columns(MLContext mlContext, IEnumerable<string> names)
        => names.Aggregate(WithKey(mlContext), (data, name) => Empty(mlContext, name).Fit(data).Transform(data));

    /// <summary>A column of empty text: for the type alone.</summary>
    public static IEstimator<ITransformer> Empty(MLContext mlContext, string name) => Expression(mlContext, name, LiteralStep.Before + LiteralStep.After);

    private static IEstimator<ITransformer> Expression(MLContext mlContext, string name, string expression)
        => mlContext.Transforms.Expression(name, expression, PrivateColumns.PayloadKey);

    private static IDataView WithKey(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(Array.Empty<PayloadKeyMapping.Output>());

    private static InvalidOperationException OnlySaved() => new("A literal is saved once, and nothing else.");
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace RnnLm.Transforms.Steps;

/// <summary>A mapping of ours as a step: ML.NET saves it by the name of its contract, and makes it again when a pipeline is loaded.</summary>
/// <remarks>
/// A contract's outputs are for ever: a pipeline that was saved with them drops those columns and no others, so one more would be left
/// for its users to see. A mapping that is to have one more output column gets a new contract, and its old contract keeps a factory whose
/// output class is without it (the new one may derive from it).
/// </remarks>
internal abstract class MappingStep
{
    /// <summary>The columns that the step makes.</summary>
    public abstract IReadOnlyList<string> OutputColumns { get; }

    /// <summary>The step, for a pipeline.</summary>
    public abstract IEstimator<ITransformer> Create(MLContext mlContext);

    /// <summary>Whether this step, fitted or loaded, is what a transformer is.</summary>
    public abstract bool Made(ITransformer transformer);
}

/// <summary>A mapping of ours as a step.</summary>
/// <typeparam name="TInput">Its input rows. Of a mapping that is looked for no other has this class: by it the step is found again, of whatever contract.</typeparam>
/// <typeparam name="TOutput">Its output rows.</typeparam>
internal sealed class MappingStep<TInput, TOutput> : MappingStep
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly Action<TInput, TOutput> map;
    private readonly string contract;

    /// <param name="map">What makes an output row of an input row.</param>
    /// <param name="contract">The name by which it is saved.</param>
    public MappingStep(Action<TInput, TOutput> map, string contract)
    {
        this.map = map;
        this.contract = contract;
    }

    /// <summary>The mapping; rows that are for one thread notice two.</summary>
    public Action<TInput, TOutput> Mapping => Map;

    public override IReadOnlyList<string> OutputColumns { get; } =
        [.. SchemaDefinition.Create(typeof(TOutput), SchemaDefinition.Direction.Write).Select(column => column.ColumnName)];

    public override IEstimator<ITransformer> Create(MLContext mlContext) => mlContext.Transforms.CustomMapping(Mapping, contract);

    public override bool Made(ITransformer transformer)
        => transformer.GetType() is { IsConstructedGenericType: true, GenericTypeArguments: [var input, _] } type
            && input == typeof(TInput) && type.GetGenericTypeDefinition() == typeof(CustomMappingTransformer<,>);

    private void Map(TInput input, TOutput output)
    {
        var row = input as CursorInput;
        row?.Begin();
        try
        {
            map(input, output);
        }
        finally
        {
            row?.End();
        }
    }
}

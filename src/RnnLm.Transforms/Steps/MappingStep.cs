using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace RnnLm.Transforms.Steps;

/// <summary>A mapping of ours as a step: ML.NET saves it by the name of its contract, and makes it again when a pipeline is loaded.</summary>
/// <remarks>
/// A contract's outputs are for ever: a pipeline that was saved with them drops those columns and no others, so one more would be left
/// for its users to see. A mapping that is to have one more output column gets a new contract, and its old contract keeps a factory whose
/// output class is without it (the new one may derive from it).
/// </remarks>
internal sealed class MappingStep
{
    private readonly Func<MLContext, IEstimator<ITransformer>> create;
    private readonly Func<ITransformer, bool> made;

    private MappingStep(Func<MLContext, IEstimator<ITransformer>> create, Func<ITransformer, bool> made)
    {
        this.create = create;
        this.made = made;
    }

    /// <summary>The step of a mapping. No other mapping has its class of input rows: by it the step is found again, of whatever contract.</summary>
    public static MappingStep Of<TInput, TOutput>(Action<TInput, TOutput> map, string contract)
        where TInput : class, new()
        where TOutput : class, new()
        => new(
            mlContext => mlContext.Transforms.CustomMapping(map, contract),
            transformer => transformer.GetType() is { IsConstructedGenericType: true, GenericTypeArguments: [var input, _] } type
                && input == typeof(TInput) && type.GetGenericTypeDefinition() == typeof(CustomMappingTransformer<,>));

    /// <summary>The step, for a pipeline.</summary>
    public IEstimator<ITransformer> Create(MLContext mlContext) => create(mlContext);

    /// <summary>Whether this step, fitted or loaded, is what a transformer is.</summary>
    public bool Made(ITransformer transformer) => made(transformer);
}

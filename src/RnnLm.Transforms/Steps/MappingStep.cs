using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace RnnLm.Transforms.Steps;

/// <summary>A mapping of ours as a step: ML.NET saves it by the name of its contract, and makes it again when a pipeline is loaded.</summary>
internal sealed class MappingStep
{
    private readonly Func<MLContext, IEstimator<ITransformer>> create;
    private readonly Func<ITransformer, bool> made;

    private MappingStep(Func<MLContext, IEstimator<ITransformer>> create, Func<ITransformer, bool> made)
    {
        this.create = create;
        this.made = made;
    }

    /// <summary>The step of a mapping. No other mapping has the same two classes for its rows: by them it is found again.</summary>
    public static MappingStep Of<TInput, TOutput>(Action<TInput, TOutput> map, string contract)
        where TInput : class, new()
        where TOutput : class, new()
        => new(
            mlContext => mlContext.Transforms.CustomMapping(map, contract),
            transformer => transformer is CustomMappingTransformer<TInput, TOutput>);

    /// <summary>The step, for a pipeline.</summary>
    public IEstimator<ITransformer> Create(MLContext mlContext) => create(mlContext);

    /// <summary>Whether this step, fitted or loaded, is what a transformer is.</summary>
    public bool Made(ITransformer transformer) => made(transformer);
}

using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Predicts one row at a time. Belongs to one thread; any number of engines may share a transformer.</summary>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options)
        : base(transformer, options)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        Fault.CheckValue(example);
        prediction ??= new TDst();
        Run(example, prediction);
    }
}

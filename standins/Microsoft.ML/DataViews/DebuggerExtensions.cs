using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class DebuggerExtensions
{
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) => new(data, maxRows);

    public static DataDebuggerPreview Preview(this ITransformer transformer, IDataView data, int maxRows = 100)
        => new(transformer.Transform(data), maxRows);

    public static DataDebuggerPreview Preview(
        this IEstimator<ITransformer> estimator,
        IDataView data,
        int maxRows = 100,
        int maxTrainingRows = 100)
    {
        Fault.CheckValue(estimator);
        Fault.CheckValue(data);
        Fault.CheckArgument(maxTrainingRows >= 0, nameof(maxTrainingRows));
        return new(estimator.Fit(new RangeDataView(data, 0, maxTrainingRows)).Transform(data), maxRows);
    }
}

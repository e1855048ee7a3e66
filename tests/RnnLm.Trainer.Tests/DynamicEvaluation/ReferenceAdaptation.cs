using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>Dynamic evaluation in double precision, with loops only: Krause 2018, equations 6 to 9.</summary>
internal static class ReferenceAdaptation
{
    /// <summary>The losses of the windows of a text.</summary>
    public static double[] Losses(NetworkWeights trained, int[] ids, DynamicEvaluation settings)
    {
        var (now, before) = (new ReferenceWeights(trained), new ReferenceWeights(trained));
        var network = new ReferenceNetwork(now);
        var state = new ReferenceState(trained.Shape, 1);
        var losses = new List<double>();
        for (var start = 0; start < ids.Length; start += settings.Window)
        {
            var window = new Window(1, Math.Min(settings.Window, ids.Length - start));
            window.Begin(window.Capacity, startsFresh: start == 0);
            window.Write(0, ids, start, ids.Length - start);
            var gradients = new ReferenceWeights(trained.Shape);
            losses.Add(network.Run(window, state, gradients));
            var index = 0;
            foreach (var (name, weights) in now.Tensors) Move(weights, before[name], gradients[name], settings, settings.Scales?.Tensors[index++]);
        }
        return [.. losses];
    }

    private static void Move(double[] weights, double[] trained, double[] gradient, DynamicEvaluation settings, TensorScales? scales)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var (size, back) = (1.0, settings.Decay);
            if (scales is not null)
            {
                var scale = (double)scales.Rows.Span[i / scales.Columns.Length] * scales.Columns.Span[i % scales.Columns.Length];
                size = scale + settings.Epsilon;
                back = Math.Min(settings.Decay * scale / settings.Scales!.Mean, 1);
            }
            weights[i] += back * (trained[i] - weights[i]) - settings.LearningRate * gradient[i] / size;
        }
    }
}

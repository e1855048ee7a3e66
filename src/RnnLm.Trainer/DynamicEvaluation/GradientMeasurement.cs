using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Measures how great the gradients of a network's weights are over a text, none of which it learns.</summary>
internal static class GradientMeasurement
{
    /// <summary>Measures them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words.</param>
    /// <param name="window">The number of words in a window.</param>
    /// <param name="options">How it is run.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static GradientScales Measure(Network network, ReadOnlyMemory<int> ids, int window, EvaluationOptions options)
    {
        using var workers = new Workers(options.Threads ?? Environment.ProcessorCount);
        var adapted = new AdaptedNetwork(network.Weights, new DynamicEvaluation { LearningRate = 0 }, workers);
        SquaredGradients[] squares = [.. network.Weights.Parameters.Zip(
            adapted.Gradients, (parameter, gradient) => new SquaredGradients(parameter, gradient, workers.Count))];
        Action<int> add = part =>
        {
            foreach (var tensor in squares) tensor.Add(part);
        };
        var reader = new WindowReader(ids, window);
        while (reader.Next())
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            adapted.Predict(reader.Window);
            workers.Run(workers.Count, add);
            foreach (var tensor in squares) tensor.EndWindow();
            options.Progress?.Report((double)reader.Position / ids.Length);
        }
        return new GradientScales(squares.Select(tensor => tensor.ToScales()));
    }
}

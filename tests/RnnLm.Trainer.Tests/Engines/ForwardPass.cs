using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

/// <summary>The layers of a network, to look at what they compute on the way forward.</summary>
internal static class ForwardPass
{
    /// <summary>The layers after a window has passed through them forward.</summary>
    public static LayerStack Of(NetworkWeights weights, TrainingOptions options, Window window, long step = 0)
    {
        using var workers = new Workers(options.Threads!.Value);
        return Of(weights, options, window, workers, step);
    }

    /// <inheritdoc cref="Of(NetworkWeights, TrainingOptions, Window, long)"/>
    public static LayerStack Of(NetworkWeights weights, TrainingOptions options, Window window, Workers workers, long step = 0)
    {
        var stack = new LayerStack(weights, options, null, workers);
        stack.Pack();
        stack.Window.Load(window, step, weights.Shape.VocabularySize);
        foreach (var layer in stack.Layers)
        {
            layer.Reserve(window.BatchSize, window.Capacity, keepsState: false);
            layer.Forward();
        }
        return stack;
    }
}

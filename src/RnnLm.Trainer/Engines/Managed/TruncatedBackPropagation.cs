namespace RnnLm.Training;

/// <summary>
/// Truncated back-propagation through time: takes a window forward through the layers, to its loss, and back to all gradients of the
/// mean loss. The state of every stream stays in the layers from window to window.
/// </summary>
/// <param name="stack">The layers.</param>
/// <param name="vocabularySize">The number of words.</param>
internal sealed class TruncatedBackPropagation(LayerStack stack, int vocabularySize)
{
    private int batchSize; // of the windows that there is room for
    private int capacity;

    /// <summary>
    /// Runs a window forward and back. The gradients are then those of the mean loss, and the state has moved on. Without any target
    /// only the state moves on.
    /// </summary>
    /// <param name="window">The words.</param>
    /// <param name="step">The training step, from which random choices follow.</param>
    /// <returns>The sum of the losses of the targets.</returns>
    /// <exception cref="ArgumentException">A word is outside the vocabulary, or the window goes on from one with another number of streams.</exception>
    public double Run(Window window, long step)
    {
        Reserve(window);
        stack.Window.Load(window, step, vocabularySize);
        var layers = stack.Layers;
        for (var i = 0; i < layers.Count; i++) layers[i].Forward();
        var loss = 0.0;
        if (stack.Window.TargetCount > 0)
        {
            loss = stack.Loss.LossAndGradients(stack.Top.Output, stack.Window.Targets, stack.Top.OutputGradient);
            for (var i = layers.Count - 1; i >= 0; i--) layers[i].Backward();
        }
        for (var i = 0; i < layers.Count; i++) layers[i].CarryState();
        return loss;
    }

    /// <summary>Saves the state of every stream, and what else the layers and the loss keep.</summary>
    public void Save(TrainingState state)
    {
        state.Set("streams", batchSize);
        stack.Save(state);
    }

    /// <summary>Goes on from what another has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public void Restore(TrainingState state)
    {
        var streams = (int)Math.Min(state.GetWhole("streams"), int.MaxValue);
        stack.Restore(state, streams);
        (batchSize, capacity) = (streams, 0);
    }

    private void Reserve(Window window)
    {
        if (window.BatchSize == batchSize && window.Length <= capacity) return;
        var keepsState = batchSize > 0 && !window.StartsFresh;
        if (keepsState && window.BatchSize != batchSize)
        {
            throw new ArgumentException(
                $"The window has {window.BatchSize} streams and goes on from one with {batchSize}; only a window that starts fresh may change their number.",
                nameof(window));
        }
        foreach (var layer in stack.Layers) layer.Reserve(window.BatchSize, window.Capacity, keepsState);
        (batchSize, capacity) = (window.BatchSize, window.Capacity);
    }
}

using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>A copy of a network's weights that learns from one stream of words, window after window, and reads it with what it has learned.</summary>
internal sealed class AdaptedNetwork
{
    /// <summary>
    /// The sum of a word's probabilities over a window below which nothing is learned from its not having come. On WikiText-2 it costs 0.3 % of the
    /// perplexity, and of 33,278 words some 2,400 a window are above it, so that a window takes little more than a third of the time.
    /// </summary>
    public const double LeastMass = 0.001;

    private readonly Workers workers;
    private readonly NetworkWeights weights;
    private readonly LayerStack stack;
    private readonly TruncatedBackPropagation backPropagation;
    private readonly AdaptedParameter[] parameters;
    private readonly Action<int> movePart;
    private int window;

    /// <param name="trained">The trained weights; nobody changes them.</param>
    /// <param name="settings">How the copy learns.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="leastMass">As <see cref="LeastMass"/>.</param>
    public AdaptedNetwork(NetworkWeights trained, DynamicEvaluation settings, Workers workers, double leastMass = LeastMass)
    {
        weights = trained.Clone();
        this.workers = workers;
        stack = new LayerStack(weights, OptionsFor(leastMass), null, workers);
        backPropagation = new TruncatedBackPropagation(stack, weights.Shape.VocabularySize);
        parameters = [.. weights.Parameters.Zip(trained.Parameters, stack.Gradients).Select(
            (tensor, index) => new AdaptedParameter(tensor.First, tensor.Second, tensor.Third, settings, settings.Scales?.Tensors[index]))];
        movePart = MovePart;
        stack.Pack();
    }

    /// <summary>The weights as they are now.</summary>
    public NetworkWeights Weights => weights;

    /// <summary>What the targets of the last window were predicted with.</summary>
    public PredictionLoss Predicted => (PredictionLoss)stack.Loss;

    /// <summary>The states that the targets of the last window were predicted from: <c>[targets, output]</c>.</summary>
    public MatrixView States => stack.Top.Output.RowRange(0, stack.Window.TargetCount);

    /// <summary>The gradients of the last window, in the order of <see cref="NetworkWeights.Parameters"/>.</summary>
    public IReadOnlyList<Gradient> Gradients => stack.Gradients;

    /// <summary>Throws where a network cannot be adapted so.</summary>
    /// <exception cref="NotSupportedException">It has an adaptive softmax.</exception>
    /// <exception cref="ArgumentException">The scales are of another network.</exception>
    public static void Check(NetworkShape shape, DynamicEvaluation settings)
    {
        if (shape.AdaptiveSoftmax is not null)
            throw new NotSupportedException("Dynamic evaluation is of networks with a full softmax; this one has an adaptive softmax.");
        if (settings.Scales is { } scales && !scales.Fit(shape))
            throw new ArgumentException($"The scales of the dynamic evaluation are of another network than {shape}; measure those of this one.", nameof(settings));
    }

    /// <summary>Predicts the words of a window with the weights as they are, and works out their gradients. No weight changes.</summary>
    /// <returns>The sum of <c>−ln p</c> over the window's targets.</returns>
    public double Predict(Window words)
    {
        parameters[0].CatchUp(words.Inputs, window);
        return backPropagation.Run(words, window);
    }

    /// <summary>Learns from the window that was predicted last.</summary>
    public void Learn()
    {
        foreach (var parameter in parameters) parameter.Begin();
        workers.Run(workers.Count, movePart);
        window++;
        stack.Pack();
    }

    /// <summary>Makes the weights what they were trained to be; the state stays.</summary>
    public void Forget()
    {
        foreach (var parameter in parameters) parameter.Forget();
        window = 0;
        stack.Pack();
    }

    /// <summary>The layers without anything that is for training alone.</summary>
    private static TrainingOptions OptionsFor(double leastMass) => new() { Dropout = 0, Softmax = new PredictionSoftmax(leastMass) };

    private void MovePart(int part)
    {
        foreach (var parameter in parameters) parameter.Move(window, part, workers.Count);
    }
}

using System.Runtime.CompilerServices;
using RnnLm.Numerics;
using RnnLm.Scoring;

namespace RnnLm.Training;

/// <summary>A network in training by the managed engine.</summary>
internal sealed class ManagedSession : ITrainingSession
{
    private const string AverageName = "average";
    private const string HasAverage = "has_average";

    private readonly double gradientClip;
    private readonly Workers workers;
    private readonly NetworkWeights weights;
    private readonly LayerStack stack;
    private readonly TruncatedBackPropagation backPropagation;
    private readonly WeightUpdate update;
    private readonly double[] squares; // of every thread: the sum over its share of all gradients
    private readonly Action<int> squarePart;
    private readonly Action<int> updatePart;
    private readonly Action<int> makeUpPart;
    private readonly Action<int> makeUpReceivedPart;
    private readonly Action<int> averagePart;
    private NetworkWeights? average; // of the weights; null where there is none
    private float averageShare;
    private Network? predictor; // of the weights as they are, from an evaluation to the next update
    private long step;
    private bool hasTargets; // without any, the gradients are those of an earlier window

    /// <param name="initial">The weights to begin with; they are copied.</param>
    /// <param name="options">The options.</param>
    /// <param name="wordCounts">How often each word occurs in the corpus; null where that is not known.</param>
    public ManagedSession(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts)
    {
        gradientClip = options.GradientClip;
        workers = new Workers(options.Threads ?? Environment.ProcessorCount);
        weights = initial.Clone();
        stack = new LayerStack(weights, options, wordCounts, workers);
        backPropagation = new TruncatedBackPropagation(stack, weights.Shape.VocabularySize);
        update = options.Optimizer.CreateUpdate([.. weights.Parameters]);
        squares = new double[workers.Count];
        squarePart = SquarePart;
        updatePart = UpdatePart;
        makeUpPart = MakeUpPart;
        makeUpReceivedPart = MakeUpReceivedPart;
        averagePart = AveragePart;
        AttachGradients();
        stack.Pack();
    }

    public WindowResult Train(Window window, double learningRate)
    {
        var result = Differentiate(window);
        return hasTargets ? Update(result, learningRate) : result;
    }

    /// <summary>Learns from one window together with those of other processes.</summary>
    /// <param name="window">The words.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="exchange">Makes the window's gradients those of all.</param>
    /// <returns>What the windows of all processes gave.</returns>
    public WindowResult Train(Window window, double learningRate, GradientExchange exchange)
    {
        if (exchange.Exchange(stack.Gradients, Differentiate(window)) is not { } all) return default;
        // Among the rows are those of words that the other processes alone have read.
        workers.Run(workers.Count, makeUpReceivedPart);
        return Update(all, learningRate);
    }

    /// <summary>Changes the weights from outside; the optimizer, and the state of every stream, go on as they are.</summary>
    public void ChangeWeights(Action<NetworkWeights> change)
    {
        MakeUp();
        change(weights);
        predictor = null;
        stack.Pack();
    }

    /// <summary>Changes the average of the weights from outside; there must be one.</summary>
    public void ChangeAverage(Action<NetworkWeights> change)
    {
        change(average!);
        predictor = null;
    }

    // Where loss or gradient is not finite no weight is changed.
    private WindowResult Update(WindowResult result, double learningRate)
    {
        if (!result.IsFinite) return result;
        if (update.Missed is { IsFull: true }) MakeUp();
        var isTooLong = result.GradientNorm > gradientClip;
        update.Begin(learningRate, isTooLong ? gradientClip / result.GradientNorm : 1);
        predictor = null;
        workers.Run(workers.Count, updatePart);
        stack.Pack();
        return result;
    }

    public WindowResult ComputeGradients(Window window, NetworkWeights gradients)
    {
        if (gradients.Shape != weights.Shape)
            throw new ArgumentException($"Gradients of the shape {gradients.Shape} cannot hold those of the shape {weights.Shape}.", nameof(gradients));
        var result = Differentiate(window);
        foreach (var (gradient, destination) in stack.Gradients.Zip(gradients.Parameters))
        {
            if (hasTargets) gradient.CopyTo(destination.Values);
            else destination.Values.AsSpan().Clear();
        }
        return result;
    }

    public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids.Span)
        {
            if ((uint)id >= (uint)weights.Shape.VocabularySize)
                throw new ArgumentException($"The stream has the word {id}; the vocabulary has the words 0 to {weights.Shape.VocabularySize - 1}.", nameof(ids));
        }
        if (predictor is null)
        {
            MakeUp();
            var looked = average ?? weights;
            if (!looked.Parameters.All(parameter => parameter.IsFinite)) return double.NaN;
            predictor = new Network(looked, greatestInputTable: 0);
        }
        return StreamEvaluation.Loss(predictor, ids, workers, cancellationToken);
    }

    public void ReadWeights(NetworkWeights destination)
    {
        MakeUp();
        (average ?? weights).CopyTo(destination);
    }

    public void AverageWeights(double share)
    {
        MakeUp();
        average ??= new NetworkWeights(weights.Shape);
        averageShare = (float)share;
        predictor = null;
        workers.Run(workers.Count, averagePart);
    }

    public void WriteWeights(NetworkWeights source)
    {
        source.CopyTo(weights);
        update.Reset();
        AttachGradients();
        (average, predictor) = (null, null);
        stack.Pack();
    }

    public void UseBeta1(double beta1) => update.UseBeta1(beta1);

    public bool SaveState(TrainingState state)
    {
        state.Set("step", step);
        weights.Save(state.Part("weights"));
        average?.Save(state.Part(AverageName));
        state.Set(HasAverage, average is null ? 0 : 1);
        update.Save(state.Part("optimizer"));
        foreach (var (index, gradient) in stack.Gradients.Index()) gradient.Save(GradientOf(state, index));
        backPropagation.Save(state.Part("layers"));
        return true;
    }

    public void RestoreState(TrainingState state)
    {
        step = state.GetWhole("step");
        weights.Restore(state.Part("weights"));
        average = state.Get(HasAverage) == 0 ? null : new NetworkWeights(weights.Shape);
        average?.Restore(state.Part(AverageName));
        update.Restore(state.Part("optimizer"));
        foreach (var (index, gradient) in stack.Gradients.Index()) gradient.Restore(GradientOf(state, index));
        backPropagation.Restore(state.Part("layers"));
        predictor = null;
        stack.Pack();
    }

    public void Dispose() => workers.Dispose();

    private WindowResult Differentiate(Window window)
    {
        hasTargets = window.Targets.ContainsAnyExcept(Window.Padding);
        var loss = backPropagation.Run(window, step++);
        if (!hasTargets) return new WindowResult(0, 0);
        workers.Run(workers.Count, squarePart);
        return new WindowResult(loss, Math.Sqrt(squares.Sum()));
    }

    private void SquarePart(int part)
    {
        squares[part] = 0;
        foreach (var gradient in stack.Gradients) squares[part] += gradient.SumOfSquares(part, workers.Count);
    }

    // What has sat out updates makes up for them, before weights are looked at.
    private void MakeUp()
    {
        if (update.Missed is not { } missed) return;
        workers.Run(workers.Count, makeUpPart);
        missed.Clear();
    }

    private void MakeUpPart(int part)
    {
        foreach (var gradient in stack.Gradients) gradient.MakeUp(part, workers.Count);
    }

    private void MakeUpReceivedPart(int part)
    {
        foreach (var gradient in stack.Gradients)
            if (gradient is RowGradient rows) rows.MakeUpIncluded(part, workers.Count);
    }

    private static TrainingState GradientOf(TrainingState state, int parameter) => state.Part("gradients").Part(Invariant($"parameter{parameter}"));

    private void AttachGradients()
    {
        foreach (var (index, gradient) in stack.Gradients.Index()) gradient.Attach(update, index);
    }

    private void AveragePart(int part)
    {
        foreach (var (from, to) in weights.Parameters.Zip(average!.Parameters))
        {
            var (start, count) = Partition.Share(from.Values.Length, part, workers.Count);
            MoveTowards(from.Values.AsSpan(start, count), to.Values.AsSpan(start, count), averageShare);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveTowards(ReadOnlySpan<float> goal, Span<float> values, float share)
    {
        for (var i = 0; i < values.Length; i += SpanVectors.Count)
        {
            var value = SpanVectors.Load(values, i);
            SpanVectors.Store(value + share * (SpanVectors.Load(goal, i) - value), values, i);
        }
    }

    private void UpdatePart(int part)
    {
        for (var parameter = 0; parameter < stack.Gradients.Length; parameter++)
            stack.Gradients[parameter].Apply(update, parameter, part, workers.Count);
    }
}

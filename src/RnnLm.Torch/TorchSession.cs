using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>A network in training with libtorch. Every window's tensors live in a dispose scope of their own.</summary>
internal sealed class TorchSession : ITrainingSession
{
    // Evaluation reads one stream; as many steps at a time as keep the logits at about this many values.
    private const int LogitsAtOnce = 1 << 22;
    private const int GreatestEvaluationLength = 512;

    private const string AverageName = "average";
    private const string HasAverage = "has_average";

    private readonly TorchDevice device;
    private readonly Device torchDevice;
    private readonly TorchRegularizer regularizer;
    private readonly TorchNetwork network;
    private readonly Parameter[] learned;
    private readonly Optimizer optimizer;
    private readonly NetworkShape shape;
    private readonly int threads;
    private readonly double gradientClip;
    private TorchUpdate update;
    private Tensor[]? average; // of every learned parameter; null where there is none
    private int[] words = [];
    private LayerState[]? states;
    private bool disposed;

    private TorchSession(NetworkWeights initial, TrainingOptions options, TorchDevice device)
    {
        this.device = device;
        torchDevice = new Device(device.IsCuda ? DeviceType.CUDA : DeviceType.CPU, device.Index);
        shape = initial.Shape;
        threads = options.Threads ?? Environment.ProcessorCount;
        gradientClip = options.GradientClip;
        regularizer = new TorchRegularizer(options, shape.Layers);
        using (manual_seed(options.Seed))
            network = new TorchNetwork(initial, regularizer, torchDevice);
        learned = [.. network.Learned];
        optimizer = options.Optimizer;
        update = TorchUpdate.Of(optimizer, learned);
    }

    public static TorchSession Start(NetworkWeights initial, TrainingOptions options, TorchDevice device)
    {
        try
        {
            return new TorchSession(initial, options, device);
        }
        catch (ExternalException error)
            when (TorchBackend.OutOfMemory(error, device, FormattableString.Invariant($"a network of {initial.Shape.ParameterCount:N0} values")) is { } outOfMemory)
        {
            throw outOfMemory;
        }
    }

    public WindowResult Train(Window window, double learningRate)
    {
        return Guard(window, () =>
        {
            var result = Backward(window, gradientClip);
            if (result.IsFinite && window.TargetCount > 0) update.Apply(learningRate);
            return result;
        });
    }

    public void UseBeta1(double beta1) => update.UseBeta1(beta1);

    public WindowResult ComputeGradients(Window window, NetworkWeights gradients)
    {
        if (gradients.Shape != shape)
        {
            throw new ArgumentException(
                $"Gradients of the shape {gradients.Shape} cannot hold those of the shape {shape}.", nameof(gradients));
        }
        return Guard(window, () =>
        {
            var result = Backward(window, double.PositiveInfinity);
            network.ReadGradients(gradients);
            return result;
        });
    }

    public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken)
    {
        var length = Math.Clamp(LogitsAtOnce / shape.VocabularySize, 1, GreatestEvaluationLength);
        return Guard(() => $"{length} words of evaluation", () =>
        {
            using var untracked = no_grad();
            network.eval();
            try
            {
                return WithAverage(() => EvaluateStream(ids, length, cancellationToken));
            }
            finally
            {
                network.train();
            }
        });
    }

    public void ReadWeights(NetworkWeights destination)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (destination.Shape != shape)
        {
            throw new ArgumentException(
                $"Weights of the shape {shape} cannot be copied into weights of the shape {destination.Shape}.", nameof(destination));
        }
        WithAverage(() =>
        {
            network.Read(destination);
            return true;
        });
    }

    public void AverageWeights(double share) => Guard(() => "an average of the weights", () =>
    {
        using var untracked = no_grad();
        if (average is null) average = [.. learned.Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
        else foreach (var (mean, parameter) in average.Zip(learned)) mean.lerp_(parameter, (float)share);
        return true;
    });

    public void WriteWeights(NetworkWeights source) => Guard(() => "other weights", () =>
    {
        network.Write(source);
        update.Dispose();
        update = TorchUpdate.Of(optimizer, learned);
        DropAverage();
        return true;
    });

    public bool SaveState(TrainingState state) => Guard(() => "the state of the training", () =>
    {
        network.Save(state.Part("parameters"));
        update.Save(state.Part("optimizer"));
        state.Set(HasAverage, average is null ? 0 : 1);
        state.Part(AverageName).Set(average ?? []);
        RandomGenerator.Save(state);
        state.Set("streams", states?[0].BatchSize ?? 0);
        foreach (var (index, layer) in (states ?? []).Index()) layer.Save(LayerOf(state, index));
        return true;
    });

    public void RestoreState(TrainingState state) => Guard(() => "the state of the training", () =>
    {
        network.Restore(state.Part("parameters"));
        update.Restore(state.Part("optimizer"));
        DropAverage();
        if (state.Get(HasAverage) != 0)
        {
            average = [.. learned.Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            state.Part(AverageName).Get(average);
        }
        RandomGenerator.Restore(state);
        var streams = (int)Math.Min(state.GetWhole("streams"), int.MaxValue);
        Release(states);
        states = streams == 0
            ? null
            : [.. Enumerable.Range(0, shape.Layers).Select(layer => LayerState.Restore(LayerOf(state, layer), streams, shape.OutputSizeOf(layer), shape.UnitsOf(layer), torchDevice))];
        return true;
    });

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Release(states);
        DropAverage();
        update.Dispose();
        network.Dispose();
    }

    // Works with the average in the place of the weights, where there is one.
    private T WithAverage<T>(Func<T> work)
    {
        if (average is null) return work();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var kept = learned.Select(parameter => parameter.detach().clone()).ToArray();
        try
        {
            foreach (var (parameter, mean) in learned.Zip(average)) parameter.copy_(mean);
            return work();
        }
        finally
        {
            foreach (var (parameter, own) in learned.Zip(kept))
            {
                parameter.copy_(own);
                own.Dispose();
            }
        }
    }

    private void DropAverage()
    {
        foreach (var mean in average ?? []) mean.Dispose();
        average = null;
    }

    // Forward and backward: leaves the gradients of the mean loss, clipped, in the parameters.
    private WindowResult Backward(Window window, double clip)
    {
        if (!window.StartsFresh && states is not null && states[0].BatchSize != window.BatchSize)
        {
            throw new ArgumentException(
                $"The window has {window.BatchSize} streams and goes on from one with {states[0].BatchSize}; "
                + "only a window that starts fresh may change their number.",
                nameof(window));
        }
        network.zero_grad();
        var both = Upload(window.Inputs, window.Targets, window.Length, window.BatchSize); // [2, length, batch]
        using var dropped = network.DropWeights();
        var output = network.call(both.select(0, 0), window.StartsFresh ? null : states, WindowSegment.Of(window, torchDevice));
        var targets = both.select(0, 1).view(-1);
        var loss = nn.functional.cross_entropy(output.Logits, targets, ignore_index: Window.Padding, reduction: nn.Reduction.Sum);
        var followed = loss.Over(Math.Max(1, window.TargetCount));
        if (regularizer.Penalty(output, window) is { } penalty) followed = followed.Plus(penalty);
        followed.backward();
        dropped.MaskGradients();
        network.DropSurplusGradients();
        var norm = nn.utils.clip_grad_norm_(learned, clip);
        Carry(output.States);
        return new WindowResult(loss.cpu().item<float>(), norm);
    }

    private double EvaluateStream(ReadOnlyMemory<int> ids, int length, CancellationToken cancellationToken)
    {
        var inputs = new int[length];
        var total = 0.0;
        var previous = Vocabulary.EndOfLineId;
        LayerState[]? state = null;
        try
        {
            for (var start = 0; start < ids.Length; start += length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var targets = ids.Span.Slice(start, Math.Min(length, ids.Length - start));
                inputs[0] = previous;
                targets[..^1].CopyTo(inputs.AsSpan(1));
                previous = targets[^1];

                var both = Upload(inputs.AsSpan(0, targets.Length), targets, targets.Length, 1); // [2, length, 1]
                var output = network.call(both.select(0, 0), state, WindowSegment.Whole(targets.Length));
                total += nn.functional.cross_entropy(output.Logits, both.select(0, 1).view(-1), reduction: nn.Reduction.Sum).cpu().item<float>();
                Release(state);
                state = [.. output.States.Select(layer => layer.Carry())];
            }
            return total;
        }
        finally
        {
            Release(state);
        }
    }

    // Inputs and targets go to the device as one tensor: [2, length, batch]
    private Tensor Upload(ReadOnlySpan<int> inputs, ReadOnlySpan<int> targets, int length, int batch)
    {
        // A CUDA device is of no more use to the process once it has met such a word.
        var last = shape.VocabularySize - 1;
        if (inputs.ContainsAnyExceptInRange(0, last) || targets.ContainsAnyExceptInRange(Window.Padding, last))
            throw new ArgumentException($"There is a word outside the vocabulary, whose words are 0 to {last}.", nameof(inputs));
        if (words.Length != 2 * inputs.Length) words = new int[2 * inputs.Length];
        inputs.CopyTo(words);
        targets.CopyTo(words.AsSpan(inputs.Length));
        return tensor(words, [2, length, batch], dtype: ScalarType.Int64, device: torchDevice);
    }

    private static TrainingState LayerOf(TrainingState state, int layer) => state.Part(FormattableString.Invariant($"layer{layer}"));

    private void Carry(LayerState[] next)
    {
        Release(states);
        states = [.. next.Select(layer => layer.Carry())];
    }

    private static void Release(LayerState[]? states)
    {
        foreach (var layer in states ?? []) layer.Dispose();
    }

    private T Guard<T>(Window window, Func<T> work)
        => Guard(() => FormattableString.Invariant($"a window of {window.BatchSize} × {window.Length} words with a vocabulary of {shape.VocabularySize:N0}"), work);

    private T Guard<T>(Func<string> what, Func<T> work)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        // OpenMP keeps the number of threads for each calling thread, so it is not enough to set it once.
        if (get_num_threads() != threads) set_num_threads(threads);
        using var scope = NewDisposeScope();
        try
        {
            return work();
        }
        catch (ExternalException error) when (TorchBackend.OutOfMemory(error, device, what()) is { } outOfMemory)
        {
            throw outOfMemory;
        }
    }
}

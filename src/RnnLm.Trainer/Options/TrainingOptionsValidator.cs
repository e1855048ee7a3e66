using System.Globalization;

namespace RnnLm.Training;

/// <summary>Finds every option that is out of range.</summary>
internal sealed class TrainingOptionsValidator
{
    private const int MaximumLayers = 16;
    private const int MaximumSize = 16_384;
    private const int MaximumThreads = 1_024;
    private const int LeastCutoff = 2; // the special words are in the head
    private const long MaximumWordsInWindow = 16_777_216;

    private readonly List<string> faults = [];

    private TrainingOptionsValidator()
    {
    }

    public static IReadOnlyList<string> FaultsOf(TrainingOptions options)
    {
        var validator = new TrainingOptionsValidator();
        validator.Check(options);
        return validator.faults;
    }

    private void Check(TrainingOptions options)
    {
        Defined(nameof(options.Cell), options.Cell);
        Between(nameof(options.Layers), options.Layers, 1, MaximumLayers);
        Between(nameof(options.EmbeddingSize), options.EmbeddingSize, 1, MaximumSize);
        Between(nameof(options.HiddenSize), options.HiddenSize, 1, MaximumSize);
        Number(nameof(options.Dropout), options.Dropout, value => value is >= 0 and < 1, "from 0 to below 1");
        Defined(nameof(options.Softmax), options.Softmax);
        AtLeastOne(nameof(options.SampleCount), options.SampleCount);
        Defined(nameof(options.Sampler), options.Sampler);
        CheckAdaptiveSoftmax(options);
        Defined(nameof(options.Optimizer), options.Optimizer);
        if (options.LearningRate is { } learningRate)
            Number(nameof(options.LearningRate), learningRate, value => value > 0, "above 0");
        Number(nameof(options.Annealing), options.Annealing, value => value is > 0 and <= 1, "above 0 and at most 1");
        Number(nameof(options.WeightDecay), options.WeightDecay, value => value >= 0, "at least 0");
        Number(nameof(options.GradientClip), options.GradientClip, value => value > 0, "above 0");
        Defined(nameof(options.BatchMode), options.BatchMode);
        AtLeastOne(nameof(options.BatchSize), options.BatchSize);
        AtLeastOne(nameof(options.Window), options.Window);
        if ((long)options.BatchSize * options.Window is > MaximumWordsInWindow and var words && options.BatchSize > 0)
            Fault("BatchSize times Window", Text(words), $"at most {Text(MaximumWordsInWindow)} words");
        AtLeastOne(nameof(options.Epochs), options.Epochs);
        if (options.TimeLimit <= TimeSpan.Zero)
            Fault(nameof(options.TimeLimit), $"{options.TimeLimit:c}", "longer than zero, or null for no limit");
        AtLeastOne(nameof(options.Patience), options.Patience);
        if (options.Threads is { } threads) Between(nameof(options.Threads), threads, 1, MaximumThreads);
        if (options.ProgressInterval < TimeSpan.Zero)
            Fault(nameof(options.ProgressInterval), $"{options.ProgressInterval:c}", "zero or longer");
    }

    private void CheckAdaptiveSoftmax(TrainingOptions options)
    {
        var cutoffs = options.AdaptiveCutoffs;
        if (options.Softmax != SoftmaxKind.Adaptive)
        {
            // What has no effect was meant to have one.
            var right = $"left at its default unless {nameof(options.Softmax)} is {SoftmaxKind.Adaptive}";
            if (cutoffs is not null) Fault(nameof(options.AdaptiveCutoffs), TextOf(cutoffs), right);
            if (options.AdaptiveDivisionFactor != AdaptiveSoftmaxShape.DefaultDivisionFactor)
                Fault(nameof(options.AdaptiveDivisionFactor), options.AdaptiveDivisionFactor.ToString(CultureInfo.InvariantCulture), right);
            return;
        }
        if (options.Tied) Fault(nameof(options.Tied), "true", $"false where {nameof(options.Softmax)} is {SoftmaxKind.Adaptive}, which has no one matrix to share");
        if (cutoffs is not null && (cutoffs.Count == 0 || cutoffs[0] < LeastCutoff || cutoffs.Zip(cutoffs.Skip(1)).Any(pair => pair.First >= pair.Second)))
            Fault(nameof(options.AdaptiveCutoffs), TextOf(cutoffs), $"one number or more from {LeastCutoff} on, each greater than the one before, or null for the default");
        Number(nameof(options.AdaptiveDivisionFactor), options.AdaptiveDivisionFactor, value => value >= 1, "from 1");
    }

    private static string TextOf(IReadOnlyList<int> numbers) => numbers.Count == 0 ? "empty" : string.Join(", ", numbers);

    private void Between(string name, int value, int least, int most)
    {
        if (value < least || value > most) Fault(name, Text(value), $"from {Text(least)} to {Text(most)}");
    }

    private void AtLeastOne(string name, int value)
    {
        if (value < 1) Fault(name, Text(value), "at least 1");
    }

    private void Number(string name, double value, Predicate<double> isRight, string right)
    {
        if (!double.IsFinite(value) || !isRight(value))
            Fault(name, value.ToString(CultureInfo.InvariantCulture), $"a finite number {right}");
    }

    private void Defined<T>(string name, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) Fault(name, value.ToString(), $"one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private void Fault(string name, string value, string right) => faults.Add($"{name} is {value}; it must be {right}.");

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

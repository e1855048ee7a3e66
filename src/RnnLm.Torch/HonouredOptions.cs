using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace RnnLm.Torch;

/// <summary>
/// The options that this engine honours, or leaves to the training loop. Any other that is not at its default is refused by
/// name, and so is an object of options that is not known here: an option that is added later is never ignored in silence.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Kept)]
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Kept)]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Kept)]
internal static class HonouredOptions
{
    private const string Kept = "Options are those of RnnLm.Trainer, which whoever trims an application with this engine keeps as a whole: TrimmerRootAssembly.";

    /// <summary>Of every kind of options, the names that are honoured as they are; an option that is an object is honoured where its kind is among these.</summary>
    public static readonly IReadOnlyDictionary<Type, IReadOnlySet<string>> Names = new Dictionary<Type, IReadOnlySet<string>>
    {
        [typeof(TrainingOptions)] = Set(
            nameof(TrainingOptions.Preset),
            nameof(TrainingOptions.Cell),
            nameof(TrainingOptions.Layers),
            nameof(TrainingOptions.EmbeddingSize),
            nameof(TrainingOptions.HiddenSize),
            nameof(TrainingOptions.ProjectionSize),
            nameof(TrainingOptions.ForgetBias),
            nameof(TrainingOptions.Tied),
            nameof(TrainingOptions.Dropout),
            nameof(TrainingOptions.GradientClip),
            nameof(TrainingOptions.BatchMode),
            nameof(TrainingOptions.StateResetProbability),
            nameof(TrainingOptions.BatchSize),
            nameof(TrainingOptions.Window),
            nameof(TrainingOptions.RandomWindow),
            nameof(TrainingOptions.PartialShuffle),
            nameof(TrainingOptions.Epochs),
            nameof(TrainingOptions.TimeLimit),
            nameof(TrainingOptions.Patience),
            nameof(TrainingOptions.Seed),
            nameof(TrainingOptions.Threads),
            nameof(TrainingOptions.Progress),
            nameof(TrainingOptions.ProgressInterval),
            nameof(TrainingOptions.CancellationToken),
            nameof(TrainingOptions.Checkpoint),
            nameof(TrainingOptions.History)),
        [typeof(Regularization)] = Set(
            nameof(Regularization.InputDropout),
            nameof(Regularization.HiddenDropout),
            nameof(Regularization.OutputDropout),
            nameof(Regularization.EmbeddingDropout),
            nameof(Regularization.WeightDropout),
            nameof(Regularization.ActivationPenalty),
            nameof(Regularization.TemporalActivationPenalty)),
        [typeof(FullSoftmax)] = Set(),
        [typeof(Sgd)] = Set(nameof(Sgd.LearningRate), nameof(Sgd.WeightDecay)),
        [typeof(Adam)] = Set(nameof(Adam.LearningRate), nameof(Adam.WeightDecay), nameof(Adam.Beta1), nameof(Adam.Beta2), nameof(Adam.Epsilon)),
        [typeof(AdamW)] = Set(nameof(AdamW.LearningRate), nameof(AdamW.WeightDecay), nameof(AdamW.Beta1), nameof(AdamW.Beta2), nameof(AdamW.Epsilon)),
        [typeof(PlateauSchedule)] = Set(nameof(PlateauSchedule.Factor), nameof(PlateauSchedule.Undo)),
        [typeof(OneCycleSchedule)] = Set(
            nameof(OneCycleSchedule.Warmup),
            nameof(OneCycleSchedule.StartDivisor),
            nameof(OneCycleSchedule.FinalDivisor),
            nameof(OneCycleSchedule.Curve),
            nameof(OneCycleSchedule.HighestBeta1),
            nameof(OneCycleSchedule.LowestBeta1)),
        [typeof(CosineSchedule)] = Set(nameof(CosineSchedule.Warmup), nameof(CosineSchedule.FinalShare)),
        [typeof(ConstantSchedule)] = Set(),
        [typeof(ExponentialAverage)] = Set(nameof(ExponentialAverage.Interval), nameof(ExponentialAverage.Decay), nameof(ExponentialAverage.Start)),
        [typeof(TriggeredAverage)] = Set(nameof(TriggeredAverage.Interval), nameof(TriggeredAverage.NonmonotoneInterval)),
    };

    /// <summary>Throws where an option is set that the engine cannot honour.</summary>
    /// <exception cref="NotSupportedException">Such options are set; the message names each.</exception>
    public static void Require(TrainingOptions options)
    {
        var refused = Unhonoured(options, Names).ToList();
        if (refused.Count > 0)
        {
            throw new NotSupportedException(
                $"The TorchSharp engine cannot honour {string.Join(", ", refused)}. Leave {(refused.Count == 1 ? "it" : "them")} at the default, "
                + "or train with the managed engine.");
        }
    }

    /// <summary>The options that are not honoured and differ from their defaults, as <c>name = value</c>.</summary>
    /// <param name="options">The options, of a kind that is among <paramref name="honoured"/>.</param>
    /// <param name="honoured">What is honoured, as in <see cref="Names"/>.</param>
    public static IEnumerable<string> Unhonoured(object options, IReadOnlyDictionary<Type, IReadOnlySet<string>> honoured)
    {
        var kind = options.GetType();
        var defaults = Activator.CreateInstance(kind);
        foreach (var property in SettingsOf(kind))
        {
            if (honoured[kind].Contains(property.Name)) continue;
            var value = property.GetValue(options);
            if (value is not null && honoured.ContainsKey(value.GetType()))
            {
                foreach (var inner in Unhonoured(value, honoured)) yield return $"{property.Name}.{inner}";
            }
            else if (!AreSame(value, property.GetValue(defaults)))
            {
                yield return $"{property.Name} = {TextOf(value)}";
            }
        }
    }

    private static IEnumerable<PropertyInfo> SettingsOf(Type kind)
        => kind.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    // Two objects of options are the same where they are of one kind and all their settings are the same.
    private static bool AreSame(object? one, object? other)
        => Equals(one, other)
            || (one is not null && one.GetType() == other?.GetType() && one.GetType().GetConstructor(Type.EmptyTypes) is not null
                && SettingsOf(one.GetType()).All(property => AreSame(property.GetValue(one), property.GetValue(other))));

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Ordinal);

    private static string? TextOf(object? value) => value switch
    {
        IEnumerable<int> numbers => string.Join(", ", numbers),
        Softmax or Optimizer or LearningRateSchedule or WeightAveraging => value.GetType().Name,
        _ => value?.ToString(),
    };
}

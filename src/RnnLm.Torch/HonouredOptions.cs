using System.Reflection;

namespace RnnLm.Torch;

/// <summary>
/// The options that this engine honours, or leaves to the training loop. Any other that is not at its default is refused by
/// name: an option that is added later is never ignored in silence.
/// </summary>
internal static class HonouredOptions
{
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(TrainingOptions.Cell),
        nameof(TrainingOptions.Layers),
        nameof(TrainingOptions.EmbeddingSize),
        nameof(TrainingOptions.HiddenSize),
        nameof(TrainingOptions.Tied),
        nameof(TrainingOptions.Dropout),
        nameof(TrainingOptions.Optimizer),
        nameof(TrainingOptions.LearningRate),
        nameof(TrainingOptions.Annealing),
        nameof(TrainingOptions.WeightDecay),
        nameof(TrainingOptions.GradientClip),
        nameof(TrainingOptions.BatchMode),
        nameof(TrainingOptions.BatchSize),
        nameof(TrainingOptions.Window),
        nameof(TrainingOptions.Epochs),
        nameof(TrainingOptions.TimeLimit),
        nameof(TrainingOptions.Patience),
        nameof(TrainingOptions.Seed),
        nameof(TrainingOptions.Threads),
        nameof(TrainingOptions.Progress),
        nameof(TrainingOptions.ProgressInterval),
        nameof(TrainingOptions.Cancellation),
    };

    /// <summary>Throws where an option is set that the engine cannot honour.</summary>
    /// <exception cref="NotSupportedException">Such options are set; the message names each.</exception>
    public static void Require(TrainingOptions options)
    {
        var refused = Unhonoured(options, new TrainingOptions()).ToList();
        if (options.Optimizer is not (OptimizerKind.Sgd or OptimizerKind.Adam or OptimizerKind.AdamW))
            refused.Add($"{nameof(TrainingOptions.Optimizer)} = {options.Optimizer}");
        if (refused.Count > 0)
        {
            throw new NotSupportedException(
                $"The TorchSharp engine cannot honour {string.Join(", ", refused)}. Leave {(refused.Count == 1 ? "it" : "them")} at the default, "
                + "or train with the managed engine.");
        }
    }

    /// <summary>The options outside <see cref="Names"/> that differ from their defaults, as <c>name = value</c>.</summary>
    public static IEnumerable<string> Unhonoured<T>(T options, T defaults)
        where T : class
        => from property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanWrite && !Names.Contains(property.Name)
           let value = property.GetValue(options)
           where !Equals(value, property.GetValue(defaults))
           select $"{property.Name} = {(value is IEnumerable<int> numbers ? string.Join(", ", numbers) : value)}";
}

using System.Globalization;

namespace RnnLm;

// As a model file and a checkpoint keep them.
public sealed partial class TrainingOptions
{
    /// <summary>
    /// The options that decide what is learned, as a model file keeps them: names and choices in lower case with underscores, numbers in the
    /// invariant culture, defaults resolved. What is not set (a time limit, say) is left out.
    /// </summary>
    /// <exception cref="TrainingOptionsException">An option that has options of its own is null.</exception>
    public IReadOnlyDictionary<string, string> Describe()
    {
        RequireParts();
        (string Name, string Value)[] all =
        [
            .. IsPlain ? [] : new[] { ("preset", Preset.ToString().ToLowerInvariant()) },
            .. IsPlain || basis is null ? [] : basis.Describe(),
            ("cell", Networks.Cell.Of(Cell).Name),
            ("layers", Invariant($"{Layers}")),
            ("embedding_size", Invariant($"{EmbeddingSize}")),
            ("hidden_size", Invariant($"{HiddenSize}")),
            .. ProjectionSize is { } projection ? new[] { ("projection_size", Invariant($"{projection}")) } : [],
            .. Networks.Cell.Of(Cell).ForgetGate is not null ? new[] { ("forget_bias", Invariant($"{ForgetBias}")) } : [],
            ("tied", Tied ? "true" : "false"),
            ("dropout", Invariant($"{Dropout}")),
            .. Regularization.Describe(),
            .. Softmax.Describe(),
            .. Optimizer.Describe(),
            .. Schedule.Describe(),
            .. Averaging?.Describe() ?? [],
            ("gradient_clip", Invariant($"{GradientClip}")),
            ("batch_mode", BatchMode.ToString().ToLowerInvariant()),
            .. BatchMode == BatchMode.Streams ? new[] { ("state_reset_probability", Invariant($"{StateResetProbability}")) } : [],
            ("batch_size", Invariant($"{BatchSize}")),
            ("window", Invariant($"{Window}")),
            .. RandomWindow ? new[] { ("random_window", "true") } : [],
            .. PartialShuffle ? new[] { ("partial_shuffle", "true") } : [],
            ("epochs", Invariant($"{Epochs}")),
            ("patience", Invariant($"{Patience}")),
            ("seed", Invariant($"{Seed}")),
            ("threads", Invariant($"{Threads ?? Environment.ProcessorCount}")),
        ];
        var description = all.ToDictionary(option => option.Name, option => option.Value);
        if (TimeLimit is { } limit) description["time_limit"] = limit.ToString("c", CultureInfo.InvariantCulture);
        return description;
    }
}

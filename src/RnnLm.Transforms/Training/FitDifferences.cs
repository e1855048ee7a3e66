using System.Globalization;
using RnnLm.Training;

namespace RnnLm.Transforms.Training;

/// <summary>Why a fit does not go on from a checkpoint, in the words of a pipeline.</summary>
internal static class FitDifferences
{
    private const string InitialWeights = "initial_weights";

    /// <summary>What has another name in a checkpoint than its property.</summary>
    private static readonly Dictionary<string, string> Properties = new()
    {
        ["input_dropout"] = "Training.Regularization.InputDropout",
        ["hidden_dropout"] = "Training.Regularization.HiddenDropout",
        ["output_dropout"] = "Training.Regularization.OutputDropout",
        ["embedding_dropout"] = "Training.Regularization.EmbeddingDropout",
        ["weight_dropout"] = "Training.Regularization.WeightDropout",
        ["activation_penalty"] = "Training.Regularization.ActivationPenalty",
        ["temporal_activation_penalty"] = "Training.Regularization.TemporalActivationPenalty",
        ["sample_count"] = "Training.Softmax.Samples",
        ["sampler"] = "Training.Softmax.Sampler",
        ["adaptive_cutoffs"] = "Training.Softmax.Cutoffs",
        ["adaptive_division_factor"] = "Training.Softmax.DivisionFactor",
        ["learning_rate"] = "Training.Optimizer.LearningRate",
        ["weight_decay"] = "Training.Optimizer.WeightDecay",
        ["beta1"] = "Training.Optimizer.Beta1",
        ["beta2"] = "Training.Optimizer.Beta2",
        ["epsilon"] = "Training.Optimizer.Epsilon",
        ["annealing"] = "Training.Schedule.Factor",
        ["warmup"] = "Training.Schedule.Warmup",
        ["start_divisor"] = "Training.Schedule.StartDivisor",
        ["final_divisor"] = "Training.Schedule.FinalDivisor",
        ["curve"] = "Training.Schedule.Curve",
        ["highest_beta1"] = "Training.Schedule.HighestBeta1",
        ["lowest_beta1"] = "Training.Schedule.LowestBeta1",
        ["final_share"] = "Training.Schedule.FinalShare",
        ["undo"] = "Training.Schedule.Undo",
        ["averaging_interval"] = "Training.Averaging.Interval",
        ["averaging_decay"] = "Training.Averaging.Decay",
        ["averaging_start"] = "Training.Averaging.Start",
        ["nonmonotone_interval"] = "Training.Averaging.NonmonotoneInterval",
        ["engine"] = "Engine",
        ["tokenizer"] = "Tokenizer",
        ["vocabulary"] = "The vocabulary",
        ["validation"] = "The validation data",
        [InitialWeights] = "InitialModel",
    };

    /// <summary>What is that of the initial model, where there is one.</summary>
    private static readonly string[] OfInitialModel =
        ["cell", "layers", "embedding_size", "hidden_size", "projection_size", "tied", "softmax", "adaptive_cutoffs", "adaptive_division_factor", "tokenizer"];

    /// <summary>Says what is not as it was, and what would be right.</summary>
    /// <param name="differences">The differences.</param>
    /// <param name="folder">The folder of the checkpoints.</param>
    /// <param name="options">The options of the fit.</param>
    public static string Explain(IReadOnlyList<CheckpointDifference> differences, string folder, RecurrentNetworkOptions options)
    {
        var sentences = differences.Select(difference => (difference with { Name = NameOf(difference.Name, options) }).ToString());
        var rows = differences.Any(difference => difference.Name is "corpus" or "validation")
            ? " Rows that were split or shuffled are the same again with the same seed alone: give MLContext one."
            : "";
        return $"The checkpoints in \"{folder}\" are of another training. {string.Join(' ', sentences)}{rows} "
            + "Fit with what was, or name another folder in Training.Checkpoint.Folder.";
    }

    private static string NameOf(string name, RecurrentNetworkOptions options)
        => name == "corpus" ? $"The data, column \"{options.InputColumnName}\","
            : options.InitialModel is not null && OfInitialModel.Contains(name) ? $"The {name.Replace('_', ' ')} of InitialModel"
            : Properties.TryGetValue(name, out var property) ? property
            : $"Training.{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.Replace('_', ' ')).Replace(" ", "", StringComparison.Ordinal)}";
}

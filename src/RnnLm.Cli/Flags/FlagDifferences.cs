using RnnLm.Cli.Output;
using RnnLm.Training;
using RnnLm.Wording;

namespace RnnLm.Cli.Flags;

/// <summary>Why a training does not go on from a checkpoint, in the command line's own words.</summary>
static class FlagDifferences
{
    private const string Text = "TEXT";
    private const string Validation = "--validation";
    private const string Initial = "--initial";
    private const string InitialWeights = "initial_weights";
    private const string Tokenizer = "tokenizer";
    private const string Vocabulary = "vocabulary";
    private const string Corpus = "corpus";

    /// <summary>The flags that decide what has a name in a checkpoint.</summary>
    private static readonly Dictionary<string, string[]> Flags = new()
    {
        ["cell"] = ["--cell"],
        ["layers"] = ["--layers"],
        ["embedding_size"] = ["--embedding"],
        ["hidden_size"] = ["--hidden"],
        ["projection_size"] = ["--projection"],
        ["forget_bias"] = ["--forget-bias"],
        ["preset"] = ["--preset"],
        ["tied"] = ["--tied", "--no-tied"],
        ["dropout"] = ["--dropout"],
        ["input_dropout"] = ["--input-dropout"],
        ["hidden_dropout"] = ["--hidden-dropout"],
        ["output_dropout"] = ["--output-dropout"],
        ["embedding_dropout"] = ["--embedding-dropout"],
        ["weight_dropout"] = ["--weight-dropout"],
        ["activation_penalty"] = ["--activation-penalty"],
        ["temporal_activation_penalty"] = ["--temporal-activation-penalty"],
        ["softmax"] = ["--softmax"],
        ["sample_count"] = ["--samples"],
        ["sampler"] = ["--sampler"],
        ["adaptive_cutoffs"] = ["--cutoffs"],
        ["optimizer"] = ["--optimizer"],
        ["learning_rate"] = ["--learning-rate"],
        ["weight_decay"] = ["--weight-decay"],
        ["beta1"] = ["--beta1"],
        ["beta2"] = ["--beta2"],
        ["epsilon"] = ["--epsilon"],
        ["schedule"] = ["--schedule"],
        ["annealing"] = ["--annealing"],
        ["warmup"] = ["--warmup"],
        ["start_divisor"] = ["--start-divisor"],
        ["final_divisor"] = ["--final-divisor"],
        ["curve"] = ["--curve"],
        ["highest_beta1"] = ["--highest-beta1"],
        ["lowest_beta1"] = ["--lowest-beta1"],
        ["final_share"] = ["--final-share"],
        ["undo"] = ["--undo"],
        ["averaging"] = ["--average"],
        ["averaging_interval"] = ["--average-every"],
        ["averaging_decay"] = ["--average-decay"],
        ["averaging_start"] = ["--average-start"],
        ["nonmonotone_interval"] = ["--nonmonotone-interval"],
        ["gradient_clip"] = ["--clip"],
        ["state_reset_probability"] = ["--state-reset"],
        ["batch_size"] = ["--batch"],
        ["window"] = ["--window"],
        ["epochs"] = ["--epochs"],
        ["time_limit"] = ["--time-limit"],
        ["random_window"] = ["--random-window", "--no-random-window"],
        ["partial_shuffle"] = ["--partial-shuffle", "--no-partial-shuffle"],
        ["seed"] = ["--seed"],
        ["threads"] = ["--threads"],
        ["engine"] = [EngineFlag.Name, "--device", "--synchronization", "--synchronize-every", "--outer-rate", "--outer-momentum"],
        [Tokenizer] = ["--tokenizer", "--lower-case"],
        [Vocabulary] = ["--vocabulary-size", "--minimum-count", "--extend-vocabulary"],
        [Corpus] = [Text],
        ["validation"] = [Validation],
        [InitialWeights] = [Initial],
    };

    /// <summary>What is that of the initial model, where there is one.</summary>
    private static readonly string[] OfInitialModel =
        ["cell", "layers", "embedding_size", "hidden_size", "projection_size", "tied", "softmax", "adaptive_cutoffs", "adaptive_division_factor", Tokenizer, InitialWeights];

    // They are differences only where the schedule spans the run.
    private static readonly string[] LengthFlags = ["--epochs", "--time-limit"];

    private static readonly string[] Files = [Text, Validation, Initial];

    /// <summary>Says what is not as it was, and what would be right.</summary>
    /// <param name="differences">The differences, at least one.</param>
    /// <param name="given">The command line.</param>
    /// <param name="earlier">The command line that the checkpoint keeps; null where it keeps none.</param>
    /// <returns>What to throw: the command line is at fault where it says something anew, and what it names where that has changed.</returns>
    public static Exception Explain(IReadOnlyList<CheckpointDifference> differences, KeptCommandLine given, KeptCommandLine? earlier)
    {
        // One flag may change much: what follows from what was given anew is not told.
        var anew = earlier is null ? [] : differences.SelectMany(FlagsOf).Distinct().Where(flag => IsAnew(flag, given, earlier)).ToList();
        var told = differences.Where(difference => !Follows(difference, differences)).ToList();
        var sentences = anew.Count > 0
            ? anew.Select(flag => Sentence(flag, differences, given, earlier!))
            : told.Select(difference => Sentence(difference, given));
        var right = anew is [Text] or [Validation] ? "Give the text that it was"
            : anew is [Initial] && !earlier!.Texts.ContainsKey(Initial) ? "An initial model cannot be added to a training that goes on. Leave it out"
            : anew is [Initial] ? "Give the model that it was"
            : anew.Count > 0 ? $"Leave {CountText.Choose(anew.Count, "it", "them")} out"
            : told.All(difference => difference.Name is Corpus or Vocabulary or "validation") ? "Give the text that it was"
            : told.All(difference => IsOfInitialModel(difference, given)) ? "Give the model that it was"
            : "Give all that it was";
        var isLength = anew.Count > 0 ? anew.Any(LengthFlags.Contains) : told.Any(CheckpointException.IsOfLength);
        var reason = isLength ? " The learning rate's course follows from the length of the run." : "";
        var explanation = $"This is not the training of the checkpoint. {string.Join(' ', sentences)}{reason} {right}, or begin a new training in another folder with --checkpoint.";
        return anew.Count > 0 ? new UsageException(explanation) : new InvalidDataException(explanation);
    }

    /// <summary>The flags that may be why something is not as it was.</summary>
    private static string[] FlagsOf(CheckpointDifference difference)
    {
        var flags = FlagsThatSet(difference);
        if (difference.Name is Vocabulary or Corpus) return [.. Flags[Tokenizer], .. Flags[Vocabulary], .. flags];
        return OfInitialModel.Contains(difference.Name) ? [.. flags, Initial] : flags;
    }

    /// <summary>Whether something is not as it was since something else is not.</summary>
    private static bool Follows(CheckpointDifference difference, IReadOnlyList<CheckpointDifference> all)
    {
        bool IsAmong(string name) => all.Any(other => other.Name == name);
        return difference.Name switch
        {
            Tokenizer => IsAmong(InitialWeights),
            Vocabulary => IsAmong(InitialWeights) || IsAmong(Corpus),
            Corpus => IsAmong(InitialWeights) && (IsAmong(Tokenizer) || IsAmong(Vocabulary)),
            _ => false,
        };
    }

    private static bool IsOfInitialModel(CheckpointDifference difference, KeptCommandLine given)
        => OfInitialModel.Contains(difference.Name) && given.Texts.ContainsKey(Initial) && (difference.Name == InitialWeights || !FlagsThatSet(difference).Any(given.Texts.ContainsKey));

    /// <summary>The flags that set it.</summary>
    private static string[] FlagsThatSet(CheckpointDifference difference) => Flags.GetValueOrDefault(difference.Name, []);

    private static bool IsAnew(string flag, KeptCommandLine given, KeptCommandLine earlier)
        => given.Texts.TryGetValue(flag, out var now) && !(earlier.Texts.TryGetValue(flag, out var was) && Comparable(flag, was).SequenceEqual(Comparable(flag, now)));

    private static IEnumerable<string> Comparable(string flag, string[] values) => Files.Contains(flag) ? values.Select(Path.GetFullPath) : values;

    /// <summary>What was given anew, and what it was.</summary>
    private static string Sentence(string flag, IReadOnlyList<CheckpointDifference> differences, KeptCommandLine given, KeptCommandLine earlier)
    {
        var now = given.Texts[flag];
        if (now.Length == 0) return $"{flag} is given now, and was not.";
        // What was not given was what it usually is, which the checkpoint knows where the flag alone decides it.
        var was = earlier.Texts.TryGetValue(flag, out var texts) ? string.Join(' ', texts) : differences.FirstOrDefault(difference => FlagsThatSet(difference) is [var only] && only == flag)?.Was?.Replace('_', '-');
        return $"{flag} was {Printable.Line(was ?? "not given")} and is {Printable.Line(string.Join(' ', now))}.";
    }

    /// <summary>What is not as it was, though no flag says so.</summary>
    private static string Sentence(CheckpointDifference difference, KeptCommandLine given)
    {
        var flags = FlagsThatSet(difference);
        var inWords = difference.Name.Replace('_', ' ');
        var name = flags is [Text] or [Validation] or [Initial] ? WithFiles(flags[0])
            : IsOfInitialModel(difference, given) ? $"The {inWords} of {WithFiles(Initial)}"
            : flags is [var flag, ..] ? flag : inWords;
        return $"{name} was {difference.Was ?? "not given"} and is {difference.Now ?? "not given"}.";

        string WithFiles(string flag) => given.Texts.TryGetValue(flag, out var paths) ? $"{flag}, {string.Join(' ', paths.Select(Printable.Quotation))}," : flag;
    }
}

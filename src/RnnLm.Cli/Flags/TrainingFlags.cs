namespace RnnLm.Cli.Flags;

/// <summary>The flags of training options: the network, how words are learned, and how long.</summary>
static class TrainingFlags
{
    public static void Training(this FlagSet flags, TrainingOptions options)
    {
        flags.Cell("The recurrent cell.", options.Cell, value => options.Cell = value, nameof(options.Cell));
        flags.Value("--layers", "The number of recurrent layers.", Values.Whole, options.Layers, value => options.Layers = value, nameof(options.Layers));
        flags.Value("--embedding", "The size of a word's embedding.",
            Values.Whole, options.EmbeddingSize, value => options.EmbeddingSize = value, nameof(options.EmbeddingSize));
        flags.Value("--hidden", "The size of a layer's hidden state.",
            Values.Whole, options.HiddenSize, value => options.HiddenSize = value, nameof(options.HiddenSize));
        flags.Optional("--projection", "The size to which a layer's hidden state is projected, below --hidden: lstm and cifg only. [default: none]",
            Values.Whole, value => options.ProjectionSize = value, nameof(options.ProjectionSize));
        flags.Optional("--forget-bias", "What is added to the biases of forget gates before training begins: lstm and cifg only. [default: 0]",
            Values.Fraction, value => options.ForgetBias = value, nameof(options.ForgetBias));
        var tied = flags.Switch("--tied", "Share the output layer's matrix with the embedding.", () => options.Tied = true,
            nameof(options.Tied));
        flags.Value("--dropout", "The share of values dropped between layers.",
            Values.Fraction, options.Dropout, value => options.Dropout = value, nameof(options.Dropout));
        tied.DoesNotGoWith(flags.Softmax(options), "adaptive", "its clusters have no one matrix to share");
        flags.Choice("--optimizer", "How gradients become updates.", "adam", new()
        {
            ["sgd"] = () => options.Optimizer = new Sgd(),
            ["adam"] = () => options.Optimizer = new Adam(),
            ["adamw"] = () => options.Optimizer = new AdamW(),
        });
        flags.Optional("--learning-rate", "The learning rate at the start. [default: 20 for sgd, 0.002 for adam and adamw]", Values.Fraction,
            value => options.Optimizer.LearningRate = value, nameof(options.Optimizer.LearningRate));
        flags.Value("--clip", "The greatest norm of the gradient.",
            Values.Fraction, options.GradientClip, value => options.GradientClip = value, nameof(options.GradientClip));
        flags.Value("--batch", "The number of parallel streams.",
            Values.Whole, options.BatchSize, value => options.BatchSize = value, nameof(options.BatchSize));
        flags.Value("--state-reset", "How likely it is that a stream begins anew at a line end, as a prompt does. 0: never. 1: always.",
            Values.Fraction, options.StateResetProbability, value => options.StateResetProbability = value, nameof(options.StateResetProbability));
        flags.Value("--window", "The number of words over which errors are propagated back.",
            Values.Whole, options.Window, value => options.Window = value, nameof(options.Window));
        flags.Value("--epochs", "The greatest number of passes over the text.",
            Values.Whole, options.Epochs, value => options.Epochs = value, nameof(options.Epochs));
        flags.Optional("--time-limit", "When to stop at the latest: 90s, 30m, 12h, 2d, or HH:MM:SS.", Values.Time, value => options.TimeLimit = value);
        flags.Value("--patience", "After how many epochs without improvement to stop.",
            Values.Whole, options.Patience, value => options.Patience = value, nameof(options.Patience));
        flags.Value("--seed", "What every random choice follows from.", Values.Whole, options.Seed, value => options.Seed = value, nameof(options.Seed));
        flags.Optional("--threads", "The number of threads. [default: one for each processor]",
            Values.Whole, value => options.Threads = value, nameof(options.Threads));
        flags.Check(() => CheckTraining(options.Validate));
    }

    /// <summary>Lets something check training options, whose faults are told without words of their own.</summary>
    /// <exception cref="ArgumentException">There are faults.</exception>
    public static void CheckTraining(Action check)
    {
        try
        {
            check();
        }
        catch (TrainingOptionsException fault)
        {
            throw new ArgumentException(string.Join(' ', fault.Faults));
        }
    }

    private static Choice Softmax(this FlagSet flags, TrainingOptions options)
    {
        var sampled = new SampledSoftmax();
        var adaptive = new AdaptiveSoftmax();
        var softmax = flags.Choice("--softmax",
            "How words are learned. full: among all words. sampled: among some that are drawn, faster where there are many. "
                + "adaptive: rare words in clusters with less room each, faster and smaller where there are many.",
            "full", new()
            {
                ["full"] = () => options.Softmax = new FullSoftmax(),
                ["sampled"] = () => options.Softmax = sampled,
                ["adaptive"] = () => options.Softmax = adaptive,
            }, nameof(options.Softmax));
        flags.Value("--samples", "How many words a sampled softmax draws.", Values.Whole, sampled.Samples, value => sampled.Samples = value,
            nameof(sampled.Samples)).GoesWith(softmax, "sampled");
        flags.Choice("--sampler", "How they are drawn: by their rank in frequency, or as often as they occur.", "log-uniform", new()
        {
            ["log-uniform"] = () => sampled.Sampler = SamplerKind.LogUniform,
            ["unigram"] = () => sampled.Sampler = SamplerKind.Unigram,
        }).GoesWith(softmax, "sampled");
        flags.Optional("--cutoffs",
            "Where the clusters of an adaptive softmax begin, such as 2000,10000: the most frequent 2,000 words are predicted at full size. "
                + "[default: a sixteenth and three tenths of the vocabulary]",
            Values.Wholes, value => adaptive.Cutoffs = value, nameof(adaptive.Cutoffs)).GoesWith(softmax, "adaptive");
        return softmax;
    }
}

namespace RnnLm.Cli.Flags;

/// <summary>The flags of training options: the network, how words are learned, and how long.</summary>
static class TrainingFlags
{
    public static void Training(this FlagSet flags, TrainingOptions options)
    {
        flags.Cell("The recurrent cell.", options.Cell, value => options.Cell = value);
        flags.Value("--layers", "The number of recurrent layers.", options.Layers, value => options.Layers = value);
        flags.Value("--embedding", "The size of a word's embedding.", options.EmbeddingSize, value => options.EmbeddingSize = value);
        flags.Value("--hidden", "The size of a layer's hidden state.", options.HiddenSize, value => options.HiddenSize = value);
        flags.Switch("--tied", "Share the output layer's matrix with the embedding.", value => options.Tied = value);
        flags.Value("--dropout", "The share of values dropped between layers.", options.Dropout, value => options.Dropout = value);
        flags.Softmax(options);
        flags.Choice("--optimizer", "How gradients become updates.", "adam", new()
        {
            ["sgd"] = () => options.Optimizer = new Sgd(),
            ["adam"] = () => options.Optimizer = new Adam(),
            ["adamw"] = () => options.Optimizer = new AdamW(),
        });
        flags.Optional<double>("--learning-rate", "The learning rate at the start. [default: 20 for sgd, 0.002 for adam and adamw]",
            value => options.Optimizer.LearningRate = value);
        flags.Value("--clip", "The greatest norm of the gradient.", options.GradientClip, value => options.GradientClip = value);
        flags.Value("--batch", "The number of parallel streams.", options.BatchSize, value => options.BatchSize = value);
        flags.Value("--state-reset", "How likely it is that a stream begins anew at a line end, as a prompt does. 0: never. 1: always.",
            options.StateResetProbability, value => options.StateResetProbability = value);
        flags.Value("--window", "The number of words over which errors are propagated back.", options.Window, value => options.Window = value);
        flags.Value("--epochs", "The greatest number of passes over the text.", options.Epochs, value => options.Epochs = value);
        flags.Time("--time-limit", "When to stop at the latest, as HH:MM:SS.", value => options.TimeLimit = value);
        flags.Value("--patience", "After how many epochs without improvement to stop.", options.Patience, value => options.Patience = value);
        flags.Value("--seed", "What every random choice follows from.", options.Seed, value => options.Seed = value);
        flags.Optional<int>("--threads", "The number of threads. [default: one for each processor]", value => options.Threads = value);
    }

    private static void Softmax(this FlagSet flags, TrainingOptions options)
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
            });
        flags.Value("--samples", "How many words a sampled softmax draws.", sampled.Samples, value => sampled.Samples = value).GoesWith(softmax, "sampled");
        flags.Choice("--sampler", "How they are drawn: by their rank in frequency, or as often as they occur.", "log-uniform", new()
        {
            ["log-uniform"] = () => sampled.Sampler = SamplerKind.LogUniform,
            ["unigram"] = () => sampled.Sampler = SamplerKind.Unigram,
        }).GoesWith(softmax, "sampled");
        flags.Numbers("--cutoffs",
            "Where the clusters of an adaptive softmax begin, such as 2000,10000: the most frequent 2,000 words are predicted at full size. "
                + "[default: a sixteenth and three tenths of the vocabulary]",
            value => adaptive.Cutoffs = value).GoesWith(softmax, "adaptive");
    }
}

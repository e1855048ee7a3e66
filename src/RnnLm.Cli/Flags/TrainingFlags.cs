namespace RnnLm.Cli.Flags;

/// <summary>The flags of training options: the network, how words are learned, and how long.</summary>
static class TrainingFlags
{
    public const string Patience = "--patience";
    public const string ScheduleName = "--schedule";

    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="options">The options that they set.</param>
    /// <param name="courseIsIdle">Why the learning rate's course and the length of a training have no effect; null where they have.</param>
    public static void Training(this FlagSet flags, TrainingOptions options, string? courseIsIdle = null)
    {
        flags.Choice("--preset", "What holds for flags that are not given. auto: chosen by the size of the text and by --time-limit. plain: the defaults that stand beside them.", "auto",
            Enum.GetValues<TrainingPreset>().ToDictionary(preset => preset.ToString().ToLowerInvariant(), preset => (Action)(() => options.Preset = preset)),
            nameof(options.Preset));
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
        var tied = flags.Toggle("--tied", "Share the output layer's matrix with the embedding.", "Give the output layer a matrix of its own, where the preset shares it.", value => options.Tied = value, nameof(options.Tied));
        flags.Value("--dropout", "The share of values dropped between layers.",
            Values.Fraction, options.Dropout, value => options.Dropout = value, nameof(options.Dropout));
        flags.Regularization(options);
        tied.DoesNotGoWith(flags.Softmax(options), "adaptive", "its clusters have no one matrix to share");
        flags.Optimizer(options);
        OfCourse(() => flags.Schedule(options));
        OfCourse(() => flags.Averaging(options));
        flags.Value("--clip", "The greatest norm of the gradient.",
            Values.Fraction, options.GradientClip, value => options.GradientClip = value, nameof(options.GradientClip));
        flags.Value("--batch", "The number of parallel streams.",
            Values.Whole, options.BatchSize, value => options.BatchSize = value, nameof(options.BatchSize));
        flags.Value("--state-reset", "How likely it is that a stream begins anew at a line end, as a prompt does. 0: never. 1: always.",
            Values.Fraction, options.StateResetProbability, value => options.StateResetProbability = value, nameof(options.StateResetProbability));
        flags.Value("--window", "The number of words over which errors are propagated back.",
            Values.Whole, options.Window, value => options.Window = value, nameof(options.Window));
        flags.Toggle("--random-window", "Draw the length of each window around --window.", "Let all windows have one length, where the preset draws it.", value => options.RandomWindow = value, nameof(options.RandomWindow));
        flags.Toggle("--partial-shuffle", "Begin each stream at another place in every pass.", "Begin each stream at the same place in every pass, where the preset does not.", value => options.PartialShuffle = value, nameof(options.PartialShuffle));
        OfCourse(() => flags.Value("--epochs", "The greatest number of passes over the text.",
            Values.Whole, options.Epochs, value => options.Epochs = value, nameof(options.Epochs)));
        flags.Optional("--time-limit", "When to stop at the latest: 90s, 30m, 12h, 2d, or HH:MM:SS.", Values.Time, value => options.TimeLimit = value);
        OfCourse(() => flags.Value(Patience, "After how many epochs without improvement to stop: with --validation, where the schedule does not span the run, and once an average has begun, if there is one.",
            Values.Whole, options.Patience, value => options.Patience = value, nameof(options.Patience)));
        flags.Value("--seed", "What every random choice follows from.", Values.Whole, options.Seed, value => options.Seed = value, nameof(options.Seed));
        flags.Optional("--threads", "The number of threads. [default: one for each processor]",
            Values.Whole, value => options.Threads = value, nameof(options.Threads));
        flags.Check(() => CheckTraining(options.Validate));

        void OfCourse(Action declare)
        {
            if (courseIsIdle is null) declare();
            else flags.Idle(declare, courseIsIdle);
        }
    }

    /// <summary>Checks that patience, where it is given, can end one of some trainings.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void CheckPatience(this FlagSet flags, params IEnumerable<TrainingOptions> trainings)
    {
        if (!flags.IsGiven(Patience)) return;
        var all = trainings.ToList();
        if (all.Any(options => !options.Schedule.SpansRun)) return;
        var name = all[0].Schedule.Name.Replace('_', '-');
        throw new UsageException($"{Patience} has no effect with {ScheduleName} {name}{(flags.Given.Texts.ContainsKey(ScheduleName) ? "" : ", as the preset has it")}: "
            + $"its course spans the whole run, which it does not end. Leave it out{(flags.Earlier is null ? $", or give {ScheduleName} plateau or constant" : "")}.");
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

    /// <summary>The options that a text is learned with; where their network cannot be for its vocabulary, that is wrong with the command line.</summary>
    /// <exception cref="UsageException">It cannot be.</exception>
    public static TrainingOptions OptionsFor(this FlagSet flags, LanguageModelTrainer trainer, Vocabulary words, TokenStream text) => flags.Suit(() =>
    {
        var settled = trainer.OptionsFor(words, text);
        settled.ShapeFor(words.Count).Validate();
        return settled;
    });

    /// <summary>A switch, and another with <c>no-</c> before its name that says the opposite, for what a preset may switch on.</summary>
    private static Flag Toggle(this FlagSet flags, string name, string on, string off, Action<bool> set, string option)
    {
        var isOn = false;
        var opposite = $"--no-{name[2..]}";
        var flag = flags.Switch(name, on, () =>
        {
            isOn = true;
            set(true);
        }, option);
        flags.Switch(opposite, off, () =>
        {
            if (isOn) throw new UsageException($"{name} and {opposite} are both given. Give one of them.");
            set(false);
        });
        return flag;
    }

    private static void Regularization(this FlagSet flags, TrainingOptions training)
    {
        var options = training.Regularization;
        flags.Optional("--input-dropout", "The share of values dropped from the embedding, the same ones over a whole window. [default: as --dropout]",
            Values.Fraction, value => training.Regularization.InputDropout = value, nameof(options.InputDropout));
        flags.Optional("--hidden-dropout", "The share of values dropped between layers, the same ones over a whole window. [default: as --dropout]",
            Values.Fraction, value => training.Regularization.HiddenDropout = value, nameof(options.HiddenDropout));
        flags.Optional("--output-dropout", "The share of values dropped before the output layer, the same ones over a whole window. [default: as --dropout]",
            Values.Fraction, value => training.Regularization.OutputDropout = value, nameof(options.OutputDropout));
        flags.Value("--embedding-dropout", "The share of words whose embedding is dropped in a window.",
            Values.Fraction, options.EmbeddingDropout, value => training.Regularization.EmbeddingDropout = value, nameof(options.EmbeddingDropout));
        flags.Value("--weight-dropout", "The share of recurrent weights dropped in a window.",
            Values.Fraction, options.WeightDropout, value => training.Regularization.WeightDropout = value, nameof(options.WeightDropout));
        flags.Value("--activation-penalty", "The factor of the mean square of what the last layer puts out.",
            Values.Fraction, options.ActivationPenalty, value => training.Regularization.ActivationPenalty = value, nameof(options.ActivationPenalty));
        flags.Value("--temporal-activation-penalty", "The factor of the mean square of how much that changes from word to word.", Values.Fraction,
            options.TemporalActivationPenalty, value => training.Regularization.TemporalActivationPenalty = value, nameof(options.TemporalActivationPenalty));
    }

    private static void Optimizer(this FlagSet flags, TrainingOptions options)
    {
        var optimizer = flags.Choice("--optimizer", "How gradients become updates.", "adam", new()
        {
            ["sgd"] = () => options.Optimizer = new Sgd(),
            ["adam"] = () => options.Optimizer = new Adam(),
            ["adamw"] = () => options.Optimizer = new AdamW(),
        }, nameof(options.Optimizer));
        flags.Optional("--learning-rate", "The learning rate: at the start, or at the peak of a cycle. [default: 20 for sgd, 0.002 for adam and adamw]", Values.Fraction,
            value => options.Optimizer.LearningRate = value, nameof(options.Optimizer.LearningRate));
        flags.Value("--weight-decay", "The decay of weights: an L2 penalty for sgd and adam, decoupled from the gradient for adamw.", Values.Fraction,
            options.Optimizer.WeightDecay, value => options.Optimizer.WeightDecay = value, nameof(options.Optimizer.WeightDecay));
        var usual = new Adam();
        Moments("--beta1", "The decay rate of the gradient's running mean.", usual.Beta1, (moments, value) => moments.Beta1 = value, nameof(usual.Beta1));
        Moments("--beta2", "The decay rate of the squared gradient's running mean.", usual.Beta2, (moments, value) => moments.Beta2 = value, nameof(usual.Beta2));
        Moments("--epsilon", "What is added to the root of that mean.", usual.Epsilon, (moments, value) => moments.Epsilon = value, nameof(usual.Epsilon));

        void Moments(string name, string description, double usually, Action<AdaptiveMomentOptimizer, double> set, string option)
            => flags.Value(name, description, Values.Fraction, usually, value =>
            {
                if (options.Optimizer is AdaptiveMomentOptimizer moments) set(moments, value);
            }, option).GoesWithAny(optimizer, "adam", "adamw");
    }

    private static void Schedule(this FlagSet flags, TrainingOptions options)
    {
        var plateau = new PlateauSchedule();
        var oneCycle = new OneCycleSchedule();
        var cosine = new CosineSchedule();
        var schedule = flags.Choice(ScheduleName,
            "How the learning rate changes. plateau: it is lowered after an epoch that has not improved. one-cycle: up to its peak and down to almost nothing, once over "
                + "the whole run. cosine: down to nothing over the whole run. constant: not at all.",
            "plateau", new()
            {
                ["plateau"] = () => options.Schedule = plateau,
                ["one-cycle"] = () => options.Schedule = oneCycle,
                ["cosine"] = () => options.Schedule = cosine,
                ["constant"] = () => options.Schedule = new ConstantSchedule(),
            }, nameof(options.Schedule));
        flags.Value("--annealing", "What a plateau multiplies the learning rate by.",
            Values.Fraction, plateau.Factor, value =>
            {
                plateau.Factor = value;
                options.Schedule = plateau;
            }, nameof(plateau.Factor)).GoesWith(schedule, "plateau");
        flags.Switch("--undo", "Go back to the best weights after an epoch that has not improved.", () =>
        {
            plateau.Undo = true;
            options.Schedule = plateau;
        }, nameof(plateau.Undo)).GoesWith(schedule, "plateau");
        flags.Optional("--warmup", "The share of the run in which the learning rate rises. [default: 0.3 for one-cycle, 0 for cosine]",
            Values.Fraction, value => oneCycle.Warmup = cosine.Warmup = value, nameof(oneCycle.Warmup)).GoesWithAny(schedule, "one-cycle", "cosine");
        flags.Value("--start-divisor", "What the peak of one cycle is divided by for the learning rate at the start.", Values.Fraction, oneCycle.StartDivisor,
            value => oneCycle.StartDivisor = value, nameof(oneCycle.StartDivisor)).GoesWith(schedule, "one-cycle");
        flags.Value("--final-divisor", "What the peak of one cycle is divided by for the learning rate at the end.", Values.Fraction, oneCycle.FinalDivisor,
            value => oneCycle.FinalDivisor = value, nameof(oneCycle.FinalDivisor)).GoesWith(schedule, "one-cycle");
        flags.Choice("--curve", "How one cycle rises and falls.", "cosine", new()
        {
            ["cosine"] = () => oneCycle.Curve = ScheduleCurve.Cosine,
            ["linear"] = () => oneCycle.Curve = ScheduleCurve.Linear,
        }, nameof(oneCycle.Curve)).GoesWith(schedule, "one-cycle");
        flags.Optional("--highest-beta1", "What beta1 is at the start and at the end of one cycle, such as 0.95. [default: it does not change]",
            Values.Fraction, value => oneCycle.HighestBeta1 = value, nameof(oneCycle.HighestBeta1)).GoesWith(schedule, "one-cycle");
        flags.Optional("--lowest-beta1", "What beta1 is at the peak of one cycle, such as 0.85. [default: it does not change]",
            Values.Fraction, value => oneCycle.LowestBeta1 = value, nameof(oneCycle.LowestBeta1)).GoesWith(schedule, "one-cycle");
        flags.Value("--final-share", "The share of the learning rate that a cosine ends with.",
            Values.Fraction, cosine.FinalShare, value => cosine.FinalShare = value, nameof(cosine.FinalShare)).GoesWith(schedule, "cosine");
    }

    private static void Averaging(this FlagSet flags, TrainingOptions options)
    {
        var exponential = new ExponentialAverage();
        var triggered = new TriggeredAverage();
        var average = flags.Choice("--average",
            "Average the weights that training passes through. exponential: the latest count most, over the last part of the run. "
                + "triggered: all alike, since validation no longer improves.",
            "none", new()
            {
                ["none"] = () => options.Averaging = null,
                ["exponential"] = () => options.Averaging = exponential,
                ["triggered"] = () => options.Averaging = triggered,
            }, nameof(options.Averaging));
        flags.Value("--average-every", "How many windows there are from one average to the next.", Values.Whole, exponential.Interval,
            value => exponential.Interval = triggered.Interval = value, nameof(exponential.Interval)).GoesWithAny(average, "exponential", "triggered");
        flags.Value("--average-decay", "How much of an exponential average is left after a window.", Values.Fraction, exponential.Decay,
            value => exponential.Decay = value, nameof(exponential.Decay)).GoesWith(average, "exponential");
        flags.Optional("--average-start", "The share of the run after which an exponential average begins. [default: two thirds]", Values.Fraction,
            value => exponential.Start = value, nameof(exponential.Start)).GoesWith(average, "exponential");
        flags.Value("--nonmonotone-interval", "An average is triggered by an epoch that is worse than the best of all but the last so many.", Values.Whole,
            triggered.NonmonotoneInterval, value => triggered.NonmonotoneInterval = value, nameof(triggered.NonmonotoneInterval)).GoesWith(average, "triggered");
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

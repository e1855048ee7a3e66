using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Makes a language model out of text: counts the words, builds the vocabulary, trains the network. Whatever ends the training, the
/// best weights seen are kept: they are in the result, or in the exception.
/// </summary>
/// <remarks>
/// <para>A run that ends within its first epoch has learned something where a sample of the corpus has a perplexity that is lower, by a fiftieth at
/// least, than with the weights it began with. Cancelled before that, it throws <see cref="OperationCanceledException"/>; with the time over before
/// that, <see cref="TrainingFailedException"/>, whose cause is a <see cref="TimeoutException"/>.</para>
/// <para>Training has diverged where a loss, a gradient or a weight is not a finite number, or where a perplexity is more than a thousand times
/// that of a guess among all words. Weights from which such a loss came are never kept.</para>
/// </remarks>
public sealed class LanguageModelTrainer
{
    private readonly TrainingOptions options;
    private readonly ITrainingEngine engine;
    private readonly TimeProvider time;
    private double? speed; // of this machine, once it has been needed

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How to build and train the network. They are copied: later changes have no effect.</param>
    /// <param name="engine">What runs the mathematics; null means the managed engine.</param>
    /// <param name="time">The clock for time limit, speed and progress; null means the system's.</param>
    /// <exception cref="TrainingOptionsException">One or more options are out of range.</exception>
    /// <exception cref="ArgumentException">The engine has no name.</exception>
    public LanguageModelTrainer(TrainingOptions options, ITrainingEngine? engine = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options.Clone();
        // The working directory may be another by the time that something is written.
        if (this.options.Checkpoint is { } checkpoint) checkpoint.Folder = Path.GetFullPath(checkpoint.Folder);
        if (this.options.History is { } history) this.options.History = Path.GetFullPath(history);
        this.engine = engine ?? new ManagedEngine();
        if (this.engine.Name is null) throw new ArgumentException("The name of the engine is null; it must be text.", nameof(engine));
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>
    /// Throws where the engine cannot train on this machine or with these options, or cannot go on from the checkpoints there are: to be asked before a corpus
    /// is read.
    /// </summary>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine.</exception>
    /// <exception cref="CheckpointException">
    /// <see cref="CheckpointOptions.Resumption"/> asks for a checkpoint and there is none, or for none and there is one; or none is whole; or the newest is of a run
    /// with other options; or another training writes its own there.
    /// </exception>
    /// <exception cref="IOException">The history cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The history may not be written.</exception>
    public void CheckEngine()
    {
        engine.Check(options);
        if (Writes && options.History is { } history) AtomicFile.CheckWritable(history, files: options.HistoryFiles);
        using (var claim = Claim()) claim?.ThrowIfTaken();
        Resumption.Of(options, engine);
    }

    /// <summary>Throws where training cannot go on from a model with these options, or not on this machine: to be asked before a corpus is read.</summary>
    /// <param name="initial">The model.</param>
    /// <exception cref="TrainingOptionsException">Options of the network's shape are set that are not the model's: the message names each.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine.</exception>
    /// <exception cref="CheckpointException">As of <see cref="CheckEngine()"/>.</exception>
    public void CheckEngine(LanguageModel initial) => Following(initial).CheckEngine();

    /// <summary>
    /// Looks for a learning rate: trains a network of its own with rates that grow from window to window, until the loss diverges (Smith 2017). Optimizer, batches,
    /// dropout and gradient clipping are those of the options; the schedule and averages have no part in it, nothing is validated, and no checkpoint is written. The same
    /// seed, data and number of threads give the same curve.
    /// </summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>; read over again where it has fewer windows than there are rates.</param>
    /// <param name="range">The rates; null means the defaults.</param>
    /// <param name="initial">The weights to begin with, which stay as they are; null means random ones, which follow from the seed.</param>
    /// <exception cref="TrainingDataException">As of <see cref="Train(Tokenizer, Vocabulary, TokenStream, TokenStream?, NetworkWeights?)"/>.</exception>
    /// <exception cref="ArgumentException">The range is none, or <paramref name="initial"/> has another shape than the options describe, or a weight that is not a finite number.</exception>
    /// <exception cref="TrainingDivergedException">The loss or the gradient of the first window is not finite.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LearningRateCurve FindLearningRate(Vocabulary vocabulary, TokenStream corpus, LearningRateRange? range = null, NetworkWeights? initial = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        range ??= new LearningRateRange();
        TrainingText.Check(vocabulary, corpus, null);
        var options = Settle(this.options, vocabulary, corpus, initial, isRateSought: true);
        var (lowest, highest) = range.Resolve(options.Optimizer.LearningRate);
        engine.Check(options);
        var wordCounts = TrainingText.CountWords(corpus, vocabulary);
        using var session = engine.Start(InitialWeights(options, vocabulary, initial, wordCounts), options, wordCounts);
        var search = new LearningRateSearch(SourceOf(options, corpus, options.BatchSize), session, new Window(options.BatchSize, options.Window));
        var curve = search.Run(lowest, highest, range.Windows, options.CancellationToken);
        return curve.Points.Count > 0 ? curve : throw new TrainingDivergedException("the loss of the first window is not finite", new TrainingPosition(1, 1, lowest), options, null);
    }

    /// <summary>Looks for a learning rate for the network that <see cref="Train(Tokenizer, IEnumerable{string?}, IEnumerable{string?}?, VocabularyOptions?)"/> would train.</summary>
    /// <param name="tokenizer">What splits text into words.</param>
    /// <param name="corpus">The lines to learn; null lines are skipped.</param>
    /// <param name="vocabularyOptions">How the vocabulary is cut; null means every word.</param>
    /// <param name="range">The rates; null means the defaults.</param>
    /// <inheritdoc cref="FindLearningRate(Vocabulary, TokenStream, LearningRateRange?, NetworkWeights?)" path="/*[not(self::param)]"/>
    public LearningRateCurve FindLearningRate(
        Tokenizer tokenizer, IEnumerable<string?> corpus, VocabularyOptions? vocabularyOptions = null, LearningRateRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(corpus);
        vocabularyOptions?.Validate();
        range?.Resolve(options.Optimizer.LearningRate);
        engine.Check(options);
        var (vocabulary, words, _) = Read(tokenizer, corpus, null, builder => TrainingText.VocabularyOf(builder, vocabularyOptions));
        return FindLearningRate(vocabulary, words, range);
    }

    /// <summary>Looks for a learning rate for the network that <see cref="Train(SubwordOptions, IEnumerable{string?}, IEnumerable{string?}?)"/> would train.</summary>
    /// <param name="subwords">How subwords are learned.</param>
    /// <param name="corpus">The lines to learn; null lines are skipped.</param>
    /// <param name="range">The rates; null means the defaults.</param>
    /// <inheritdoc cref="FindLearningRate(Vocabulary, TokenStream, LearningRateRange?, NetworkWeights?)" path="/*[not(self::param)]"/>
    public LearningRateCurve FindLearningRate(SubwordOptions subwords, IEnumerable<string?> corpus, LearningRateRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(subwords);
        ArgumentNullException.ThrowIfNull(corpus);
        subwords.Validate();
        range?.Resolve(options.Optimizer.LearningRate);
        engine.Check(options);
        var builder = new TokenStreamBuilder(subwords) { CancellationToken = options.CancellationToken };
        var (vocabulary, words, _) = Read(builder, builder.LearnSubwords, corpus, null, _ => TrainingText.VocabularyOf(builder, null));
        return FindLearningRate(vocabulary, words, range);
    }

    /// <summary>Trains a language model. The text is read once and tokenized once; null lines are skipped.</summary>
    /// <param name="tokenizer">What splits text into words; it becomes part of the model.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="validation">The lines by which epochs are compared; null means that there are none.</param>
    /// <param name="vocabularyOptions">How the vocabulary is cut; null means every word.</param>
    /// <exception cref="ArgumentException">An option of the vocabulary is out of range.</exception>
    /// <exception cref="TrainingDataException">There is nothing to learn from; nothing has been trained.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option; no text has been read.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine; no text has been read.</exception>
    /// <exception cref="TrainingFailedException">
    /// Training diverged, the engine failed, or the time was over before anything was learned;
    /// <see cref="TrainingFailedException.BestModel"/> is the best model until then.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was learned.</exception>
    /// <exception cref="CheckpointException">As of <see cref="CheckEngine()"/>; or the newest checkpoint is of a run with other data, or none can be written.</exception>
    public TrainedModel Train(
        Tokenizer tokenizer, IEnumerable<string?> corpus, IEnumerable<string?>? validation = null, VocabularyOptions? vocabularyOptions = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(corpus);
        vocabularyOptions?.Validate();
        CheckEngine();
        var (vocabulary, words, validationWords) = Read(tokenizer, corpus, validation, builder => TrainingText.VocabularyOf(builder, vocabularyOptions));
        return Train(tokenizer, vocabulary, words, validationWords);
    }

    /// <summary>
    /// Trains a language model of subwords, which are learned of the corpus first. The text is read once; null lines are skipped. The perplexities that training tells of
    /// are by piece; <see cref="LanguageModel.Evaluate"/> gives them by word.
    /// </summary>
    /// <param name="subwords">How subwords are learned; the tokenizer that comes of it becomes part of the model.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="validation">The lines by which epochs are compared; null means that there are none. They have no part in the learning of subwords.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option of the subwords is out of range.</exception>
    /// <inheritdoc cref="Train(Tokenizer, IEnumerable{string?}, IEnumerable{string?}?, VocabularyOptions?)" path="/*[not(self::param)]"/>
    public TrainedModel Train(SubwordOptions subwords, IEnumerable<string?> corpus, IEnumerable<string?>? validation = null)
    {
        ArgumentNullException.ThrowIfNull(subwords);
        ArgumentNullException.ThrowIfNull(corpus);
        subwords.Validate();
        CheckEngine();
        var builder = new TokenStreamBuilder(subwords) { CancellationToken = options.CancellationToken };
        var (vocabulary, words, validationWords) = Read(builder, builder.LearnSubwords, corpus, validation, _ => TrainingText.VocabularyOf(builder, null));
        return Train(builder.LearnSubwords(), vocabulary, words, validationWords);
    }

    /// <summary>
    /// Goes on training a language model on more text, or on text of another kind, with its tokenizer and its network: what of these the options leave
    /// unset follows the model. The text is read once and tokenized once; null lines are skipped.
    /// </summary>
    /// <remarks>
    /// <para>Where there is validation text the model is validated before the first epoch, and is the best until an epoch is better. Where none is, the
    /// result has the model's weights, and <see cref="TrainingResult.BestEpoch"/> 0. Without validation text nothing tells whether what was learned made up
    /// for what was forgotten.</para>
    /// <para>New words get ids behind those that there are, and begin as the unknown word, which they were until now: each is read as that is, and predicted as
    /// that is, by its share of the words of the corpus that the model does not know. Together they are as probable as such words are frequent there; the other
    /// words keep their proportions to one another. An adaptive softmax has them in its last cluster, each as probable as the words there on the whole.</para>
    /// <para>Of a quantised model training goes on from what its integers stand for; the model that is made is in single precision.</para>
    /// </remarks>
    /// <param name="initial">The model to begin with. It stays as it is.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="validation">The lines by which epochs are compared with one another and with the model; null means that there are none.</param>
    /// <param name="newWords">
    /// How words of the corpus that the model does not know are added to its vocabulary: those that occur at least
    /// <see cref="VocabularyOptions.MinimumCount"/> times, up to <see cref="VocabularyOptions.MaximumSize"/> words with those of the model. Null means that
    /// none are: they are unknown words.
    /// </param>
    /// <exception cref="TrainingOptionsException">Options of the network's shape are set that are not the model's: the message names each.</exception>
    /// <exception cref="ArgumentException">An option of the vocabulary is out of range, or does not go with that of the model.</exception>
    /// <exception cref="TrainingDataException">There is nothing to learn from; nothing has been trained.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option; no text has been read.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine; no text has been read.</exception>
    /// <exception cref="TrainingFailedException">
    /// Training diverged, the engine failed, or the time was over before anything was learned;
    /// <see cref="TrainingFailedException.BestModel"/> is the best model until then, where one was better than that to begin with.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was learned.</exception>
    /// <exception cref="CheckpointException">As of <see cref="CheckEngine()"/>; or the newest checkpoint is of a run with other data, or none can be written.</exception>
    public TrainedModel Train(
        LanguageModel initial, IEnumerable<string?> corpus, IEnumerable<string?>? validation = null, VocabularyOptions? newWords = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(corpus);
        newWords?.ValidateFor(initial.Vocabulary);
        CheckEngine(initial);
        var (vocabulary, words, validationWords) = Read(initial.Tokenizer, corpus, validation, ExtendVocabulary);
        return Train(initial, vocabulary, words, validationWords);

        Vocabulary ExtendVocabulary(TokenStreamBuilder builder)
            => newWords is null ? initial.Vocabulary : builder.ExtendVocabulary(initial.Vocabulary, newWords);
    }

    /// <summary>
    /// Trains a language model on text that has been made into word ids, until the epochs are done, validation no longer improves, the
    /// time allowed is over, or it is cancelled; each of these ends with a result, where anything was learned.
    /// </summary>
    /// <param name="tokenizer">What split the text into words; it becomes part of the model.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="validation">
    /// The text by which epochs are compared, with ids of <paramref name="vocabulary"/>. Null means that they are compared by their
    /// training perplexity, that the learning rate stays as it is, and that patience has no effect.
    /// </param>
    /// <param name="initial">
    /// The weights to begin with, such as those of a model that is to learn more; null means random ones, which follow from the seed. A run that goes on from
    /// a checkpoint must be given them again.
    /// </param>
    /// <exception cref="TrainingDataException">
    /// A text has no words or ids outside the vocabulary, the vocabulary has only special words, or the corpus is too short for the
    /// number of streams; nothing has been trained.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="initial"/> has another shape than the options describe, or a weight is not a finite number; nothing has been trained.
    /// </exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="TrainingDivergedException">
    /// A loss, a gradient or a weight was not finite, or a perplexity absurd; the best model until then is in the exception.
    /// </exception>
    /// <exception cref="TrainingFailedException">
    /// The engine failed, and the best model until then is in the exception; or the time was over before anything was learned.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was learned.</exception>
    /// <exception cref="CheckpointException">As of <see cref="CheckEngine()"/>; or the newest checkpoint is of a run with other data, or none can be written.</exception>
    public TrainedModel Train(
        Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation = null, NetworkWeights? initial = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        tokenizer.CheckGoesWith(vocabulary);
        return Train(tokenizer, vocabulary, corpus, validation, initial, continued: null);
    }

    /// <summary>
    /// Goes on training a language model on text that has been made into word ids, as
    /// <see cref="Train(LanguageModel, IEnumerable{string?}, IEnumerable{string?}?, VocabularyOptions?)"/> does.
    /// </summary>
    /// <param name="initial">The model to begin with. It stays as it is.</param>
    /// <param name="vocabulary">Its vocabulary, or that with more words behind its own, as <see cref="TokenStreamBuilder.ExtendVocabulary"/> makes it.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="validation">
    /// The text by which epochs are compared with one another and with the model, with ids of <paramref name="vocabulary"/>; null means that there is none.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="vocabulary"/> does not begin with the words of the model; nothing has been trained.</exception>
    /// <inheritdoc cref="Train(LanguageModel, IEnumerable{string?}, IEnumerable{string?}?, VocabularyOptions?)" path="/*[not(self::param)]"/>
    public TrainedModel Train(LanguageModel initial, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        var trainer = Following(initial);
        TrainingText.Check(vocabulary, corpus, validation);
        var continued = new ContinuedModel(initial, vocabulary);
        var weights = continued.CreateWeights(corpus);
        return trainer.Train(initial.Tokenizer, vocabulary, corpus, validation, weights, continued);
    }

    private TrainedModel Train(
        Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation, NetworkWeights? initial, ContinuedModel? continued)
    {
        Cancellation.ThrowIfRequested(options.CancellationToken);
        TrainingText.Check(vocabulary, corpus, validation);
        using var claim = Claim();
        claim?.TakeWhereThereIsAFolder();
        var resumption = Resumption.Of(options, engine);
        resumption.Settle(unsettled => Settle(unsettled, vocabulary, corpus, initial));
        var plan = resumption.PlanFor(claim, Identity);
        var parts = new RunParts(resumption.Options, engine, time, batchSize => SourceOf(resumption.Options, corpus, batchSize));
        if (engine is ISharedEngine shared) parts = shared.Share(parts, IdentityOf(resumption, plan?.Identity ?? Identity()));
        var run = Begin(parts, vocabulary, corpus, validation, initial, continued is not null, plan);
        try
        {
            var result = run.Run();
            return new TrainedModel(ModelOf(result), result);
        }
        catch (TrainingFailedException failure) when (failure.Best is not null)
        {
            failure.BestModel = ModelOf(failure.Best);
            throw;
        }

        LanguageModel ModelOf(TrainingResult result)
        {
            var record = new TrainingRecord { Options = parts.Options.Describe(), Figures = result.Figures };
            return new(tokenizer, vocabulary, result.Weights, continued?.Complete(record) ?? record);
        }

        IReadOnlyDictionary<string, string> Identity()
            => RunIdentity.Of(engine.Name, tokenizer, vocabulary, corpus, validation, continued?.Weights ?? initial, continued is not null);
    }

    /// <summary>All in which the runs of processes that train one network must be alike.</summary>
    private static Dictionary<string, string> IdentityOf(Resumption resumption, IReadOnlyDictionary<string, string> data)
    {
        var identity = new Dictionary<string, string>([.. data, .. resumption.Options.Describe()]);
        // Each process may have processors and patience of its own, unless a checkpoint says otherwise.
        if (resumption.Options.Threads is null) identity.Remove("threads");
        identity["checkpoints"] = resumption.Options.Checkpoint is { } written ? written.IntervalWindows is { } windows ? Invariant($"every {windows} windows") : $"every {written.Interval}" : "none";
        identity["checkpoint"] = resumption.Step is { } step ? Invariant($"that of step {step:N0}") : "none to go on from";
        return identity;
    }

    /// <summary>The shape of the network that would be trained on a text, for whoever wants to know its size before.</summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    public NetworkShape ShapeFor(Vocabulary vocabulary, TokenStream corpus)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        return OptionsFor(vocabulary, corpus).ShapeFor(vocabulary.Count);
    }

    /// <summary>The options that a text would be learned with; those of the run that would go on, where there is a checkpoint of it.</summary>
    internal TrainingOptions OptionsFor(Vocabulary vocabulary, TokenStream corpus)
    {
        var resumption = Resumption.Of(options, engine);
        resumption.Settle(unsettled => Settle(unsettled, vocabulary, corpus, initial: null));
        return resumption.Options;
    }

    /// <summary>Options with what nobody has set as the preset has it for the text, and as the engine can have it.</summary>
    private TrainingOptions Settle(TrainingOptions unsettled, Vocabulary vocabulary, TokenStream corpus, NetworkWeights? initial, bool isRateSought = false)
    {
        if (unsettled.Preset == TrainingPreset.Auto && initial is not null)
        {
            // Nothing that was chosen for the text would suit weights that were chosen for another.
            unsettled = unsettled.Clone();
            unsettled.Preset = TrainingPreset.Plain;
        }
        var hasLimit = unsettled.TimeLimit is not null && (unsettled.Preset == TrainingPreset.Auto || Presets.NominalOf(unsettled.Preset).MayDescend);
        if (hasLimit) speed ??= MeasureSpeed(unsettled.Threads ?? Environment.ProcessorCount);
        var basis = new PresetBasis(corpus.Count, vocabulary.Count, hasLimit ? unsettled.TimeLimit : null, hasLimit ? speed!.Value : 0, MayDescend: initial is null && !isRateSought);
        var settled = unsettled.SettledFor(basis);
        try
        {
            engine.Check(settled);
        }
        catch (NotSupportedException)
        {
            settled = unsettled.SettledFor(basis with { IsPortable = true });
        }
        settled.Validate();
        return settled;
    }

    private double MeasureSpeed(int threads)
    {
        var own = TrainingCost.SpeedOf(threads);
        return engine is ISharedEngine shared ? shared.OfFirst(own) : own;
    }

    /// <summary>Whether this process writes checkpoints and history, and not another that trains the same network.</summary>
    private bool Writes => engine is not ISharedEngine { Writes: false };

    /// <summary>The right to write checkpoints, still to be taken; null where there are none, or another process writes them.</summary>
    private CheckpointClaim? Claim() => Writes && options.Checkpoint is { } checkpoint ? new CheckpointClaim(checkpoint.Folder, checkpoint.Files) : null;

    /// <summary>The same trainer with options that follow a model.</summary>
    private LanguageModelTrainer Following(LanguageModel initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        if (initial.Members.Count > 0)
            throw new ArgumentException($"The initial model is an ensemble of {initial.Members.Count} models, which is not trained as one; train its members.", nameof(initial));
        return new LanguageModelTrainer(options.Following(initial.Shape), engine, time);
    }

    /// <summary>Reads text, makes a vocabulary of it or chooses one, and gives the text in its ids.</summary>
    private (Vocabulary Vocabulary, TokenStream Corpus, TokenStream? Validation) Read(
        Tokenizer tokenizer, IEnumerable<string?> corpus, IEnumerable<string?>? validation, Func<TokenStreamBuilder, Vocabulary> vocabularyOf)
        => Read(new TokenStreamBuilder(tokenizer) { CancellationToken = options.CancellationToken }, () => tokenizer, corpus, validation, vocabularyOf);

    /// <param name="builder">What reads the text.</param>
    /// <param name="tokenizerOf">The tokenizer, when the text has been read and the vocabulary is there.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="validation">The lines by which epochs are compared.</param>
    /// <param name="vocabularyOf">Makes the vocabulary.</param>
    private (Vocabulary Vocabulary, TokenStream Corpus, TokenStream? Validation) Read(
        TokenStreamBuilder builder, Func<Tokenizer> tokenizerOf, IEnumerable<string?> corpus, IEnumerable<string?>? validation, Func<TokenStreamBuilder, Vocabulary> vocabularyOf)
    {
        TokenStreamEncoder? validationEncoder = null;
        Vocabulary vocabulary;
        try
        {
            foreach (var line in corpus) builder.Add(line);
            vocabulary = vocabularyOf(builder);
            if (validation is not null)
            {
                validationEncoder = new TokenStreamEncoder(tokenizerOf(), vocabulary) { CancellationToken = options.CancellationToken };
                foreach (var line in validation) validationEncoder.Add(line);
            }
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            throw Cancellation.Of(options.CancellationToken);
        }
        return (vocabulary, builder.Build(vocabulary), validationEncoder?.Build());
    }

    private static TrainingRun Begin(
        RunParts parts, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation, NetworkWeights? initial, bool isInitialModel, CheckpointPlan? plan)
    {
        var options = parts.Options;
        var wordCounts = TrainingText.CountWords(corpus, vocabulary);
        var weights = InitialWeights(options, vocabulary, initial, wordCounts);
        var validationText = validation is null ? null : new ValidationText(validation, options.BatchMode);
        return new TrainingRun(
            options, parts.Engine, parts.SourceOf(options.BatchSize), validationText, TrainingText.SampleOf(corpus, options.BatchMode), weights, isInitialModel, wordCounts, parts.Time, plan);
    }

    private static IWindowSource SourceOf(TrainingOptions options, TokenStream corpus, int batchSize) => options.BatchMode == BatchMode.Rows
        ? new RowBatches(corpus, batchSize, options.Seed)
        : new StreamBatches(
            corpus, batchSize, options.StateResetProbability, options.Seed,
            options.RandomWindow ? new RandomWindowLengths(options.Window, options.GreatestWindow, options.Seed) : null,
            options.PartialShuffle ? new RandomRotation(options.Seed) : null);

    private static NetworkWeights InitialWeights(TrainingOptions options, Vocabulary vocabulary, NetworkWeights? initial, IReadOnlyList<long> wordCounts)
    {
        var shape = options.ShapeFor(vocabulary.Count);
        if (initial is not null && initial.Shape != shape)
            throw new ArgumentException($"The initial weights have the shape {initial.Shape}; the options describe {shape}.", nameof(initial));
        if (initial?.Parameters.FirstOrDefault(parameter => !parameter.IsFinite) is { } broken)
            throw new ArgumentException($"The initial weights of {broken.Name} are not all finite numbers; give those of a model that has not diverged.", nameof(initial));
        return initial ?? WeightInitialization.Create(shape, options.Seed, wordCounts, options.ForgetBias);
    }
}

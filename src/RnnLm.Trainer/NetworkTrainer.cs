using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Trains a network on text that has been made into word ids. Whatever ends the training, the best weights seen are kept: they are
/// in the result, or in the exception.
/// </summary>
public sealed class NetworkTrainer
{
    private readonly TrainingOptions options;
    private readonly ITrainingEngine engine;
    private readonly TimeProvider time;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How to build and train the network.</param>
    /// <param name="engine">What runs the mathematics; null means the managed engine.</param>
    /// <param name="time">The clock for time limit, speed and progress; null means the system's.</param>
    /// <exception cref="TrainingOptionsException">One or more options are out of range.</exception>
    public NetworkTrainer(TrainingOptions options, ITrainingEngine? engine = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        this.engine = engine ?? new ManagedEngine();
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Throws where the engine cannot train on this machine or with these options: to be asked before a corpus is read.</summary>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine.</exception>
    public void CheckEngine() => engine.Check(options);

    /// <summary>
    /// Trains until the epochs are done, validation no longer improves, the time allowed is over, or it is cancelled; each of these
    /// ends with a result.
    /// </summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="validation">
    /// The text by which epochs are compared, with ids of <paramref name="vocabulary"/>. Null means that they are compared by their
    /// training perplexity, that the learning rate stays as it is, and that patience has no effect.
    /// </param>
    /// <param name="initial">The weights to begin with; null means random ones, which follow from the seed.</param>
    /// <exception cref="TrainingDataException">
    /// A text has no words or ids outside the vocabulary, the vocabulary has only special words, or the corpus is too short for the
    /// number of streams.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="initial"/> has another shape than the options describe.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a weight was not finite; the best weights are in the exception.</exception>
    /// <exception cref="TrainingFailedException">The engine failed; the best weights are in the exception.</exception>
    public TrainingResult Train(Vocabulary vocabulary, TokenStream corpus, TokenStream? validation = null, NetworkWeights? initial = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        TrainingText.Check(vocabulary, corpus, validation);
        IWindowSource source = options.BatchMode == BatchMode.Rows
            ? new RowBatches(corpus, options.BatchSize, options.Seed)
            : new StreamBatches(corpus, options.BatchSize);

        var shape = options.ShapeFor(vocabulary.Count);
        if (initial is not null && initial.Shape != shape)
            throw new ArgumentException($"The initial weights have the shape {initial.Shape}; the options describe {shape}.", nameof(initial));
        initial ??= WeightInitialization.Create(shape, options.Seed);

        var validationText = validation is null ? null : new ValidationText(validation, options.BatchMode);
        return new TrainingRun(options, engine, source, validationText, initial, TrainingText.CountWords(corpus, vocabulary), time).Run();
    }
}

namespace RnnLm;

/// <summary>Makes a language model out of lines of text: counts the words, builds the vocabulary, trains the network.</summary>
public sealed class LanguageModelTrainer
{
    private readonly TrainingOptions options;
    private readonly NetworkTrainer trainer;

    /// <inheritdoc cref="NetworkTrainer(TrainingOptions, ITrainingEngine?, TimeProvider?)"/>
    public LanguageModelTrainer(TrainingOptions options, ITrainingEngine? engine = null, TimeProvider? time = null)
    {
        trainer = new NetworkTrainer(options, engine, time);
        this.options = options;
    }

    /// <inheritdoc cref="NetworkTrainer.CheckEngine"/>
    public void CheckEngine() => trainer.CheckEngine();

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
    /// Training diverged or the engine failed; <see cref="TrainingFailedException.BestModel"/> is the best model until then.
    /// </exception>
    public TrainedModel Train(
        Tokenizer tokenizer, IEnumerable<string?> corpus, IEnumerable<string?>? validation = null, VocabularyOptions? vocabularyOptions = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(corpus);
        vocabularyOptions?.Validate();
        CheckEngine();

        var builder = new TokenStreamBuilder(tokenizer);
        foreach (var line in corpus) builder.Add(line);
        var vocabulary = BuildVocabulary(builder, vocabularyOptions);
        var validationStream = validation is null ? null : TokenStream.Encode(tokenizer, vocabulary, validation);
        return Train(tokenizer, vocabulary, builder.Build(vocabulary), validationStream);
    }

    /// <summary>Trains a language model on text that has been made into word ids.</summary>
    /// <param name="tokenizer">What split the text into words; it becomes part of the model.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="validation">The text by which epochs are compared; null means that there is none.</param>
    /// <exception cref="TrainingDataException">There is nothing to learn from; nothing has been trained.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option.</exception>
    /// <exception cref="TrainingFailedException">
    /// Training diverged or the engine failed; <see cref="TrainingFailedException.BestModel"/> is the best model until then.
    /// </exception>
    public TrainedModel Train(Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        LanguageModel ModelOf(TrainingResult result) => new(tokenizer, vocabulary, result.Weights, new TrainingRecord
        {
            Options = options.Describe(),
            Figures = result.Figures,
        });
        try
        {
            var result = trainer.Train(vocabulary, corpus, validation);
            return new TrainedModel(ModelOf(result), result);
        }
        catch (TrainingFailedException failure) when (failure.Best is not null)
        {
            failure.BestModel = ModelOf(failure.Best);
            throw;
        }
    }

    private static Vocabulary BuildVocabulary(TokenStreamBuilder builder, VocabularyOptions? vocabularyOptions)
    {
        try
        {
            return builder.BuildVocabulary(vocabularyOptions);
        }
        catch (InvalidOperationException nothingToLearn)
        {
            throw new TrainingDataException(nothingToLearn.Message, nothingToLearn);
        }
    }
}

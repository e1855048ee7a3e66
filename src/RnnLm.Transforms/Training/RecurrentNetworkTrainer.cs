using Microsoft.ML;
using Microsoft.ML.Runtime;
using RnnLm.Training;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Logging;
using RnnLm.Transforms.Training;

namespace RnnLm;

/// <summary>Learns a language model from a column: counts its words, makes a vocabulary of them, and trains a recurrent network.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Of this estimator</description></listheader>
/// <item><term>Machine learning task</term><description>Language modelling: the next word, and what follows from its probability</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>No: the input column is read once</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>RnnLm.Transforms; to train with TorchSharp, RnnLm.Torch and a package of libtorch</description></item>
/// <item><term>Input column data type</term><description>Text, vector of text (words), or vector of key whose <c>KeyValues</c> are text</description></item>
/// <item><term>Output column data type</term><description>As <see cref="LanguageModelColumns"/> names them: text, numbers, vectors of these</description></item>
/// <item><term>Exportable to ONNX</term><description>No; <c>ExportOnnx</c> of RnnLm.Onnx writes the model as a file of its own</description></item>
/// </list>
/// </remarks>
public sealed class RecurrentNetworkTrainer : IEstimator<LanguageModelTransformer>
{
    private readonly MLContext mlContext;
    private readonly RecurrentNetworkOptions options;
    private readonly IDataView? validation;

    internal RecurrentNetworkTrainer(MLContext mlContext, RecurrentNetworkOptions options, IDataView? validation)
    {
        options.Validate();
        if (validation is not null && options.ValidationFraction > 0)
            throw new ArgumentException(
                Invariant($"{nameof(options.ValidationFraction)} is {options.ValidationFraction} and validation data is given; choose one of the two."));
        this.mlContext = mlContext;
        this.options = options.Clone();
        // Drawn whether or not a checkpoint brings another, so that what else draws from the context draws the same; and not set, so that it can.
        if (!options.Training.IsSeedSet) this.options.Training.UsualSeed = ((IHostEnvironment)mlContext).Register("RecurrentNetwork").Rand.Next();
        this.validation = validation;
    }

    /// <summary>The schema with the model's columns.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentException">
    /// The input column is missing, from the data or the validation data, or of a type that a language model cannot read.
    /// </exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        CheckValidation();
        return LanguageModelEstimator.Shape(mlContext, inputSchema, options, options.SpecialWords);
    }

    /// <summary>
    /// Goes on training a model that was learned before, as <see cref="RecurrentNetworkOptions.InitialModel"/> does. What
    /// <see cref="RecurrentNetworkOptions.Vocabulary"/> says for a model that is trained from the beginning need not go with this one: without
    /// <see cref="RecurrentNetworkOptions.ExtendVocabulary"/> it has no say, and with it a greatest size of no more than the model's adds no word.
    /// </summary>
    /// <param name="trainData">The data.</param>
    /// <param name="initialModel">The model, such as <see cref="LanguageModelTransformer.Model"/> of a fitted pipeline.</param>
    /// <exception cref="ArgumentException">
    /// Options are set that are not the model's, such as those of the network's shape or the tokenizer: the message names each. Or the input column is missing,
    /// of a type that a language model cannot read, or of keys of another vocabulary than the model's. Nothing has been trained.
    /// </exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/*[not(self::param)]"/>
    public LanguageModelTransformer Fit(IDataView trainData, LanguageModel initialModel)
    {
        ArgumentNullException.ThrowIfNull(initialModel);
        var continued = options.Clone();
        continued.InitialModel = initialModel;
        if (continued.Vocabulary.MaximumSize <= initialModel.Vocabulary.Count) continued.ExtendVocabulary = false;
        if (!continued.ExtendVocabulary) (continued.Vocabulary.MaximumSize, continued.Vocabulary.MinimumCount) = (null, 1);
        continued.Validate();
        return Fit(trainData, continued);
    }

    /// <summary>
    /// Learns the model. The input column is read once, in one pass, and no other column is. Progress goes to the options' listener and
    /// to <c>MLContext.Log</c>, source <c>LanguageModeling</c>. Cancelled training gives back the best model until then,
    /// where anything was learned. Where the folder of <see cref="TrainingOptions.Checkpoint"/> has checkpoints, of a fit of the same options to the same
    /// rows that was broken off, this one goes on from there, and gives the same model as one that was not.
    /// </summary>
    /// <param name="input">The data.</param>
    /// <exception cref="CheckpointException">
    /// The checkpoints of the folder are of another training or damaged, or there are none though there must be, or the other way round, or none can be written.
    /// Nothing has been trained.
    /// </exception>
    /// <exception cref="ArgumentException">The input column is missing or of a type that a language model cannot read. Nothing was read.</exception>
    /// <exception cref="InvalidOperationException">
    /// The engine lacks something on this machine, and nothing was read; or there is no word in the data. Nothing has been trained.
    /// </exception>
    /// <exception cref="TrainingDataException">The text is too short, or there is no word in the validation data. Nothing has been trained.</exception>
    /// <exception cref="TrainingFailedException">
    /// Training diverged or the engine failed; <see cref="TrainingFailedException.BestModel"/> is the best model until then, and
    /// <c>FromModel</c> puts it into a pipeline.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before anything was learned.</exception>
    /// <exception cref="NotSupportedException">The engine cannot honour an option. Nothing has been trained.</exception>
    public LanguageModelTransformer Fit(IDataView input) => Fit(input, options);

    private LanguageModelTransformer Fit(IDataView input, RecurrentNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        LanguageModelEstimator.FindInput(ColumnDescription.Of(input.Schema), options);
        CheckValidation();

        using var channel = LanguageModelingLog.Start(mlContext);
        var training = options.Training.Clone();
        training.Progress = new TrainingLog(channel, options.Training.Progress);
        if (training.Checkpoint is { } checkpoint) checkpoint.Folder = CurrentFold.FolderIn(checkpoint.Folder);
        if (training.History is { } history) training.History = CurrentFold.FileOf(history);
        var engine = mlContext.GpuDeviceId is { } gpu ? options.Engine?.OnGpu(gpu, mlContext.FallbackToCpu) : options.Engine;
        var trainer = new LanguageModelTrainer(training, engine);
        try
        {
            if (options.InitialModel is { } checkedModel) trainer.CheckEngine(checkedModel);
            else trainer.CheckEngine();

            var corpus = ReadCorpus(input, options);
            corpus.Describe(channel);
            LanguageModelPayload.CheckWords(options, corpus.Tokenizer, corpus.Vocabulary);
            if (options.FeaturesColumnName is not null) options.ValidateFor(options.InitialModel?.Shape ?? trainer.ShapeFor(corpus.Vocabulary, corpus.Training));

            var trained = options.InitialModel is { } initial
                ? trainer.Train(initial, corpus.Vocabulary, corpus.Training, corpus.Validation)
                : trainer.Train(corpus.Tokenizer, corpus.Vocabulary, corpus.Training, corpus.Validation);
            return LanguageModelEstimator.Fit(mlContext, input, options, trained.Model, trained.Result);
        }
        catch (CheckpointException fault) when (fault.Differences.Count > 0)
        {
            throw new CheckpointException(FitDifferences.Explain(fault.Differences, training.Checkpoint!.Folder, options), fault);
        }
    }

    private TrainingCorpus ReadCorpus(IDataView input, RecurrentNetworkOptions options)
    {
        try
        {
            return TrainingCorpus.Read(mlContext, input, validation, options);
        }
        catch (OperationCanceledException) when (options.Training.CancellationToken.IsCancellationRequested)
        {
            throw Cancellation.Of(options.Training.CancellationToken);
        }
    }

    private void CheckValidation()
    {
        if (validation is not null) ColumnCheck.FindInput(ColumnDescription.Of(validation.Schema), options.InputColumnName, "validation data");
    }
}

using Microsoft.ML.Data;
using RnnLm;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Loading;
using RnnLm.Transforms.Logging;
using RnnLm.Transforms.Training;
using RnnLm.Wording;

namespace Microsoft.ML;

/// <summary>Language models in pipelines: <c>mlContext.LanguageModeling</c>.</summary>
public sealed partial class LanguageModelingCatalog
{
    private readonly MLContext mlContext;

    private LanguageModelingCatalog(MLContext mlContext)
    {
        PluginAssembly.LetMLNetFindIt();
        this.mlContext = mlContext;
        Trainers = new LanguageModelingTrainers(mlContext);
    }

    /// <summary>The catalog of a context, for languages without extension properties.</summary>
    /// <param name="mlContext">The context.</param>
    public static LanguageModelingCatalog For(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new LanguageModelingCatalog(mlContext);
    }

    /// <summary>What learns language models.</summary>
    public LanguageModelingTrainers Trainers { get; }

    /// <summary>
    /// Splits text into words: text → vector of text. A row is one text, and line breaks in it are white space. The tokenizer is saved with the
    /// pipeline.
    /// </summary>
    /// <param name="outputColumnName">The column of words to make.</param>
    /// <param name="inputColumnName">The column of text to read; null means the one of the same name.</param>
    /// <param name="tokenizer">What splits; null means running text.</param>
    public TextTokenizingEstimator TokenizeText(string outputColumnName, string? inputColumnName = null, Tokenizer? tokenizer = null)
        => TokenizeText([new InputOutputColumnPair(outputColumnName, inputColumnName)], tokenizer);

    /// <summary>Splits the text of several columns into words: text → vector of text. The tokenizer is saved with the pipeline.</summary>
    /// <param name="columns">The columns of words to make, each with the column of text to read.</param>
    /// <param name="tokenizer">What splits; null means running text.</param>
    /// <exception cref="ArgumentException">There is no column, or one cannot be named so.</exception>
    public TextTokenizingEstimator TokenizeText(InputOutputColumnPair[] columns, Tokenizer? tokenizer = null)
        => new(mlContext, columns, tokenizer ?? Tokenizer.Text());

    /// <summary>
    /// Splits text into pieces of words, which are learned of the column when the pipeline is fitted: text → vector of text. The tokenizer is saved with the
    /// pipeline. For a model that is to know every word, and whose columns are of whole words, give the text itself to the trainer, with
    /// <see cref="RecurrentNetworkOptions.Subwords"/>.
    /// </summary>
    /// <param name="outputColumnName">The column of pieces to make.</param>
    /// <param name="inputColumnName">The column of text to read.</param>
    /// <param name="subwords">How they are learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextTokenizingEstimator TokenizeText(string outputColumnName, string inputColumnName, SubwordOptions subwords)
        => TokenizeText([new InputOutputColumnPair(outputColumnName, inputColumnName)], subwords);

    /// <summary>
    /// Splits the text of several columns into pieces of words, which are learned of all of them when the pipeline is fitted: text → vector of text. The tokenizer is saved
    /// with the pipeline.
    /// </summary>
    /// <param name="columns">The columns of pieces to make, each with the column of text to read.</param>
    /// <param name="subwords">How they are learned.</param>
    /// <exception cref="ArgumentException">There is no column, or one cannot be named so.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextTokenizingEstimator TokenizeText(InputOutputColumnPair[] columns, SubwordOptions subwords)
    {
        ArgumentNullException.ThrowIfNull(subwords);
        subwords.Validate();
        return new TextTokenizingEstimator(mlContext, columns, subwords.Clone());
    }

    /// <summary>
    /// Makes a vocabulary of a column's words and maps the words to keys: vector of text → vector of keys, of a known size where the words'
    /// is known. The <c>KeyValues</c> annotation is the vocabulary in the order of its ids; a word outside it gets the unknown word's key, an
    /// empty word a missing key (0).
    /// </summary>
    /// <param name="outputColumnName">The column of keys to make.</param>
    /// <param name="inputColumnName">The column of words to read; null means the one of the same name.</param>
    /// <param name="maximumNumberOfKeys">The greatest number of words to know, the two special ones included; null means every word.</param>
    /// <param name="minimumCount">How often a word must occur to have a key of its own.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public VocabularyEstimator MapWordsToKeys(
        string outputColumnName, string? inputColumnName = null, int? maximumNumberOfKeys = null, int minimumCount = 1)
        => MapWordsToKeys(outputColumnName, inputColumnName, new VocabularyOptions { MaximumSize = maximumNumberOfKeys, MinimumCount = minimumCount });

    /// <inheritdoc cref="MapWordsToKeys(string, string?, int?, int)" path="/*[not(self::param)]"/>
    /// <param name="outputColumnName">The column of keys to make.</param>
    /// <param name="inputColumnName">The column of words to read; null means the one of the same name.</param>
    /// <param name="options">How the vocabulary is cut.</param>
    public VocabularyEstimator MapWordsToKeys(string outputColumnName, string? inputColumnName, VocabularyOptions options)
        => MapWordsToKeys([new InputOutputColumnPair(outputColumnName, inputColumnName)], options);

    /// <summary>
    /// Makes a vocabulary of the words of each of several columns, each for itself, and maps the words to keys, as
    /// <see cref="MapWordsToKeys(string, string?, int?, int)"/> does.
    /// </summary>
    /// <param name="columns">The columns of keys to make, each with the column of words to read.</param>
    /// <param name="options">How the vocabularies are cut; null means every word.</param>
    /// <exception cref="ArgumentException">There is no column, one cannot be named so, or an option is out of range.</exception>
    public VocabularyEstimator MapWordsToKeys(InputOutputColumnPair[] columns, VocabularyOptions? options = null)
        => new(mlContext, columns, options ?? new VocabularyOptions());

    /// <summary>
    /// Puts a model that has been trained elsewhere, such as one loaded by <see cref="LanguageModel.Load(string)"/>, into a pipeline.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="columns">The columns it reads and makes; null means the defaults: it reads <c>Text</c> and makes <c>NextWord</c>.</param>
    /// <exception cref="ArgumentException">A column cannot be named so.</exception>
    public LanguageModelEstimator FromModel(LanguageModel model, LanguageModelColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new LanguageModelEstimator(mlContext, model, columns ?? new LanguageModelColumns());
    }

    /// <summary>
    /// Changes the language model of a pipeline, fresh or loaded: adds a cache, an n-gram model or members to it
    /// (<see cref="LanguageModel.With(NeuralCache)"/>, <see cref="LanguageModel.With(NGramInterpolation)"/>,
    /// <see cref="LanguageModel.Ensemble"/>) or takes them away, quantises it, or puts another in its place. Its columns stay as they are.
    /// </summary>
    /// <param name="transformer">The pipeline, or the language model alone; left as it is.</param>
    /// <param name="change">Makes the model that the columns are to be of. It has the same words in the same order.</param>
    /// <param name="index">Which language model of the pipeline, from 0 in the order in which they run; null means its only one.</param>
    /// <returns>The pipeline with the other model, without steps that are for training alone; the language model alone where that was given.</returns>
    /// <exception cref="InvalidOperationException">There is no language model in the pipeline, or more than one and no index says which.</exception>
    /// <exception cref="ArgumentException">The model that was made has other words.</exception>
    public ITransformer ChangeModel(ITransformer transformer, Func<LanguageModel, LanguageModel> change, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(change);
        return LanguageModelSearch.Replace(transformer, index, model => model.With(mlContext, change(model.Model)));
    }

    /// <summary>
    /// Measures the language model of a pipeline, fresh or loaded, on data. The rows are the lines of one stream, whatever line breaks they have, an
    /// end-of-line word after each, and the state is carried from the first word to the last: published perplexities are measured so.
    /// </summary>
    /// <param name="model">
    /// The pipeline. The steps before the language model are run on the data, as <c>Transform</c> runs them: those that are for training
    /// alone are not. The steps after it are not run.
    /// </param>
    /// <param name="data">The data, with the columns that the pipeline was fitted on.</param>
    /// <param name="skipEmptyRows">
    /// Whether rows that are null, empty or without a word are left out, as they are in training. Otherwise each is a line that gives
    /// just an end-of-line word; figures for published test sets count blank lines so.
    /// </param>
    /// <param name="index">Which language model of the pipeline, from 0 in the order in which they run; null means its only one.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <exception cref="InvalidOperationException">There is no language model in the pipeline, or more than one and no index says which.</exception>
    /// <exception cref="ArgumentException">The data lacks the input column, or has no words.</exception>
    public LanguageModelMetrics Evaluate(
        ITransformer model, IDataView data, bool skipEmptyRows = true, int? index = null, EvaluationOptions? options = null)
    {
        var (languageModel, text) = Read(model, data, skipEmptyRows, index, options);
        return Log(languageModel, languageModel.Evaluate(text, options), nameof(EvaluateRowsApart));
    }

    /// <summary>
    /// Measures the language model of a pipeline row by row, each row read from a fresh state. This is another measure than
    /// <see cref="Evaluate"/>; the two must not be compared.
    /// </summary>
    /// <inheritdoc cref="Evaluate"/>
    public LanguageModelMetrics EvaluateRowsApart(
        ITransformer model, IDataView data, bool skipEmptyRows = true, int? index = null, EvaluationOptions? options = null)
    {
        var (languageModel, text) = Read(model, data, skipEmptyRows, index, options);
        return Log(languageModel, languageModel.EvaluateLinesApart(text, options), nameof(Evaluate));
    }

    /// <summary>
    /// Measures the language model of a pipeline as <see cref="Evaluate"/> does, while a copy of it learns from the words that it has predicted: dynamic
    /// evaluation. The pipeline stays as it is.
    /// </summary>
    /// <inheritdoc cref="Evaluate" path="/*[not(self::param)]"/>
    /// <param name="model">The pipeline, as <see cref="Evaluate"/> takes it.</param>
    /// <param name="data">The data, with the columns that the pipeline was fitted on.</param>
    /// <param name="settings">How it learns; where null as <see cref="LanguageModel.DynamicEvaluation"/> of the model says, or the defaults.</param>
    /// <param name="skipEmptyRows">Whether rows that are null, empty or without a word are left out, as they are in training.</param>
    /// <param name="index">Which language model of the pipeline, from 0 in the order in which they run; null means its only one.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <exception cref="NotSupportedException">The network has an adaptive softmax.</exception>
    public LanguageModelMetrics EvaluateDynamically(
        ITransformer model, IDataView data, DynamicEvaluation? settings = null, bool skipEmptyRows = true, int? index = null, EvaluationOptions? options = null)
    {
        var (languageModel, text) = Read(model, data, skipEmptyRows, index, options);
        return Log(languageModel, DynamicEvaluator.Evaluate(languageModel, text, settings, options), nameof(EvaluateRowsApart));
    }

    /// <summary>
    /// Divides the rows into folds, and for each of them fits a pipeline to all others and measures its language model on the rows of the fold, as
    /// <see cref="Evaluate"/> does. Where a network keeps checkpoints, each fold has a folder of its own within that of the options: <c>fold-0</c>, <c>fold-1</c>
    /// and so on. With the same seed of the division a cross-validation that was broken off goes on where it was.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="estimator">The pipeline, with a language model in it.</param>
    /// <param name="numberOfFolds">The number of folds, at least 2.</param>
    /// <param name="samplingKeyColumnName">
    /// A column whose equal values are to be in one fold, such as the name of a document; null means every row for itself.
    /// </param>
    /// <param name="seed">The seed of the division; null means that of the context.</param>
    /// <param name="skipEmptyRows">Whether rows that are null, empty or without a word are left out, as they are in training.</param>
    /// <param name="index">Which language model of the pipeline, from 0 in the order in which they run; null means its only one.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <returns>A result for each fold: its metrics, its model, and the rows that the model has not seen, transformed by it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numberOfFolds"/> is below 2, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">There is no language model in the pipeline, or more than one and no index says which.</exception>
    public CrossValidationResult[] CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null,
        bool skipEmptyRows = true, int? index = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        return [.. mlContext.Data.CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed).Select((parts, fold) =>
        {
            var model = CurrentFold.Within(fold, () => estimator.Fit(parts.TrainSet));
            var metrics = Evaluate(model, parts.TestSet, skipEmptyRows, index, options);
            return new CrossValidationResult(metrics, model, model.Transform(parts.TestSet), fold);
        })];
    }

    /// <summary>
    /// Measures how many keystrokes the suggestions of the language model of a pipeline save a person who types the rows, each by itself; line breaks in a
    /// row are typed as spaces. The column that the model reads must be text.
    /// </summary>
    /// <param name="model">
    /// The pipeline, as <see cref="Evaluate"/> takes it. What its columns suggest makes no difference: the options say what is suggested.
    /// </param>
    /// <param name="data">The data, with the columns that the pipeline was fitted on.</param>
    /// <param name="options">What is suggested, and whether the person is learned; the defaults where null.</param>
    /// <param name="index">Which language model of the pipeline, from 0 in the order in which they run; null means its only one.</param>
    /// <exception cref="InvalidOperationException">There is no language model in the pipeline, or more than one and no index says which.</exception>
    /// <exception cref="ArgumentException">The data lacks the input column, it is not text, or no row has a character; or an option is out of range.</exception>
    public TypingMetrics EvaluateTyping(ITransformer model, IDataView data, TypingEvaluationOptions? options = null, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TypingEvaluationOptions();
        options.Validate();
        var (found, before) = LanguageModelSearch.Choose(model, index);
        foreach (var step in before) data = step.Transform(data);

        var column = found.Columns.InputColumnName;
        ColumnCheck.Require(ColumnDescription.Of(data.Schema), column, InputKind.Text);
        return found.Model.EvaluateTyping(data.GetColumn<ReadOnlyMemory<char>>(column).Select(row => row.ToString().ReplaceLineEndings(" ")), options);
    }

    private LanguageModelMetrics Log(LanguageModel model, LanguageModelMetrics metrics, string other)
    {
        using var channel = LanguageModelingLog.Start(mlContext);
        channel.Measured(metrics, model.Training.Context, other);
        return metrics;
    }

    private (LanguageModel Model, TokenStream Text) Read(ITransformer transformer, IDataView data, bool skipEmptyRows, int? index, EvaluationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(data);
        var (found, before) = LanguageModelSearch.Choose(transformer, index);
        foreach (var step in before) data = step.Transform(data);

        var column = found.Columns.InputColumnName;
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(data.Schema), column);
        var encoder = new TokenStreamEncoder(found.Model.Tokenizer, found.Model.Vocabulary)
        {
            SkipLinesWithoutWords = skipEmptyRows,
            CancellationToken = options?.CancellationToken ?? default,
        };
        new RowReader(mlContext, data, column, kind, found.Model.Vocabulary.UnknownWord, "data to evaluate on").ReadTo(encoder);
        var text = encoder.Build();
        using (var channel = LanguageModelingLog.Start(mlContext)) channel.Skipped(text.SkippedLines, "data to evaluate on");
        if (text.Count == 0)
            throw new ArgumentException(
                $"There is nothing to evaluate on: no row of the column \"{column}\" has a word. " +
                $"{CountText.Of(text.SkippedLines, "row was", "rows were")} read.", nameof(data));
        return (found.Model, text);
    }
}

using RnnLm;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Logging;
using RnnLm.Transforms.Rescoring;

namespace Microsoft.ML;

// The hypotheses of recognisers and translators.
public sealed partial class LanguageModelingCatalog
{
    /// <summary>
    /// Puts the hypotheses of each row, with their own scores, into a new order in which a language model has a say: vector of text, vector of <see cref="float"/> →
    /// the same in the new order, and the best hypothesis. The model is saved with the pipeline.
    /// </summary>
    /// <param name="model">The model; one with a cache, an n-gram model or members is as good.</param>
    /// <param name="columns">The columns, and how scores are put together, as <see cref="TuneRescoring(LanguageModel, IDataView, RescoringTuningOptions, string, string, string)"/> finds it; the defaults where null.</param>
    /// <exception cref="ArgumentException">A column cannot be named so, or an option is out of range.</exception>
    public HypothesisRescoringEstimator RescoreHypotheses(LanguageModel model, RescoringColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new HypothesisRescoringEstimator(mlContext, new RescoringModel(model, null), columns ?? new RescoringColumns());
    }

    /// <summary>Puts the hypotheses of each row into a new order in which an n-gram model has a say.</summary>
    /// <param name="model">The model.</param>
    /// <inheritdoc cref="RescoreHypotheses(LanguageModel, RescoringColumns)" path="/*[not(self::param)]"/>
    /// <param name="columns">The columns, and how scores are put together; the defaults where null.</param>
    public HypothesisRescoringEstimator RescoreHypotheses(NGramModel model, RescoringColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new HypothesisRescoringEstimator(mlContext, new RescoringModel(null, model), columns ?? new RescoringColumns());
    }

    /// <summary>
    /// Finds the weight of a language model and the word-insertion penalty with which the best hypotheses of rows have the fewest errors
    /// (<see cref="LanguageModel.TuneRescoring"/>).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows that nobody has learned from, with what was really said.</param>
    /// <param name="options">What is searched; the defaults where null.</param>
    /// <param name="hypothesesColumnName">The column of hypotheses: a vector of text.</param>
    /// <param name="scoresColumnName">The column of their own scores: a vector of <see cref="float"/>.</param>
    /// <param name="referenceColumnName">The column of what was really said: text.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">There is no row.</exception>
    /// <exception cref="InvalidOperationException">A row does not have a finite score for each hypothesis.</exception>
    public RescoringTuningResult TuneRescoring(
        LanguageModel model, IDataView data, RescoringTuningOptions? options = null, string hypothesesColumnName = "Hypotheses",
        string scoresColumnName = "Scores", string referenceColumnName = "Reference")
    {
        ArgumentNullException.ThrowIfNull(model);
        return Tune(new RescoringModel(model, null), data, options, hypothesesColumnName, scoresColumnName, referenceColumnName);
    }

    /// <summary>Finds the weight of an n-gram model and the word-insertion penalty.</summary>
    /// <inheritdoc cref="TuneRescoring(LanguageModel, IDataView, RescoringTuningOptions, string, string, string)"/>
    public RescoringTuningResult TuneRescoring(
        NGramModel model, IDataView data, RescoringTuningOptions? options = null, string hypothesesColumnName = "Hypotheses",
        string scoresColumnName = "Scores", string referenceColumnName = "Reference")
    {
        ArgumentNullException.ThrowIfNull(model);
        return Tune(new RescoringModel(null, model), data, options, hypothesesColumnName, scoresColumnName, referenceColumnName);
    }

    /// <summary>Measures how far the texts of a column are from what was really said.</summary>
    /// <param name="data">The data.</param>
    /// <param name="hypothesisColumnName">The column of texts, such as best hypotheses.</param>
    /// <param name="referenceColumnName">The column of what was really said: text.</param>
    /// <param name="unit">What is counted: words, or characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or is not text, or there is no such unit.</exception>
    public WordErrorRate EvaluateHypotheses(
        IDataView data, string hypothesisColumnName = "BestHypothesis", string referenceColumnName = "Reference", ErrorUnit unit = ErrorUnit.Words)
    {
        ArgumentNullException.ThrowIfNull(data);
        var described = ColumnDescription.Of(data.Schema);
        ColumnCheck.Require(described, hypothesisColumnName, InputKind.Text);
        ColumnCheck.Require(described, referenceColumnName, InputKind.Text);
        var (hypotheses, references) = (data.Schema[hypothesisColumnName], data.Schema[referenceColumnName]);
        var (hypothesis, reference, sum) = (default(ReadOnlyMemory<char>), default(ReadOnlyMemory<char>), default(WordErrorRate));
        using var cursor = data.GetRowCursor([hypotheses, references]);
        var readHypothesis = cursor.GetGetter<ReadOnlyMemory<char>>(hypotheses);
        var readReference = cursor.GetGetter<ReadOnlyMemory<char>>(references);
        while (cursor.MoveNext())
        {
            readHypothesis(ref hypothesis);
            readReference(ref reference);
            sum += WordErrorRate.Of(reference.ToString(), hypothesis.ToString(), unit);
        }
        return sum;
    }

    private RescoringTuningResult Tune(
        RescoringModel model, IDataView data, RescoringTuningOptions? options, string hypothesesColumnName, string scoresColumnName, string referenceColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new RescoringTuningOptions();
        options.Validate();
        var described = ColumnDescription.Of(data.Schema);
        ColumnCheck.RequireTexts(described, hypothesesColumnName);
        ColumnCheck.RequireNumbers(described, scoresColumnName);
        ColumnCheck.Require(described, referenceColumnName, InputKind.Text);
        var result = model.Tune(NBestRows.Read(data, hypothesesColumnName, scoresColumnName, referenceColumnName), options);
        using var channel = LanguageModelingLog.Start(mlContext);
        channel.Tuned(result);
        return result;
    }
}

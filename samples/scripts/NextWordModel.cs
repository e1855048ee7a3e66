using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm;

/// <summary>
/// A model of next words, and all that an application does with it, in the form that ML.NET's Model Builder gives a model. To have it in an application of your own, copy this file and name
/// your model file in <see cref="ModelPath"/>.
/// </summary>
static class NextWordModel
{
    /// <summary>The pipeline that <see cref="Train"/> wrote and that is predicted with.</summary>
    public static string ModelPath { get; set; } = Path.GetFullPath("NextWordModel.zip");

    /// <summary>A prediction engine, made when it is first asked for; for one thread at a time.</summary>
    public static Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine { get; } = new(CreatePredictEngine);

    /// <summary>The most probable next words after a text, and how probable the text itself is.</summary>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Makes a prediction engine of one's own, as every thread of a server needs it.</summary>
    public static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(ModelPath, out _));
    }

    /// <summary>Learns from a file of text, one a line, and saves the pipeline.</summary>
    /// <returns>How well it predicts a twentieth of the lines, which it has not learned from.</returns>
    public static LanguageModelMetrics Train(string modelPath, string textPath)
    {
        var mlContext = new MLContext(seed: 1);
        var split = mlContext.Data.TrainTestSplit(LoadText(mlContext, textPath), testFraction: 0.05);
        var model = RetrainModel(mlContext, split.TrainSet);
        mlContext.Model.Save(model, split.TrainSet.Schema, modelPath);
        return Evaluate(mlContext, model, split.TestSet);
    }

    /// <summary>Loads a file of text, one a line.</summary>
    public static IDataView LoadText(MLContext mlContext, string textPath) => mlContext.Data.LoadFromTextFile<ModelInput>(textPath, separatorChar: '\t');

    /// <summary>Learns the pipeline anew from other text.</summary>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Measures a pipeline on text that it has not learned from.</summary>
    public static LanguageModelMetrics Evaluate(MLContext mlContext, ITransformer model, IDataView testData) => mlContext.LanguageModeling.Evaluate(model, testData);

    /// <summary>What is learned.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) => mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions
    {
        NextWordColumnName = nameof(ModelOutput.NextWord),
        NextWordsColumnName = nameof(ModelOutput.NextWords),
        ProbabilitiesColumnName = nameof(ModelOutput.Probabilities),
        PerplexityColumnName = nameof(ModelOutput.Perplexity),
        NextWordCount = 5,
        Tokenizer = Tokenizer.Text(),
        Vocabulary = { MaximumSize = 5_000 },
        ValidationFraction = 0.02,
        Training = { Preset = TrainingPreset.Small, Epochs = 3 },
    });

    /// <summary>What goes into the pipeline.</summary>
    public sealed class ModelInput
    {
        [LoadColumn(0)]
        public string Text { get; set; } = "";
    }

    /// <summary>What comes out.</summary>
    public sealed class ModelOutput
    {
        public string NextWord { get; set; } = "";

        public string[] NextWords { get; set; } = [];

        public float[] Probabilities { get; set; } = [];

        public float Perplexity { get; set; }
    }
}

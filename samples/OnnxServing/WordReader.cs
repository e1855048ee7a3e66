using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxServing;

/// <summary>Predicts next words with an ordinary ML.NET pipeline whose one step is the exported network.</summary>
sealed class WordReader
{
    private readonly ExportedWords words;
    private readonly PredictionEngine<Reading, Prediction> engine;

    public WordReader(string path, ExportedWords words)
    {
        this.words = words;
        var mlContext = new MLContext();
        var columns = SchemaDefinition.Create(typeof(Reading));
        columns["h0"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, words.HiddenSize);
        columns["c0"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, words.MemorySize);
        var pipeline = mlContext.Transforms.ApplyOnnxModel(["next_words", "probabilities", "next_h0", "next_c0"], ["words", "h0", "c0"], path);
        var model = pipeline.Fit(mlContext.Data.LoadFromEnumerable<Reading>([], columns));
        engine = mlContext.Model.CreatePredictionEngine<Reading, Prediction>(model, inputSchemaDefinition: columns);
    }

    /// <summary>Reads a text, a word a row, each with the state that the row before left.</summary>
    public IEnumerable<(string Word, float Probability)> NextWords(string text)
    {
        var state = new Prediction { Hidden = new float[words.HiddenSize], Memory = new float[words.MemorySize] };
        foreach (var id in words.IdsOf(text).Prepend(words.EndOfLine))
            state = engine.Predict(new Reading { Words = [id], Hidden = state.Hidden, Memory = state.Memory });
        return state.NextWords.Zip(state.Probabilities, (word, probability) => (words[word], probability));
    }
}

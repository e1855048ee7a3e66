using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp;
using RnnLm.Transforms.Tests;

namespace RnnLm.Torch.Tests;

/// <summary>
/// Microsoft.ML.TorchSharp, ML.NET's own trainers over TorchSharp, in the application that trains with our engine. They download a network
/// before they train, so this goes as far as that.
/// </summary>
public class MicrosoftMLTorchSharpTests
{
    [TorchFact]
    public void ML_NETs_text_classification_takes_our_columns_and_our_engine_trains_beside_it()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(
            Sample.Lines.Select(line => new LabelledRow { Text = line, Label = line.Contains("cat", StringComparison.Ordinal) ? "cat" : "other" }));
        var options = Sample.FullOptions();
        options.Engine = new TorchEngine("cpu");
        var languageModel = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
        var classification = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text", sentence2ColumnName: "NextWord"));

        var output = languageModel.Append(classification).GetOutputSchema(ShapeOf(data));
        AssertColumn(output, "NextWord", SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance);
        AssertColumn(output, "Perplexity", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single);
        AssertColumn(output, "Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single);
        AssertColumn(output, "PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32);

        var predicted = languageModel.Fit(data).Transform(data);
        Assert.All(predicted.Column<string>("NextWord"), word => Assert.NotEqual("", word));
        Assert.Contains(classification.GetOutputSchema(ShapeOf(predicted)), column => column.Name == "PredictedLabel");
    }

    private static void AssertColumn(SchemaShape shape, string name, SchemaShape.Column.VectorKind kind, DataViewType type)
    {
        var column = Assert.Single(shape, column => column.Name == name);
        Assert.Equal((kind, type), (column.Kind, column.ItemType));
    }

    private static SchemaShape ShapeOf(IDataView data)
    {
        var watcher = new ShapeWatcher();
        new EstimatorChain<ITransformer>().Append(watcher).Fit(data);
        return watcher.Shape!;
    }

    /// <summary>Keeps the shape that it is asked about.</summary>
    private sealed class ShapeWatcher : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.SelectColumns(input.Schema[0].Name).Fit(input);
    }

    private sealed class LabelledRow
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}

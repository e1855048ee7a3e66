using Microsoft.ML;
using RnnLm;

// What a reader of README writes, with a network that is small enough for a dozen lines.
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(new Sentence { Text = "the cat sat on the mat" }, 12));

var pipeline = mlContext.Transforms.Text.NormalizeText("Text", keepPunctuations: true)
    .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions
    {
        InputColumnName = "Text",
        NextWordColumnName = "NextWord",
        Training = new TrainingOptions { EmbeddingSize = 8, HiddenSize = 16, BatchSize = 2, Window = 7, Epochs = 60, Dropout = 0, Seed = 1, Threads = 1 },
    }));

var model = pipeline.Fit(data);
mlContext.Model.Save(model, data.Schema, "completions.zip");

var loaded = mlContext.Model.Load("completions.zip", out _);
var engine = mlContext.Model.CreatePredictionEngine<Sentence, Prediction>(loaded);
Console.WriteLine(engine.Predict(new Sentence { Text = "the cat" }).NextWord);

class Sentence { public string Text { get; set; } = ""; }

class Prediction { public string NextWord { get; set; } = ""; }

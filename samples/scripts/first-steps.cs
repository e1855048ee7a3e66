#!/usr/bin/env dotnet
// dotnet run first-steps.cs      The notebook of the same name is made of this file: eng/notebooks.cs
#:include ../QuickStart/DocumentationCorpus.cs
#:include Shown.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Interactive@*-*
#:project ../../src/RnnLm.Interactive
#:property PublishAot=false
using Microsoft.ML;
using QuickStart;
using RnnLm;
using static Shown;

// %% [markdown]
// # First steps
// A pipeline of ML.NET learns to predict the next word, is measured, saved and loaded again.
//
// ## Text
// Every machine with a .NET SDK has real text: the documentation of the class library. Some thousand sentences of it are enough here; in a random order, so that what is held out is of the same kind
// as what is learned.

// %%
var sentences = DocumentationCorpus.ReadSentences().ToArray();
new Random(1).Shuffle(sentences);
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(sentences.Take(4_000).Select(text => new Sentence { Text = text }));
var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.05);
Show(data.Schema);
Show(split.TrainSet);

// %% [markdown]
// ## Learning
// What nobody sets, the preset sets. The columns that are named here are those that come out.

// %%
var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions
{
    NextWordsColumnName = "NextWords",
    ProbabilitiesColumnName = "Probabilities",
    PerplexityColumnName = "Perplexity",
    Tokenizer = Tokenizer.Text(),
    Vocabulary = { MaximumSize = 3_000 },
    ValidationFraction = 0.05,
    Training = { Preset = TrainingPreset.Small, Epochs = 3 },
});
var model = trainer.Fit(split.TrainSet);
Show(model.Result!);
Show(model.Model);

// %% [markdown]
// ## Predicting
// As rows, and by the model itself.

// %%
var prompts = mlContext.Data.LoadFromEnumerable([new Sentence { Text = "Gets or sets the" }, new Sentence { Text = "Returns a value that" }]);
Show(model.Transform(prompts));
Show(model.Model.NextWords("Gets or sets the", 5));

// %% [markdown]
// ## Measuring
// On sentences that nothing was learned from.

// %%
Show(mlContext.LanguageModeling.Evaluate(model, split.TestSet));

// %% [markdown]
// ## Saving and loading
// In another process, the same: there is nothing to register.

// %%
mlContext.Model.Save(model, data.Schema, "first-steps.zip");
var loaded = mlContext.Model.Load("first-steps.zip", out _);
Show(loaded.Transform(prompts));

// %% [first]
/// <summary>What goes into the pipeline.</summary>
public sealed class Sentence
{
    public string Text { get; set; } = "";
}

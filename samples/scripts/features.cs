#!/usr/bin/env dotnet
// dotnet run features.cs      The notebook of the same name is made of this file: eng/notebooks.cs
#:include ../Uses/Reviews.cs
#:include Shown.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Interactive@*-*
#:project ../../src/RnnLm.Interactive
#:property PublishAot=false
using Microsoft.ML;
using RnnLm;
using Uses;
using static Shown;

// %% [markdown]
// # Features for a classifier
// A language model has read reviews that nobody has judged. Its states are the features of a classifier, which is given few that somebody has: a review, and whether its writer was content.

// %%
var reviews = new Reviews(seed: 1);
var unjudged = Enumerable.Range(0, 6_000).Select(_ => reviews.Next()).ToArray();
var mlContext = new MLContext(seed: 1);
var judged = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(_ => reviews.Next()).ToArray());
var heldOut = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 1_000).Select(_ => reviews.Next()).ToArray());
Show(judged);

// %% [markdown]
// ## The language model
// A review is a text of its own, so that each is a row of the training.

// %%
var trainer = new LanguageModelTrainer(new TrainingOptions
{
    Layers = 1,
    EmbeddingSize = 32,
    HiddenSize = 64,
    BatchMode = BatchMode.Rows,
    Epochs = 6,
    Optimizer = new Adam { LearningRate = 0.005 },
});
var language = trainer.Train(Tokenizer.Whitespace, unjudged.Select(review => review.Text));
Show(language);

// %% [markdown]
// ## Its states as a column
// Small numbers around zero: a linear trainer learns little from them unless they are brought to one scale.

// %%
var states = mlContext.LanguageModeling.FromModel(language.Model, new LanguageModelColumns { NextWordColumnName = null, FeaturesColumnName = "Features" })
    .Append(mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false));
Show(states.Fit(judged).Transform(judged));

// %% [markdown]
// ## A classifier
// Beside counted words, on a thousand reviews that neither has seen. With a hundred judged reviews the states may be ahead; with many, counted words are. Measure, as here, whether it pays.

// %%
var words = mlContext.Transforms.Text.ProduceWordBags("Features", "Text", ngramLength: 1, useAllLengths: false);
Show($"Accuracy by the states of the language model: {Accuracy(states):P1}");
Show($"Accuracy by counted words: {Accuracy(words):P1}");

double Accuracy(IEstimator<ITransformer> features)
{
    var pipeline = features.AppendCacheCheckpoint(mlContext).Append(mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsContent"));
    return mlContext.BinaryClassification.Evaluate(pipeline.Fit(judged).Transform(heldOut), "IsContent").Accuracy;
}

#!/usr/bin/env dotnet
// dotnet run quality.cs      The notebook of the same name is made of this file: eng/notebooks.cs
#:include ../QuickStart/DocumentationCorpus.cs
#:include Shown.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Interactive@*-*
#:project ../../src/RnnLm.Interactive
#:property PublishAot=false
using QuickStart;
using RnnLm;
using RnnLm.Interactive;
using static Shown;

// %% [markdown]
// # Quality
// How well a model predicts, what its learning curve tells, and what makes it better.

// %%
var sentences = DocumentationCorpus.ReadSentences().ToArray();
new Random(1).Shuffle(sentences);
var (training, validation, test) = (sentences[..3_000], sentences[3_000..3_300], sentences[3_300..3_600]);
var vocabulary = new VocabularyOptions { MaximumSize = 2_000 };

// %% [markdown]
// ## Learning curves
// Three trainings of the same text: one of an Elman network, one of an LSTM, and one of an LSTM that forgets a part of what it is shown. Where validation stops falling while training goes on,
// a network learns its text by heart.

// %%
var curves = new LearningCurves();
var elman = Learn("Elman", new TrainingOptions { Cell = CellKind.Elman });
var lstm = Learn("LSTM", new TrainingOptions { Cell = CellKind.Lstm });
var dropout = Learn("LSTM, dropout 0.3", new TrainingOptions { Cell = CellKind.Lstm, Dropout = 0.3 });
Show(curves);

TrainedModel Learn(string name, TrainingOptions options)
{
    (options.Preset, options.Layers, options.EmbeddingSize, options.HiddenSize, options.Tied, options.Epochs, options.BatchSize) = (TrainingPreset.Plain, 1, 64, 64, true, 6, 8);
    options.Optimizer = new Adam { LearningRate = 0.005 };
    var trained = new LanguageModelTrainer(options).Train(Tokenizer.Text(), training, validation, vocabularyOptions: vocabulary);
    curves.Add(name, trained.Result);
    return trained;
}

// %% [markdown]
// ## On text that nobody has seen
// Perplexity: between how many words, all as likely, the model would be as undecided.

// %%
var unseen = new TokenStreamEncoder(dropout.Model.Tokenizer, dropout.Model.Vocabulary);
foreach (var line in test) unseen.Add(line);
var text = unseen.Build();
Show(elman.Model.Evaluate(text));
Show(dropout.Model.Evaluate(text));

// %% [markdown]
// ## Better without more training
// Counted n-grams of the same text beside the network: what each misses the other often knows.

// %%
var counted = NGramTrainer.Train(dropout.Model.Tokenizer, dropout.Model.Vocabulary, training);
var better = dropout.Model.With(new NGramInterpolation { Model = counted });
Show(better.Evaluate(text));

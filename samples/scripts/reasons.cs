#!/usr/bin/env dotnet
// dotnet run reasons.cs      The notebook of the same name is made of this file: eng/notebooks.cs
#:include ../QuickStart/DocumentationCorpus.cs
#:include DocumentationModel.cs
#:include Shown.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Interactive@*-*
#:project ../../src/RnnLm.Interactive
#:property PublishAot=false
using RnnLm;
using static Shown;

// %% [markdown]
// # Reasons in colour
// Why a model predicts what it predicts: how much each word before moved the probability of the next one.

// %%
var model = DocumentationModel.Get();
Show(model.Explain("Gets or sets a value that indicates whether the current thread is a background"));

// %% [markdown]
// ## Another way to ask
// Leaving out each word is exact; the gradient times the embedding takes one pass, however long the text is.

// %%
Show(model.Explain("Gets or sets a value that indicates whether the current thread is a background", new ExplanationOptions { Method = new GradientTimesInput() }));

// %% [markdown]
// ## Why not another word?
// What speaks for and against one that is not the most probable.

// %%
Show(model.Explain("Returns the number of", new ExplanationOptions { Word = "bytes" }));

// %% [markdown]
// ## What was not expected
// The words of a sentence by how much each surprised the model, and those that look like mistakes.

// %%
var mistaken = "Gets a value indicating weather the stream can be read.";
Show(model.Score(mistaken));
Show(model.FindSuspects(mistaken));

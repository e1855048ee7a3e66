#!/usr/bin/env dotnet
// dotnet run typing.cs      The notebook of the same name is made of this file: eng/notebooks.cs
#:include ../QuickStart/DocumentationCorpus.cs
#:include DocumentationModel.cs
#:include Shown.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Interactive@*-*
#:project ../../src/RnnLm.Interactive
#:property PublishAot=false
using RnnLm;
using static Shown;

// %% [markdown]
// # Suggestions for a person who types
// How a word goes on, what comes next, what was meant, and what he himself writes.

// %%
var model = DocumentationModel.Get();
Show(model.Suggest("The method ret"));
Show(model.Suggest("Gets or sets the "));

// %% [markdown]
// ## A word that is misspelt
// How many letters were changed stands beside it.

// %%
Show(model.Suggest("Retruns"));

// %% [markdown]
// ## Several words
// As long as each further word is more probable than not.

// %%
Show(model.Suggest("Initializes a new", new SuggestionOptions { Count = 1, MaximumWords = 8 }));

// %% [markdown]
// ## A session
// It follows the person letter by letter, and learns his words.

// %%
var session = model.StartTyping();
session.Type("The Frobnicator gets a value. ");
session.Type("The Fr");
Show(session.Suggestions);

// %% [markdown]
// ## What it saves
// Of the keystrokes of a hundred sentences that the model has not seen.

// %%
Show(model.EvaluateTyping(DocumentationModel.Sentences.HeldOut.Take(100)));

// dotnet fsi first-steps-fsharp.fsx      The notebook of the same name is made of this file: eng/notebooks.cs
#r "nuget: RnnLm.Transforms, *-*"
open System
open System.IO
open System.Runtime.InteropServices
open System.Text.RegularExpressions
open System.Xml.Linq
open Microsoft.ML
open RnnLm

// %% [markdown]
// # First steps in F#
// A pipeline of ML.NET learns to predict the next word, is measured, and saved.
//
// ## Text
// Every machine with a .NET SDK has real text: the documentation of the class library.

// %%
let packs = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")
let sentences =
    Directory.EnumerateFiles(packs, "System.Runtime.xml", SearchOption.AllDirectories)
    |> Seq.max
    |> XDocument.Load
    |> fun document -> document.Descendants(XName.Get "summary")
    |> Seq.map (fun summary -> Regex.Replace(summary.Value, @"\s+", " ").Trim())
    |> Seq.filter (fun sentence -> sentence.EndsWith '.' && sentence.Split(' ').Length > 3)
    |> Seq.distinct
    |> Seq.toArray
Random(1).Shuffle(sentences)
printfn $"{sentences.Length} sentences, such as: {sentences[0]}"

// %% [markdown]
// ## Learning
// In other languages than C# the catalog is asked for by its name.

// %%
[<CLIMutable>]
type Sentence = { Text: string }

let mlContext = MLContext(seed = 1)
let data = mlContext.Data.LoadFromEnumerable(sentences |> Array.truncate 3000 |> Array.map (fun text -> { Text = text }))
let split = mlContext.Data.TrainTestSplit(data, testFraction = 0.05)
let options = RecurrentNetworkOptions(NextWordsColumnName = "NextWords", ProbabilitiesColumnName = "Probabilities", ValidationFraction = 0.05, Tokenizer = Tokenizer.Text())
options.Vocabulary.MaximumSize <- 3000
options.Training.Preset <- TrainingPreset.Small
options.Training.Epochs <- 3
let model = LanguageModelingCatalog.For(mlContext).Trainers.RecurrentNetwork(options).Fit(split.TrainSet)
printfn $"{model.Result}"

// %% [markdown]
// ## Predicting

// %%
for word in model.Model.NextWords("Gets or sets the", 5) do
    printfn $"{word.Word} {word.Probability:P1}"

// %% [markdown]
// ## Measuring, and saving

// %%
let metrics = LanguageModelingCatalog.For(mlContext).Evaluate(model, split.TestSet)
printfn $"{metrics}"
mlContext.Model.Save(model, data.Schema, "first-steps-fsharp.zip")

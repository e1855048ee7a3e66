using Microsoft.ML;

namespace RnnLm.Documentation.Tests;

#pragma warning disable IDE1006 // They are named as the local variables of the pages.

/// <summary>
/// What the code of the pages takes for granted where it does not begin a program: a block that goes on from what its text speaks of. A variable that a block declares
/// itself hides the one of the same name here.
/// </summary>
public static class Given
{
    private static readonly Lazy<GivenModel> Shared = new(() => new GivenModel());

    /// <summary>A model.</summary>
    public static LanguageModel model => Shared.Value.Model;

    /// <summary>The context of ML.NET.</summary>
    public static MLContext mlContext { get; } = new(seed: 1);

    /// <summary>Rows with a column of text, <c>Text</c>, and judgements of them, <c>Label</c>.</summary>
    public static IDataView data => mlContext.Data.LoadFromEnumerable(GivenModel.Lines.Select(line => new Row { Text = line, Label = line.StartsWith('G') }));

    /// <summary>A pipeline of a model, fitted.</summary>
    public static ITransformer loaded => mlContext.LanguageModeling.FromModel(model).Fit(data);

    /// <summary>A row of <see cref="data"/>.</summary>
    public sealed class Row
    {
        /// <summary>Its text.</summary>
        public string Text { get; set; } = "";

        /// <summary>Whether somebody has judged it to be true.</summary>
        public bool Label { get; set; }
    }
}

using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>An output column of a language model: all there is to know of it but how its values are computed, which is the step's.</summary>
/// <param name="Option">The option that names it.</param>
/// <param name="Step">The step that computes it.</param>
/// <param name="Create">Makes the built-in step that gives it to the user, from what <paramref name="Step"/> made.</param>
/// <param name="NameIn">Reads the option; null where the column is not wanted.</param>
/// <param name="SetName">Sets the option.</param>
internal sealed record OutputColumn(
    string Option, MappingStep Step, OutputColumn.Maker Create, Func<LanguageModelColumns, string?> NameIn, Action<LanguageModelColumns, string?> SetName)
{
    /// <summary>Whether it is made from the text as it is, so that a column of words or keys is not enough.</summary>
    public bool NeedsText { get; init; }

    /// <summary>The steps that <see cref="Step"/> reads what they make, in their order, by what the input column holds. The default is none.</summary>
    public Func<InputKind, IReadOnlyList<MappingStep>> Before { get; init; } = _ => [];

    /// <summary>The private columns that what <see cref="Create"/> makes has on the way. The default is none.</summary>
    public IReadOnlyList<string> OnTheWay { get; init; } = [];

    /// <summary>Makes the step that gives an output column to the user.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="model">What it needs to know of the model.</param>
    public delegate IEstimator<ITransformer> Maker(MLContext mlContext, string name, OutputContext model);

    /// <summary>A column as the step made it.</summary>
    /// <param name="property">The property of the step's output.</param>
    public static Maker Copy(string property) => (mlContext, name, _) => mlContext.Transforms.CopyColumns(name, PrivateColumns.Prefix + property);

    /// <summary>A vector which the step made in parts.</summary>
    /// <param name="prefix">What the names of the parts begin with.</param>
    /// <param name="size">The vector's size.</param>
    public static Maker Join(string prefix, Func<OutputContext, int> size) => (mlContext, name, model) => VectorParts.Join(mlContext, name, prefix, size(model));

    /// <summary>A word as a key whose values are the vocabulary.</summary>
    /// <param name="property">The property of the step's output that is the word.</param>
    public static Maker Key(string property)
        => (mlContext, name, model) => VocabularyKeys.Create(mlContext, name, PrivateColumns.Prefix + property, model.Vocabulary);
}

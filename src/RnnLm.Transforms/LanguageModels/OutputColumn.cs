using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>An output column of a language model: all there is to know of it but how its values are computed, which is the step's.</summary>
/// <param name="Option">The option that names it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Step">The step that makes it.</param>
/// <param name="Source">The property of the step's output that it is copied from.</param>
/// <param name="NameIn">Reads the option; null where the column is not wanted.</param>
/// <param name="SetName">Sets the option.</param>
internal sealed record OutputColumn(
    string Option, DataViewType Type, MappingStep Step, string Source,
    Func<LanguageModelColumns, string?> NameIn, Action<LanguageModelColumns, string?> SetName)
{
    /// <summary>The column that the step makes of <see cref="Source"/>.</summary>
    public string PrivateName => PrivateColumns.Prefix + Source;
}

using System.Globalization;
using RnnLm;

namespace WebPage;

/// <summary>What the page says of its model.</summary>
/// <param name="Description">The network in a few words.</param>
public sealed record PageModel(string Description)
{
    /// <summary>Describes a model.</summary>
    public static PageModel Of(LanguageModel model)
    {
        var shape = model.Shape;
        var weights = model.IsQuantized ? ", in 8 bit" : "";
        return new(string.Create(
            CultureInfo.InvariantCulture, $"{shape.Cell.ToString().ToUpperInvariant()}, {shape.Layers} × {shape.HiddenSize}, {model.Vocabulary.Count:N0} {(model.HasSubwords ? "pieces" : "words")}{weights}"));
    }
}

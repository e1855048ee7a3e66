using System.Globalization;
using RnnLm.Faults;
using RnnLm.Networks;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>The metadata of a model file: how they are written, and what they say.</summary>
/// <param name="header">The header they are in.</param>
internal sealed class ModelMetadata(SafetensorsHeader header)
{
    private const string Format = "rnnlm";
    private const string QuantizedPrecision = "int8";

    private const int Version = 1;
    private const int QuantizedVersion = 2;
    private const int AdaptiveSoftmaxVersion = 2;
    private const int NewestVersion = 2;

    private const string FormatKey = "format";
    private const string VersionKey = "format_version";
    private const string PrecisionKey = "precision";
    private const string CellKey = "shape.cell";
    private const string VocabularySizeKey = "shape.vocabulary_size";
    private const string EmbeddingSizeKey = "shape.embedding_size";
    private const string HiddenSizeKey = "shape.hidden_size";
    private const string LayersKey = "shape.layers";
    private const string TiedKey = "shape.tied";
    private const string AdaptiveCutoffsKey = "shape.adaptive_cutoffs";
    private const string AdaptiveDivisionFactorKey = "shape.adaptive_division_factor";
    private const string TokenizerPrefix = "tokenizer.";
    private const string TrainingPrefix = "training.";
    private const string FigurePrefix = "figure.";

    /// <summary>The checksum that the file is to have; null where it does not say.</summary>
    public string? Checksum => header.Metadata.GetValueOrDefault(FileChecksum.Key);

    /// <summary>Whether the matrices are of 8-bit integers.</summary>
    public bool IsQuantized
    {
        get
        {
            if (!header.Metadata.TryGetValue(PrecisionKey, out var precision)) return false;
            if (precision != QuantizedPrecision)
                throw new ModelFormatException($"\"{PrecisionKey}\" is {Quotation.Of(precision)}; it must be {QuantizedPrecision}, or not be there where weights are 32-bit floating point.");
            return true;
        }
    }

    /// <summary>The settings of the tokenizer.</summary>
    public IReadOnlyDictionary<string, string> Tokenizer => header.MetadataUnder(TokenizerPrefix);

    /// <summary>What is told of the training.</summary>
    public TrainingRecord Training
    {
        get
        {
            var figures = new Dictionary<string, double>();
            foreach (var (name, value) in header.MetadataUnder(FigurePrefix)) figures.Add(name, Figure(name, value));
            return new TrainingRecord { Options = header.MetadataUnder(TrainingPrefix), Figures = figures };
        }
    }

    /// <summary>The metadata of a model, with a checksum that is not known yet.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ModelParts model)
    {
        var (network, shape) = (model.Network, model.Network.Shape);
        yield return new(FormatKey, Format);
        yield return new(VersionKey, TextOf(VersionFor(network)));
        yield return new(FileChecksum.Key, FileChecksum.Unknown);
        if (network.IsQuantized) yield return new(PrecisionKey, QuantizedPrecision);
        yield return new(CellKey, Cell.Of(shape.Cell).Name);
        yield return new(VocabularySizeKey, TextOf(shape.VocabularySize));
        yield return new(EmbeddingSizeKey, TextOf(shape.EmbeddingSize));
        yield return new(HiddenSizeKey, TextOf(shape.HiddenSize));
        yield return new(LayersKey, TextOf(shape.Layers));
        yield return new(TiedKey, shape.Tied ? "true" : "false");
        if (shape.AdaptiveSoftmax is { } adaptive)
        {
            yield return new(AdaptiveCutoffsKey, string.Join(",", adaptive.Cutoffs.Select(TextOf)));
            yield return new(AdaptiveDivisionFactorKey, adaptive.DivisionFactor.ToString("R", CultureInfo.InvariantCulture));
        }
        foreach (var entry in Of(model.Tokenizer, model.Training)) yield return entry;
    }

    /// <summary>The metadata of a tokenizer and of a training, which any kind of model has.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Tokenizer tokenizer, TrainingRecord training)
    {
        foreach (var (key, value) in tokenizer.Settings) yield return new(TokenizerPrefix + key, value);
        foreach (var (key, value) in training.Options) yield return new(TrainingPrefix + key, value);
        foreach (var (key, value) in training.Figures) yield return new(FigurePrefix + key, value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a safetensors file is a model file.</summary>
    public static bool IsOfModelFile(SafetensorsHeader header) => header.Metadata.TryGetValue(FormatKey, out var format) && format == Format;

    /// <summary>Throws where this is no model file, or one of a newer version.</summary>
    public void CheckFormat()
    {
        if (!IsOfModelFile(header))
            throw new ModelFormatException($"This is a safetensors file but not a language model: its metadata lack \"{FormatKey}\": \"{Format}\".");
        var version = Number(VersionKey);
        if (version > NewestVersion)
            throw new ModelFormatException($"The file was written by a newer version: it has format version {version}; this program reads up to {NewestVersion}.");
    }

    /// <summary>The sizes of the network, which are possible and do not call for more tensors than the header has.</summary>
    public NetworkShape ReadShape()
    {
        var cellName = Value(CellKey);
        var cell = Cell.All.FirstOrDefault(cell => cell.Name == cellName)
            ?? throw new ModelFormatException($"\"{CellKey}\" is {Quotation.Of(cellName)}; it must be one of {string.Join(", ", Cell.All.Select(cell => cell.Name))}.");
        var tied = Value(TiedKey);
        if (tied is not ("true" or "false")) throw new ModelFormatException($"\"{TiedKey}\" is {Quotation.Of(tied)}; it must be true or false.");
        var shape = new NetworkShape
        {
            Cell = cell.Kind,
            VocabularySize = Number(VocabularySizeKey),
            EmbeddingSize = Number(EmbeddingSizeKey),
            HiddenSize = Number(HiddenSizeKey),
            Layers = Number(LayersKey),
            Tied = tied == "true",
            AdaptiveSoftmax = ReadAdaptiveSoftmax(),
        };
        // Every layer has tensors of its own; this keeps sums over all layers short and small.
        if (shape.Layers > header.Tensors.Count)
            throw new ModelFormatException($"The model is to have {shape.Layers} layers; the file has only {header.Tensors.Count} tensors.");
        try
        {
            shape.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new ModelFormatException($"The model's shape is not possible: {exception.Message}", exception);
        }
        return shape;
    }

    private AdaptiveSoftmaxShape? ReadAdaptiveSoftmax()
    {
        string[] keys = [AdaptiveCutoffsKey, AdaptiveDivisionFactorKey];
        if (!keys.Any(header.Metadata.ContainsKey)) return null;
        if (Number(VersionKey) < AdaptiveSoftmaxVersion)
            throw new ModelFormatException($"The file has \"{AdaptiveCutoffsKey}\" and so an adaptive softmax; its format version must be at least {AdaptiveSoftmaxVersion}.");

        var (text, cutoffs) = (Value(AdaptiveCutoffsKey), new List<int>());
        foreach (var range in text.AsSpan().Split(','))
        {
            // Every cluster has tensors of its own, as every layer has.
            if (!int.TryParse(text.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) || cutoffs.Count == header.Tensors.Count)
                throw new ModelFormatException($"\"{AdaptiveCutoffsKey}\" is {Quotation.Of(text)}; it must be whole numbers separated by commas, no more than there are tensors.");
            cutoffs.Add(cutoff);
        }
        var factor = Value(AdaptiveDivisionFactorKey);
        return double.TryParse(factor, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new AdaptiveSoftmaxShape(cutoffs, number)
            : throw new ModelFormatException($"\"{AdaptiveDivisionFactorKey}\" is {Quotation.Of(factor)}; it must be a number.");
    }

    /// <summary>The lowest version whose readers understand a model of this network.</summary>
    private static int VersionFor(Network network) => Math.Max(
        network.IsQuantized ? QuantizedVersion : Version, network.Shape.AdaptiveSoftmax is null ? Version : AdaptiveSoftmaxVersion);

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Figure(string name, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure)
        ? figure
        : throw new ModelFormatException($"The figure {Quotation.Of(name)} is {Quotation.Of(value)}; it must be a number.");

    private string Value(string key) => header.Metadata.TryGetValue(key, out var value)
        ? value
        : throw new ModelFormatException($"The metadata lack \"{key}\".");

    private int Number(string key)
    {
        var text = Value(key);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ModelFormatException($"\"{key}\" is {Quotation.Of(text)}; it must be a whole number from 1 to {int.MaxValue}.");
    }
}

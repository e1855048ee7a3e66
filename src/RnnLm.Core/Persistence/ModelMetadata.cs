using System.Globalization;
using RnnLm.Faults;
using RnnLm.Networks;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>The metadata of a model file, or of one member of an ensemble in it: how they are written, and what they say.</summary>
/// <param name="header">The header they are in.</param>
/// <param name="prefix">What the names of those of a member begin with; nothing where they are those of the model itself.</param>
internal sealed class ModelMetadata(SafetensorsHeader header, string prefix = "")
{
    private const string Format = "rnnlm";
    private const double LargestRounding = 1e-9;
    private const string QuantizedPrecision = "int8";

    private const int FirstVersion = 1;
    private const int QuantizedVersion = 2;
    private const int AdaptiveSoftmaxVersion = 2;
    private const int CoupledGatesVersion = 3;
    private const int ProjectionVersion = 3;
    private const int MixtureVersion = 3;
    private const int SubwordsVersion = 4;
    internal const int NewestVersion = SubwordsVersion;

    private const string FormatKey = "format";
    private const string PrecisionKey = "precision";
    private const string CellKey = "shape.cell";
    private const string VocabularySizeKey = "shape.vocabulary_size";
    private const string EmbeddingSizeKey = "shape.embedding_size";
    private const string HiddenSizeKey = "shape.hidden_size";
    private const string ProjectionSizeKey = "shape.projection_size";
    private const string LayersKey = "shape.layers";
    private const string TiedKey = "shape.tied";
    private const string AdaptiveCutoffsKey = "shape.adaptive_cutoffs";
    private const string AdaptiveDivisionFactorKey = "shape.adaptive_division_factor";
    private const string CacheSizeKey = "cache.size";
    private const string CacheWeightKey = "cache.weight";
    private const string CacheSharpnessKey = "cache.sharpness";
    private const string NGramWeightKey = "ngram.weight";
    private const string AdaptationRateKey = "dynamic_evaluation.learning_rate";
    private const string AdaptationDecayKey = "dynamic_evaluation.decay";
    private const string AdaptationWindowKey = "dynamic_evaluation.window";
    private const string AdaptationEpsilonKey = "dynamic_evaluation.epsilon";
    private const string MemberWeightsKey = "members.weights";
    private const string NGramPrefix = "ngram.";
    internal const string TokenizerPrefix = "tokenizer.";
    private const string TrainingPrefix = "training.";
    private const string FigurePrefix = "figure.";

    /// <summary>Whether the matrices are of 8-bit integers.</summary>
    public bool IsQuantized
    {
        get
        {
            if (!header.Metadata.TryGetValue(prefix + PrecisionKey, out var precision)) return false;
            if (precision != QuantizedPrecision)
                throw new ModelFormatException($"\"{prefix}{PrecisionKey}\" is {Quotation.Of(precision)}; it must be {QuantizedPrecision}, or not be there where weights are 32-bit floating point.");
            return true;
        }
    }

    /// <summary>The settings of the tokenizer.</summary>
    public IReadOnlyDictionary<string, string> Tokenizer
    {
        get
        {
            var settings = header.MetadataUnder(prefix + TokenizerPrefix);
            // The file of an n-gram model has versions of its own.
            if (!NGramFile.Is(header) && settings.GetValueOrDefault("name") == SubwordTokenizer.KindName && Version < SubwordsVersion)
                throw new ModelFormatException($"The file has a tokenizer of subwords; its format version must be at least {SubwordsVersion}.");
            return settings;
        }
    }

    /// <summary>What is told of the training.</summary>
    public TrainingRecord Training
    {
        get
        {
            var figures = new Dictionary<string, double>();
            foreach (var (name, value) in header.MetadataUnder(prefix + FigurePrefix)) figures.Add(name, Figure(name, value));
            return new TrainingRecord { Options = header.MetadataUnder(prefix + TrainingPrefix), Figures = figures };
        }
    }

    /// <summary>The cache that was added to the model; null where there is none.</summary>
    public NeuralCache? Cache
    {
        get
        {
            string[] keys = [CacheSizeKey, CacheWeightKey, CacheSharpnessKey];
            if (!keys.Any(Has)) return null;
            RequireMixtureVersion(CacheSizeKey);
            var cache = new NeuralCache { Size = Number(CacheSizeKey), Weight = Real(CacheWeightKey), Sharpness = Real(CacheSharpnessKey) };
            CheckPossible("cache", cache.Validate);
            return cache;
        }
    }

    /// <summary>The weight of the n-gram model that was added to the model; null where there is none.</summary>
    public double? NGramWeight
    {
        get
        {
            if (!Has(NGramWeightKey)) return null;
            RequireMixtureVersion(NGramWeightKey);
            return Real(NGramWeightKey) is >= 0 and < 1 and var weight
                ? weight
                : throw new ModelFormatException($"\"{prefix}{NGramWeightKey}\" is {Value(NGramWeightKey)}; it must be from 0 to below 1.");
        }
    }

    /// <summary>How the model is to go on learning, but for scales; null where it is not.</summary>
    public DynamicEvaluation? DynamicEvaluation
    {
        get
        {
            string[] keys = [AdaptationRateKey, AdaptationDecayKey, AdaptationWindowKey, AdaptationEpsilonKey];
            if (!keys.Any(Has)) return null;
            RequireMixtureVersion(AdaptationRateKey);
            var settings = new DynamicEvaluation
            {
                LearningRate = Real(AdaptationRateKey),
                Decay = Real(AdaptationDecayKey),
                Window = Number(AdaptationWindowKey),
                Epsilon = Real(AdaptationEpsilonKey),
            };
            CheckPossible("dynamic evaluation", settings.Validate);
            return settings;
        }
    }

    /// <summary>The metadata of the n-gram model.</summary>
    public ModelMetadata NGram => new(header, prefix + NGramPrefix);

    /// <summary>The weights of the members of an ensemble, which sum to one; none where the model is no ensemble.</summary>
    public IReadOnlyList<double> MemberWeights
    {
        get
        {
            if (!Has(MemberWeightsKey)) return [];
            RequireMixtureVersion(MemberWeightsKey);
            var (text, weights) = (Value(MemberWeightsKey), new List<double>());
            foreach (var range in text.AsSpan().Split(','))
            {
                if (!double.TryParse(text.AsSpan(range), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight > 0) || weight > 1 || weights.Count == ModelMember.Most)
                    throw new ModelFormatException($"\"{prefix}{MemberWeightsKey}\" is {Quotation.Of(text)}; it must be numbers above 0 that sum to one, separated by commas, {ModelMember.Most} at most.");
                weights.Add(weight);
            }
            return Math.Abs(weights.Sum() - 1) < LargestRounding
                ? weights
                : throw new ModelFormatException($"The weights of the members sum to {weights.Sum()}; they must sum to one.");
        }
    }

    /// <summary>The metadata of a member of an ensemble.</summary>
    public ModelMetadata Member(int index) => new(header, PrefixOfMember(index));

    /// <summary>What the names of the tensors and the metadata of a member of an ensemble begin with.</summary>
    public static string PrefixOfMember(int index) => FormattableString.Invariant($"members.{index}.");

    /// <summary>What the names of the tensors of an n-gram model begin with.</summary>
    /// <param name="prefix">That of the model to which it was added.</param>
    public static string PrefixOfNGram(string prefix) => prefix + NGramPrefix;

    /// <summary>The metadata of a model, with a checksum that is not known yet.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ModelParts model)
    {
        yield return new(FormatKey, Format);
        yield return new(FormatVersion.Key, TextOf(VersionFor(model)));
        yield return new(FileChecksum.Key, FileChecksum.Unknown);
        if (model.Members.Count == 0)
        {
            foreach (var entry in Of(model.Network)) yield return entry;
        }
        foreach (var entry in Of(model.Tokenizer, model.Members.Count == 0 ? model.Training : TrainingRecord.Empty)) yield return entry;
        foreach (var entry in OfAdditions(model)) yield return entry;
        for (var index = 0; index < model.Members.Count; index++)
        {
            var member = model.Members[index].Model;
            foreach (var (key, value) in Of(member.Network).Concat(Of(member.Training)).Concat(OfAdditions(member))) yield return new(PrefixOfMember(index) + key, value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(Network network)
    {
        var shape = network.Shape;
        if (network.IsQuantized) yield return new(PrecisionKey, QuantizedPrecision);
        yield return new(CellKey, Cell.Of(shape.Cell).Name);
        yield return new(VocabularySizeKey, TextOf(shape.VocabularySize));
        yield return new(EmbeddingSizeKey, TextOf(shape.EmbeddingSize));
        yield return new(HiddenSizeKey, TextOf(shape.HiddenSize));
        if (shape.ProjectionSize is { } projection) yield return new(ProjectionSizeKey, TextOf(projection));
        yield return new(LayersKey, TextOf(shape.Layers));
        yield return new(TiedKey, shape.Tied ? "true" : "false");
        if (shape.AdaptiveSoftmax is { } adaptive)
        {
            yield return new(AdaptiveCutoffsKey, string.Join(",", adaptive.Cutoffs.Select(TextOf)));
            yield return new(AdaptiveDivisionFactorKey, TextOf(adaptive.DivisionFactor));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> OfAdditions(ModelParts model)
    {
        if (model.Cache is { } cache)
        {
            yield return new(CacheSizeKey, TextOf(cache.Size));
            yield return new(CacheWeightKey, TextOf(cache.Weight));
            yield return new(CacheSharpnessKey, TextOf(cache.Sharpness));
        }
        if (model.DynamicEvaluation is { } settings)
        {
            yield return new(AdaptationRateKey, TextOf(settings.LearningRate));
            yield return new(AdaptationDecayKey, TextOf(settings.Decay));
            yield return new(AdaptationWindowKey, TextOf(settings.Window));
            yield return new(AdaptationEpsilonKey, TextOf(settings.Epsilon));
        }
        if (model.NGram is { } nGram)
        {
            yield return new(NGramWeightKey, TextOf(nGram.Weight));
            foreach (var (key, value) in Of(nGram.Model.Tokenizer, nGram.Model.Training)) yield return new(NGramPrefix + key, value);
        }
        if (model.Members.Count > 0) yield return new(MemberWeightsKey, string.Join(",", model.Members.Select(member => TextOf(member.Weight))));
    }

    /// <summary>The metadata of a tokenizer and of a training, which any kind of model has.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Tokenizer tokenizer, TrainingRecord training)
    {
        foreach (var (key, value) in tokenizer.Settings) yield return new(TokenizerPrefix + key, value);
        foreach (var entry in Of(training)) yield return entry;
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(TrainingRecord training)
    {
        foreach (var (key, value) in training.Options) yield return new(TrainingPrefix + key, value);
        foreach (var (key, value) in training.Figures) yield return new(FigurePrefix + key, TextOf(value));
    }

    /// <summary>Whether a safetensors file is a model file.</summary>
    public static bool IsOfModelFile(SafetensorsHeader header) => header.Metadata.TryGetValue(FormatKey, out var format) && format == Format;

    /// <summary>Throws where this is no model file, or one of a newer version.</summary>
    public void CheckFormat()
    {
        if (NGramFile.Is(header)) throw new ModelFormatException("This is the file of an n-gram model, not of a recurrent network.");
        if (!IsOfModelFile(header))
            throw new ModelFormatException($"This is a safetensors file but not a language model: its metadata lack \"{FormatKey}\": \"{Format}\".");
        FormatVersion.RefuseNewer(Version, NewestVersion);
    }

    /// <summary>The sizes of the network, which are possible and do not call for more tensors than the header has.</summary>
    public NetworkShape ReadShape()
    {
        var cellName = Value(CellKey);
        var cell = Cell.All.FirstOrDefault(cell => cell.Name == cellName)
            ?? throw new ModelFormatException($"\"{prefix}{CellKey}\" is {Quotation.Of(cellName)}; it must be one of {string.Join(", ", Cell.All.Select(cell => cell.Name))}.");
        if (cell.Kind == CellKind.Cifg && Version < CoupledGatesVersion)
            throw new ModelFormatException($"\"{prefix}{CellKey}\" is {cell.Name}; the format version must be at least {CoupledGatesVersion}.");
        var tied = Value(TiedKey);
        if (tied is not ("true" or "false")) throw new ModelFormatException($"\"{prefix}{TiedKey}\" is {Quotation.Of(tied)}; it must be true or false.");
        var shape = new NetworkShape
        {
            Cell = cell.Kind,
            VocabularySize = Number(VocabularySizeKey),
            EmbeddingSize = Number(EmbeddingSizeKey),
            HiddenSize = Number(HiddenSizeKey),
            ProjectionSize = ReadProjectionSize(),
            Layers = Number(LayersKey),
            Tied = tied == "true",
            AdaptiveSoftmax = ReadAdaptiveSoftmax(),
        };
        // Every layer has tensors of its own; this keeps sums over all layers short and small.
        if (shape.Layers > header.Tensors.Count)
            throw new ModelFormatException($"The model is to have {shape.Layers} layers; the file has only {header.Tensors.Count} tensors.");
        CheckPossible("shape", shape.Validate);
        return shape;
    }

    private static void CheckPossible(string what, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException exception)
        {
            throw new ModelFormatException($"The model's {what} is not possible: {exception.Message}", exception);
        }
    }

    private int? ReadProjectionSize()
    {
        if (!Has(ProjectionSizeKey)) return null;
        return Version >= ProjectionVersion
            ? Number(ProjectionSizeKey)
            : throw new ModelFormatException($"The file has \"{prefix}{ProjectionSizeKey}\"; its format version must be at least {ProjectionVersion}.");
    }

    private AdaptiveSoftmaxShape? ReadAdaptiveSoftmax()
    {
        string[] keys = [AdaptiveCutoffsKey, AdaptiveDivisionFactorKey];
        if (!keys.Any(Has)) return null;
        if (Version < AdaptiveSoftmaxVersion)
            throw new ModelFormatException($"The file has \"{prefix}{AdaptiveCutoffsKey}\" and so an adaptive softmax; its format version must be at least {AdaptiveSoftmaxVersion}.");

        var (text, cutoffs) = (Value(AdaptiveCutoffsKey), new List<int>());
        foreach (var range in text.AsSpan().Split(','))
        {
            // Every cluster has tensors of its own, as every layer has.
            if (!int.TryParse(text.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) || cutoffs.Count == header.Tensors.Count)
                throw new ModelFormatException($"\"{prefix}{AdaptiveCutoffsKey}\" is {Quotation.Of(text)}; it must be whole numbers separated by commas, no more than there are tensors.");
            cutoffs.Add(cutoff);
        }
        return new AdaptiveSoftmaxShape(cutoffs, Real(AdaptiveDivisionFactorKey));
    }

    /// <summary>The lowest version whose readers understand a model.</summary>
    private static int VersionFor(ModelParts model)
    {
        if (model.Tokenizer is SubwordTokenizer || NGramsOf(model).Any(nGram => nGram.Model.Tokenizer is SubwordTokenizer)) return SubwordsVersion;
        if (model.Cache is not null || model.NGram is not null || model.DynamicEvaluation is not null || model.Members.Count > 0) return MixtureVersion;
        var version = FirstVersion;
        if (model.Network.IsQuantized) version = Math.Max(version, QuantizedVersion);
        if (model.Network.Shape.AdaptiveSoftmax is not null) version = Math.Max(version, AdaptiveSoftmaxVersion);
        if (model.Network.Shape.ProjectionSize is not null) version = Math.Max(version, ProjectionVersion);
        if (model.Network.Shape.Cell == CellKind.Cifg) version = Math.Max(version, CoupledGatesVersion);
        return version;
    }

    private static IEnumerable<NGramPart> NGramsOf(ModelParts model) => model.Members.Select(member => member.Model.NGram).Append(model.NGram).OfType<NGramPart>();

    /// <summary>The format version of the file, which its members do not have.</summary>
    private int Version => prefix.Length == 0 ? Number(FormatVersion.Key) : new ModelMetadata(header).Version;

    private void RequireMixtureVersion(string key)
    {
        if (Version < MixtureVersion)
            throw new ModelFormatException($"The file has \"{prefix}{key}\", which is added to a model; its format version must be at least {MixtureVersion}.");
    }

    private bool Has(string key) => header.Metadata.ContainsKey(prefix + key);

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string TextOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Figure(string name, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure)
        ? figure
        : throw new ModelFormatException($"The figure {Quotation.Of(name)} is {Quotation.Of(value)}; it must be a number.");

    private string Value(string key) => header.Metadata.TryGetValue(prefix + key, out var value)
        ? value
        : throw new ModelFormatException($"The metadata lack \"{prefix}{key}\".");

    private double Real(string key)
    {
        var text = Value(key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ModelFormatException($"\"{prefix}{key}\" is {Quotation.Of(text)}; it must be a number.");
    }

    private int Number(string key)
    {
        var text = Value(key);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ModelFormatException($"\"{prefix}{key}\" is {Quotation.Of(text)}; it must be a whole number from 1 to {int.MaxValue}.");
    }
}

using RnnLm.Faults;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>Reads the weights and the vocabulary of PyTorch's word_language_model.</summary>
internal sealed class PyTorchImport
{
    private const int MostMismatchesShown = 30;

    private readonly string weightsPath;
    private readonly string vocabularyPath;
    private readonly PyTorchImportOptions options;
    private readonly CancellationToken cancellation;
    private readonly List<string> mismatches = [];
    private int ofRequest; // how many of them other options, or another of the two files, would mend

    private PyTorchImport(string weightsPath, string vocabularyPath, PyTorchImportOptions options, CancellationToken cancellation)
    {
        this.weightsPath = weightsPath;
        this.vocabularyPath = vocabularyPath;
        this.options = options;
        this.cancellation = cancellation;
    }

    public static (Vocabulary Vocabulary, Network Network) Read(
        string weightsPath, string vocabularyPath, PyTorchImportOptions options, CancellationToken cancellation, FileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(weightsPath);
        ArgumentException.ThrowIfNullOrEmpty(vocabularyPath);
        options.Validate();
        return new PyTorchImport(weightsPath, vocabularyPath, options, cancellation).Read(files);
    }

    private (Vocabulary Vocabulary, Network Network) Read(FileSystem? files)
    {
        using var file = WeightsFile.Open(weightsPath, options.AllowPickle, cancellation, files);
        var tensors = StateDictNames.WithoutPrefix(file.Tensors, mismatches);
        var shape = new StateDictShape(tensors, options.Cell, mismatches);
        if (shape.IsOfOtherCell) ofRequest++;
        var words = VocabularyFile.Read(vocabularyPath, mismatches);
        if (shape.VocabularySize is { } size && size != words.Length)
            AddOfRequest($"The vocabulary has {words.Length} words and the weights are for {size}.");
        if (options.AddUnknownWord) words = WithUnknownWord(words);
        var order = new SpecialWordsFirst(IdOfUnknownWord(words), IdOf("end-of-line word", options.EndOfLineWord, words));
        ThrowIfAny();

        // No greater than the file, whose tensors have been found to have the shape's sizes.
        var weights = ReadWeights(file, tensors, shape.Network!);
        ThrowIfAny();

        if (options.AddUnknownWord) weights = ExtraWord.InFrontOf(weights);
        order.Apply(words);
        order.Apply(weights.Embedding.Values, weights.Embedding.Columns);
        if (!weights.Shape.Tied) order.Apply(weights.Output.Values, weights.Output.Columns);
        order.Apply(weights.OutputBias.Values);
        return Create(weights, words);
    }

    private string[] WithUnknownWord(string[] words)
    {
        var id = Array.IndexOf(words, options.UnknownWord);
        if (id >= 0) AddOfRequest($"The vocabulary has the unknown word {Quotation.Of(options.UnknownWord)} on line {id + 1}; it need not be added.");
        return [options.UnknownWord, .. words];
    }

    private int IdOfUnknownWord(string[] words) => IdOf(
        "unknown word", options.UnknownWord, words, ", and where none has, have it added by AddUnknownWord");

    private int IdOf(string role, string word, string[] words, string otherwise = "")
    {
        var id = Array.IndexOf(words, word);
        if (id < 0) AddOfRequest($"The vocabulary lacks the {role} {Quotation.Of(word)}; where another of its words has that part, name that one{otherwise}.");
        return id;
    }

    private NetworkWeights ReadWeights(WeightsFile file, IReadOnlyDictionary<string, TensorEntry> tensors, NetworkShape shape)
    {
        var weights = new NetworkWeights(shape);
        var stateDict = new StateDict(weights);
        foreach (var tensor in stateDict.Tensors)
        {
            if (!tensors.TryGetValue(tensor.Name, out var entry)) continue;
            Read(file, entry, tensor.Values);
            CheckFinite(tensor);
        }
        stateDict.TakeSecondBiases();
        return IsTied(weights) ? Tie(weights) : weights;
    }

    private void Read(WeightsFile file, TensorEntry tensor, float[] destination)
    {
        try
        {
            file.Read(tensor, destination);
        }
        catch (ModelFormatException exception)
        {
            throw WeightsFile.CannotBeImported(weightsPath, exception);
        }
    }

    private void CheckFinite(StateDictTensor tensor)
    {
        for (var i = 0; i < tensor.Values.Length; i++)
        {
            if (float.IsFinite(tensor.Values[i])) continue;
            mismatches.Add(FormattableString.Invariant($"The tensor {Quotation.Of(tensor.Name)} holds {tensor.Values[i]} at index {i}; weights must be finite 32-bit numbers."));
            return;
        }
    }

    private static bool IsTied(NetworkWeights weights)
        => !weights.Shape.Tied
            && weights.Shape.EmbeddingSize == weights.Shape.OutputSize
            && weights.Embedding.Values.AsSpan().SequenceEqual(weights.Output.Values);

    private static NetworkWeights Tie(NetworkWeights weights)
    {
        var tied = new NetworkWeights(weights.Shape with { Tied = true });
        var values = weights.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values);
        foreach (var parameter in tied.Parameters) values[parameter.Name].CopyTo(parameter.Values, 0);
        return tied;
    }

    private (Vocabulary Vocabulary, Network Network) Create(NetworkWeights weights, string[] words)
    {
        try
        {
            return (new Vocabulary(words), new Network(weights, Network.GreatestInputTable));
        }
        catch (ArgumentException exception)
        {
            // Two finite biases may have a sum that is not.
            throw new ModelFormatException($"\"{weightsPath}\" cannot be imported. {exception.Message.Split(" (NetworkParameter '")[0]}", exception);
        }
    }

    private void AddOfRequest(string mismatch)
    {
        mismatches.Add(mismatch);
        ofRequest++;
    }

    private void ThrowIfAny()
    {
        if (mismatches.Count == 0) return;
        var shown = mismatches.Take(MostMismatchesShown);
        if (mismatches.Count > MostMismatchesShown) shown = shown.Append($"and {mismatches.Count - MostMismatchesShown} more.");
        throw new ModelFormatException(
            string.Join($"{Environment.NewLine}- ", shown.Prepend($"\"{weightsPath}\" with the vocabulary \"{vocabularyPath}\" cannot be imported:")))
        {
            IsUnsuited = ofRequest == mismatches.Count,
        };
    }
}

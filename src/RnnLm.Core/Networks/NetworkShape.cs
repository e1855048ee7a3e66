using System.Globalization;
using RnnLm.Networks;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// The sizes of a recurrent language model: an embedding <c>[V, E]</c>, a stack of recurrent layers, and an output layer
/// <c>[V, H]</c> with a bias, or an adaptive softmax.
/// </summary>
public sealed record NetworkShape
{
    /// <summary>The cell of every layer.</summary>
    public required CellKind Cell { get; init; }

    /// <summary>The number of words, <c>V</c>, the special ones included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The size <c>E</c> of a word's embedding.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>The size <c>H</c> of a layer's hidden state; where it is projected, the number of units of the layer's cells.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>
    /// The size to which a layer's hidden state is projected by a matrix of its own before it is handed on and fed back (Sak, Senior and
    /// Beaufays 2014), as PyTorch's <c>proj_size</c>: from 1 to below <see cref="HiddenSize"/>, and only of cells with a memory, LSTM and
    /// CIFG. Null, the default, means no projection.
    /// </summary>
    public int? ProjectionSize { get; init; }

    /// <summary>The number of recurrent layers, at least 1.</summary>
    public required int Layers { get; init; }

    /// <summary>
    /// Whether the output layer shares its matrix with the embedding (Press and Wolf 2017; Inan 2017). Where hidden and
    /// embedding sizes differ, the last layer then has the embedding's size; where the hidden state is projected, the last layer's projection has it.
    /// </summary>
    public bool Tied { get; init; }

    /// <summary>
    /// How an adaptive softmax divides the vocabulary; null, the default, means a softmax over the whole of it. An adaptive softmax has no
    /// one matrix that could be <see cref="Tied"/> to the embedding.
    /// </summary>
    public AdaptiveSoftmaxShape? AdaptiveSoftmax { get; init; }

    /// <summary>The number of gates of the cell: 1 for Elman and ReLU, 4 for LSTM, 3 for GRU and CIFG.</summary>
    public int Gates => CellDescription.Gates;

    /// <summary>The size of the last layer's hidden state, which the output layer reads.</summary>
    public int OutputSize => OutputSizeOf(Layers - 1);

    /// <summary>The number of rows of the output matrix and its bias: the words, or the entries of an adaptive softmax's head.</summary>
    public int OutputRows => AdaptiveSoftmax?.HeadSize ?? VocabularySize;

    /// <summary>The size of the input of a layer: the embedding's for the first, the hidden state's of the layer below for the others.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public int InputSizeOf(int layer) => layer == 0 ? EmbeddingSize : OutputSizeOf(layer - 1);

    /// <summary>The size of a layer's hidden state, projected where it is.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public int OutputSizeOf(int layer) => Tied && layer == Layers - 1 ? EmbeddingSize : ProjectionSize ?? HiddenSize;

    /// <summary>The number of units of a layer's cells, the size of each gate and of the memory.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public int UnitsOf(int layer) => ProjectionSize is null ? OutputSizeOf(layer) : HiddenSize;

    /// <summary>The number of learned values; a tied matrix counts once.</summary>
    public long ParameterCount
    {
        get
        {
            long count = 0;
            foreach (var tensor in Tensors.InOrder(matrix => matrix, vector => vector)) count += tensor.Count;
            return count;
        }
    }

    /// <summary>What the cell of every layer is.</summary>
    internal Cell CellDescription => Networks.Cell.Of(Cell);

    /// <summary>The names and sizes of all learned tensors.</summary>
    internal NetworkTensors<TensorShape, TensorShape> Tensors
    {
        get
        {
            var embedding = new TensorShape("embedding", VocabularySize, EmbeddingSize);
            var layers = new LayerTensors<TensorShape, TensorShape>[Layers];
            for (var layer = 0; layer < layers.Length; layer++) layers[layer] = LayerTensors(layer);
            var tails = new TailTensors<TensorShape>[AdaptiveSoftmax?.Cutoffs.Count ?? 0];
            for (var tail = 0; tail < tails.Length; tail++) tails[tail] = TailTensors(tail);
            var output = Tied ? embedding : new TensorShape("output", OutputRows, OutputSize);
            return new(embedding, layers, output, new TensorShape("output_bias", OutputRows), tails);
        }
    }

    /// <summary>The sizes in words: <c>Lstm, 2 layers, embedding 200, hidden 200, vocabulary 10,000</c>.</summary>
    public override string ToString()
    {
        var tied = Tied ? ", tied" : "";
        var projected = ProjectionSize is null ? "" : $" projected to {ProjectionSize}";
        var adaptive = AdaptiveSoftmax is null ? "" : $", adaptive softmax with {AdaptiveSoftmax}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Cell}, {CountText.Of(Layers, "layer")}, embedding {EmbeddingSize}, hidden {HiddenSize}{projected}{tied}{adaptive}, vocabulary {VocabularySize:N0}");
    }

    /// <summary>Throws where a size is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentException">
    /// A size is below 1, a matrix would have more than 2^31 values, the hidden state is to be projected to no less or of cells without a
    /// memory, or the adaptive softmax does not fit the vocabulary or is to be tied.
    /// </exception>
    public void Validate()
    {
        var faults = new List<string>();
        void AtLeastOne(int value, string name)
        {
            if (value < 1) faults.Add($"{name} is {value}; it must be at least 1.");
        }
        if (!Enum.IsDefined(Cell)) faults.Add($"The cell {(int)Cell} is none of {string.Join(", ", Enum.GetNames<CellKind>())}.");
        AtLeastOne(VocabularySize, "The vocabulary size");
        AtLeastOne(EmbeddingSize, "The embedding size");
        AtLeastOne(HiddenSize, "The hidden size");
        AtLeastOne(Layers, "The number of layers");
        if (ProjectionSize is { } projection)
        {
            if (projection < 1 || projection >= HiddenSize)
                faults.Add($"The projection size is {projection}; it must be from 1 to below the hidden size, {HiddenSize}.");
            if (Tied && Layers == 1 && projection != EmbeddingSize)
                faults.Add($"The projection size is {projection}; it must be the embedding size, {EmbeddingSize}, where one layer is tied.");
            if (Enum.IsDefined(Cell) && !CellDescription.HasMemory)
                faults.Add($"The hidden state of {CellDescription.Name} cells cannot be projected; that of {Networks.Cell.WithMemory} can.");
        }
        if (AdaptiveSoftmax is not null)
        {
            faults.AddRange(AdaptiveSoftmax.Faults(VocabularySize));
            if (Tied) faults.Add("An adaptive softmax cannot be tied to the embedding: it has no one matrix with a row for every word.");
        }
        if (faults.Count == 0)
        {
            long widest = Math.Max(EmbeddingSize, HiddenSize);
            if (VocabularySize * widest > Array.MaxLength || 4 * widest * widest > Array.MaxLength)
                faults.Add($"A matrix of vocabulary {VocabularySize}, embedding {EmbeddingSize} and hidden size {HiddenSize} would have more than {Array.MaxLength} values.");
        }
        if (faults.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, faults));
    }

    private LayerTensors<TensorShape, TensorShape> LayerTensors(int layer)
    {
        var (units, output) = (UnitsOf(layer), OutputSizeOf(layer));
        var gates = Gates * units;
        return new(
            new TensorShape($"layers.{layer}.input", gates, InputSizeOf(layer)),
            new TensorShape($"layers.{layer}.recurrent", gates, output),
            new TensorShape($"layers.{layer}.bias", gates),
            CellDescription.GateWithRecurrentBias is not null ? new TensorShape($"layers.{layer}.recurrent_bias", units) : null,
            ProjectionSize is not null ? new TensorShape($"layers.{layer}.projection", output, units) : null);
    }

    private TailTensors<TensorShape> TailTensors(int tail)
    {
        var size = AdaptiveSoftmax!.SizeOf(tail, OutputSize);
        return new(
            new TensorShape($"output.tails.{tail}.projection", size, OutputSize),
            new TensorShape($"output.tails.{tail}.words", AdaptiveSoftmax.WordsOf(tail, VocabularySize), size));
    }
}

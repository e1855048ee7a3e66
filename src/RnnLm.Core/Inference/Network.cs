using System.Buffers;
using System.Collections.Concurrent;
using RnnLm.Faults;
using RnnLm.Inference;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm;

/// <summary>
/// A network ready to predict. It is immutable and may be used by any number of threads at once, each with a state of its own.
/// None of <see cref="Step"/>, <see cref="LogProbabilities"/> and <see cref="Score"/> allocates, once it is warm: working room is used again.
/// </summary>
/// <remarks>
/// Weights are finite numbers, but may be so great that sums of their products are not, as training that diverges leaves them. Whatever then
/// asks for a probability, a rank or a next word, here and in <see cref="LanguageModel"/>, throws <see cref="NotFiniteNumberException"/>.
/// </remarks>
public sealed class Network
{
    /// <summary>The greatest number of values in a table of input projections (128 MiB); a greater network works without one.</summary>
    internal const long GreatestInputTable = 1L << 25;

    // Words of one text for which the gates' inputs are worked out together.
    private const int WordsAtOnce = 64;

    private readonly NetworkWeights? weights;
    private readonly RecurrentLayer[] layers;
    private readonly InputTable? inputTable;
    private readonly ConcurrentQueue<TextScorer> scorers = []; // those that nobody is using; a ConcurrentBag would keep them, and the network, as long as a thread that used it
    private readonly int gateRoom;
    private readonly int scratchRoom;
    private readonly int outputRoom;

    /// <summary>Makes a network of weights, which are copied.</summary>
    /// <param name="weights">What the network has learned.</param>
    /// <exception cref="ArgumentException">A weight is not a finite number.</exception>
    public Network(NetworkWeights weights)
        : this((weights ?? throw new ArgumentNullException(nameof(weights))).Clone(), GreatestInputTable)
    {
    }

    /// <summary>Makes a network of weights that nobody changes from now on.</summary>
    internal Network(NetworkWeights weights, long greatestInputTable)
        : this(weights.Shape, weights.Tensors.Select<WeightMatrix, float[]>(
            matrix => new SinglePrecisionMatrix(matrix.Matrix), bias => bias.Values), greatestInputTable)
    {
        CheckFinite(weights.Parameters);
        this.weights = weights;
    }

    /// <summary>Makes a network of 8-bit weights that nobody changes from now on.</summary>
    /// <remarks>
    /// It has no table of input projections: a tenth of a word's time is what the table would save, and it would be many times the size
    /// of all weights.
    /// </remarks>
    internal Network(QuantizedWeights weights)
        : this(weights.Shape, weights.Tensors.Select<WeightMatrix, float[]>(
            matrix => new QuantizedMatrix(matrix.Panels), bias => bias.Values), greatestInputTable: 0)
    {
        CheckFinite(weights.Tensors.Vectors);
        CheckScales(weights.Tensors.Matrices);
        Quantized = weights;
    }

    /// <summary>Makes a network of weights in any form.</summary>
    internal Network(NetworkShape shape, NetworkTensors<WeightMatrix, float[]> tensors, long greatestInputTable)
    {
        Shape = shape;
        layers = [.. tensors.Layers.Select(layer => new RecurrentLayer(Cell.Of(shape.Cell), layer))];
        Embedding = tensors.Embedding;
        Output = OutputLayer.Create(shape, tensors);
        foreach (var layer in layers)
        {
            gateRoom = Math.Max(gateRoom, layer.GateCount);
            scratchRoom = Math.Max(scratchRoom, layer.ScratchSize);
            outputRoom = Math.Max(outputRoom, layer.OutputSize);
        }
        if ((long)Shape.VocabularySize * layers[0].GateCount <= greatestInputTable)
            inputTable = new InputTable(Embedding, layers[0]);
    }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Whether the matrices are of 8-bit integers with a scale for each row, as <see cref="Quantize"/> makes them.</summary>
    public bool IsQuantized => Quantized is not null;

    /// <summary>What the network has learned; nobody may change it. That of a quantised network is made anew whenever it is asked for.</summary>
    internal NetworkWeights Weights => weights ?? Quantized!.Dequantize();

    /// <summary>What a quantised network has learned; null of any other. Nobody may change it.</summary>
    internal QuantizedWeights? Quantized { get; }

    /// <summary>The embedding: <c>[vocabulary, embedding]</c>, a row a word.</summary>
    internal WeightMatrix Embedding { get; }

    /// <summary>The recurrent layers, from the embedding upward.</summary>
    internal IReadOnlyList<RecurrentLayer> Layers => layers;

    /// <summary>The output layer.</summary>
    internal OutputLayer Output { get; }

    /// <summary>
    /// Copies what the network has learned: to train on, to convert, or to look at. Of a quantised network it is what its integers stand
    /// for, in single precision.
    /// </summary>
    public NetworkWeights CopyWeights() => weights?.Clone() ?? Quantized!.Dequantize();

    /// <summary>
    /// Makes a network of the same shape whose matrices are 8-bit integers with a scale for each row, <c>w ≈ scale · q</c>; a quantised
    /// network gives itself. Biases stay as they are.
    /// </summary>
    /// <remarks>
    /// The scale is a 127th of the row's greatest magnitude, so every weight is off by at most half of it. Vectors that are multiplied by
    /// such a matrix are rounded to 7-bit integers, each with a scale of its own; sums of products are exact.
    /// </remarks>
    public Network Quantize() => IsQuantized ? this : new Network(new QuantizedWeights(weights!));

    /// <summary>Makes a state that has read nothing: all zero.</summary>
    public RecurrentState CreateState() => new(Shape);

    /// <summary>Reads one word: <c>h_t = cell(E[x_t], h_{t−1})</c> in every layer.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="state">What was read before; moved on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of this id.</exception>
    /// <exception cref="ArgumentException">The state belongs to a network of another shape.</exception>
    public void Step(int word, RecurrentState state)
    {
        Check(word);
        Check(state);
        state.Companion?.Read(word, state);
        Read([word], state.States, default);
    }

    /// <summary>The natural logarithm of the probability of every word to come next: <c>log softmax(W_o h + b_o)</c>.</summary>
    /// <param name="state">What was read.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentException">The destination's length is not the vocabulary's size, or the state belongs to a network of another shape.</exception>
    public void LogProbabilities(RecurrentState state, Span<float> destination)
    {
        Check(state, destination);
        Output.LogProbabilities(state.Output, destination);
    }

    /// <summary>The natural logarithm of the probability of one word to come next.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="state">What was read; left as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of this id.</exception>
    /// <exception cref="ArgumentException">The state belongs to a network of another shape.</exception>
    public double LogProbability(int word, RecurrentState state)
    {
        Check(word);
        Check(state);
        var logProbability = 0.0;
        ScoreUpToLast([word], state, new Span<double>(ref logProbability), CancellationToken.None);
        return logProbability;
    }

    /// <summary>Reads words and gives the log-probability that each had before it was read. Allocates nothing.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on by all words.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="cancellationToken">Ends it early, inside the text; the state has then read some of the words.</param>
    /// <returns>Their sum: the logarithm of the probability that these words follow one another.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of one of the ids.</exception>
    /// <exception cref="ArgumentException">
    /// The destination is too short, or the state belongs to a network of another shape, or to a model that is more than this network:
    /// <see cref="LanguageModel.Score(ReadOnlySpan{int}, RecurrentState, Span{double}, CancellationToken)"/> is for these.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Score(ReadOnlySpan<int> words, RecurrentState state, Span<double> logProbabilities, CancellationToken cancellationToken = default)
    {
        if (logProbabilities.Length < words.Length)
            throw new ArgumentException($"The destination has room for {logProbabilities.Length} values; there are {words.Length} words.", nameof(logProbabilities));
        foreach (var word in words) Check(word);
        Check(state);
        if (state.Companion is not null)
            throw new ArgumentException("The state belongs to a model with a cache, an n-gram model or members; score with the model instead of its network.", nameof(state));
        ScoreUpToLast(words, state, logProbabilities, cancellationToken);
        if (!words.IsEmpty) Step(words[^1], state);
        var sum = 0.0;
        foreach (var logProbability in logProbabilities[..words.Length]) sum += logProbability;
        return sum;
    }

    /// <summary>
    /// The output layer's values before the softmax: <c>W_o h + b_o</c>. They rank words as their probabilities do. Those of an adaptive
    /// softmax are the log-probabilities.
    /// </summary>
    /// <param name="state">What was read.</param>
    /// <param name="destination">Receives the values by word id: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentException">The destination's length is not the vocabulary's size, or the state belongs to a network of another shape.</exception>
    public void Logits(RecurrentState state, Span<float> destination)
    {
        Check(state, destination);
        Output.Logits(state.Output, destination);
    }

    /// <summary>Gives the log-probability that each of some words had before it was read, and reads all but the last. Allocates nothing.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on by all words but the last.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="cancellationToken">Ends it early, inside the text.</param>
    internal void ScoreUpToLast(ReadOnlySpan<int> words, RecurrentState state, Span<double> logProbabilities, CancellationToken cancellationToken)
    {
        if (!scorers.TryDequeue(out var scorer)) scorer = new TextScorer(this);
        scorer.Score(words, state, logProbabilities, cancellationToken);
        scorers.Enqueue(scorer);
    }

    /// <summary>Reads a word into each of many states, with one product a matrix.</summary>
    /// <param name="words">The words' ids, one for each state.</param>
    /// <param name="states">The states; moved on.</param>
    internal void Read(ReadOnlySpan<int> words, RecurrentStates states) => Read(words, states, default);

    /// <summary>
    /// Reads words of one text, one after the other. What a layer's input gives its gates is one product for many words, and a layer's
    /// recurrent matrix stays in the cache from word to word.
    /// </summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on.</param>
    /// <param name="outputs">Receives the hidden state of the last layer after each word: <c>[words, output]</c>.</param>
    internal void Read(ReadOnlySpan<int> words, RecurrentState state, MatrixView outputs)
    {
        for (var start = 0; start < words.Length; start += WordsAtOnce)
        {
            var count = Math.Min(WordsAtOnce, words.Length - start);
            Read(words.Slice(start, count), state.States, outputs.RowRange(start, count));
        }
    }

    /// <summary>
    /// The forward pass: embed, then layer after layer. It reads as many words into every state, one after the other; with one state they are
    /// a stretch of a text, with one word a state they are a step of a batch.
    /// </summary>
    /// <param name="words">The words' ids: the first of each state, then the second of each, and so on.</param>
    /// <param name="states">The states; moved on.</param>
    /// <param name="outputs">
    /// Receives the last layer's hidden states after each word: <c>[words, output]</c>. Where each state reads one word only, they are those
    /// of the states themselves, and this may be left out.
    /// </param>
    private void Read(ReadOnlySpan<int> words, RecurrentStates states, MatrixView outputs)
    {
        var (count, collects) = (states.Count, outputs.Rows > 0);
        var scratchOffset = words.Length * gateRoom;
        var betweenOffset = scratchOffset + (count * scratchRoom);
        var room = ArrayPool<float>.Shared.Rent(betweenOffset + (collects ? words.Length * outputRoom : 0));
        MatrixView below = default;
        for (var index = 0; index < layers.Length; index++)
        {
            var layer = layers[index];
            var gates = new MatrixView(room, words.Length, layer.GateCount);
            if (index > 0) layer.ProjectInputs(below, gates);
            else if (inputTable is not null) inputTable.Read(words, gates);
            else layer.ProjectRows(Embedding, words, gates);

            var (hidden, memory) = (states.Hidden(index), states.Memory(index));
            var scratch = new MatrixView(room, scratchOffset, count, layer.ScratchSize, layer.ScratchSize);
            below = !collects ? hidden
                : index == layers.Length - 1 ? outputs
                : new MatrixView(room, betweenOffset, words.Length, layer.OutputSize, layer.OutputSize);
            for (var row = 0; row < words.Length; row += count)
            {
                layer.Step(gates.RowRange(row, count), hidden, memory, scratch);
                if (!collects) continue;
                for (var i = 0; i < count; i++) hidden.Row(i).CopyTo(below.Row(row + i));
            }
        }
        ArrayPool<float>.Shared.Return(room);
    }

    internal void Check(RecurrentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Fits(Shape)) throw new ArgumentException("The state belongs to a network of another shape.", nameof(state));
    }

    internal void Check(RecurrentState state, Span<float> destination)
    {
        Check(state);
        if (destination.Length != Shape.VocabularySize)
            throw new ArgumentException($"The destination has room for {destination.Length} values; there are {Shape.VocabularySize} words.", nameof(destination));
    }

    internal void Check(int word)
    {
        if ((uint)word >= (uint)Shape.VocabularySize)
            throw new ArgumentOutOfRangeException(nameof(word), word, $"The ids of words go from 0 to {Shape.VocabularySize - 1}.");
    }

    private static void CheckFinite(IEnumerable<NetworkParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.IsFinite) continue;
            var index = Array.FindIndex(parameter.Values, value => !float.IsFinite(value));
            throw new ArgumentException($"The tensor {Quotation.Of(parameter.Name)} holds {parameter.Values[index]} at index {index}; weights are finite numbers.", "weights");
        }
    }

    private static void CheckScales(IEnumerable<QuantizedParameter> matrices)
    {
        foreach (var matrix in matrices)
        {
            var scales = matrix.Panels.Scales;
            for (var row = 0; row < scales.Length; row++)
            {
                if (scales[row] >= 0 && float.IsFinite(scales[row] * sbyte.MinValue)) continue;
                throw new ArgumentException($"The scale of row {row} of the tensor {Quotation.Of(matrix.Name)} is {scales[row]}; scales are numbers from 0, and finite when multiplied by any 8-bit integer.", "weights");
            }
        }
    }
}

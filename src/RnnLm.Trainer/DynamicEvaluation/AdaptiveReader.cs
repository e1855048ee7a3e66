using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Reads a text with a model, predicts what comes next, and learns from what has come (Krause 2018): what a person types, say, who has words of their own. It
/// works on a copy of the weights; the model stays as it is. It belongs to one thread at a time, and is disposed of in the end.
/// </summary>
/// <remarks>
/// It takes the memory of the weights once again, of the gradients of the recurrent layers, and of a window's logits. A word is read in the time that it
/// takes everywhere, and after each window of words it takes about as long again as all of them took to be predicted.
/// </remarks>
public sealed class AdaptiveReader : IDisposable
{
    private readonly LanguageModel live; // over the weights that move
    private readonly AdaptedNetwork[] networks;
    private readonly Workers workers;
    private readonly Window window;
    private RecurrentState state;
    private int last;

    /// <summary>Begins to read, at the beginning of a line.</summary>
    /// <param name="model">The model. Its cache and n-gram model go along; of an ensemble each member learns for itself.</param>
    /// <param name="settings">How it learns; where null as <see cref="LanguageModel.DynamicEvaluation"/> says, or the defaults.</param>
    /// <param name="threads">The number of threads that share the work of learning, at least 1; null means one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The scales of the settings are of another network.</exception>
    /// <exception cref="NotSupportedException">The network has an adaptive softmax.</exception>
    public AdaptiveReader(LanguageModel model, DynamicEvaluation? settings = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (threads is { } given) ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(threads));
        settings ??= model.DynamicEvaluation ?? new DynamicEvaluation();
        settings.Validate();
        foreach (var network in model.Networks) AdaptedNetwork.Check(network.Shape, settings);
        workers = new Workers(threads ?? Environment.ProcessorCount);
        networks = [.. model.Networks.Select(network => new AdaptedNetwork(network.Weights, settings, workers))];
        live = model.WithNetworks([.. networks.Select(network => LiveNetwork(network.Weights))]);
        window = new Window(1, settings.Window);
        state = live.Start();
        Begin(startsFresh: true);
    }

    /// <summary>The number of words read since the beginning, or since it has forgotten everything.</summary>
    public long WordsRead { get; private set; }

    /// <summary>Reads a text, as a part of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="NotFiniteNumberException">The weights have grown beyond all bounds: the learning rate is too great.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Read(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        live.Tokenizer.Tokenize(text, word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(live.Vocabulary.IdOf(word));
        });
    }

    /// <summary>Reads one word; an empty one is passed over. With a model of subwords its pieces, as <see cref="LanguageModel.Read(RecurrentState, ReadOnlySpan{char})"/> does.</summary>
    /// <param name="word">The word; one outside the vocabulary is read as the unknown word.</param>
    /// <exception cref="NotFiniteNumberException">The weights have grown beyond all bounds: the learning rate is too great.</exception>
    public void ReadWord(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return;
        if (!live.Tokenizer.SplitsWords) Read(live.Vocabulary.IdOf(word));
        else foreach (var piece in live.Tokenizer.WordsBehind(word)) Read(live.Vocabulary.IdOf(piece));
    }

    /// <summary>Reads the end of a line.</summary>
    /// <exception cref="NotFiniteNumberException">The weights have grown beyond all bounds: the learning rate is too great.</exception>
    public void EndLine() => Read(Vocabulary.EndOfLineId);

    /// <summary>Reads one word by its id.</summary>
    /// <param name="word">The word's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of this id.</exception>
    /// <exception cref="NotFiniteNumberException">The weights have grown beyond all bounds: the learning rate is too great.</exception>
    public void Read(int word)
    {
        if ((uint)word >= (uint)live.Vocabulary.Count)
            throw new ArgumentOutOfRangeException(nameof(word), word, $"The ids of words go from 0 to {live.Vocabulary.Count - 1}.");
        var place = window.TargetCount++;
        window.Length = window.TargetCount;
        (window.Inputs[place], window.Targets[place]) = (last, word);
        // The last word of a window is itself read with what the window has taught.
        if (window.Length == window.Capacity) Learn();
        live.Network.Step(word, state);
        last = word;
        WordsRead++;
    }

    /// <summary>The words most likely to come next.</summary>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are those of the whole distribution all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size.</exception>
    public NextWordPredictions NextWords(int count = 5, SpecialWords exclude = SpecialWords.All) => live.NextWords(state, count, exclude);

    /// <summary>The natural logarithm of the probability of every word to come next.</summary>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentException">The destination's length is not the vocabulary's size.</exception>
    public void LogProbabilities(Span<float> destination) => live.LogProbabilities(state, destination);

    /// <summary>Forgets everything that was read and learned: it is at the beginning of a line, with the weights of the model.</summary>
    public void Forget()
    {
        foreach (var network in networks) network.Forget();
        state = live.Start();
        WordsRead = 0;
        Begin(startsFresh: true);
    }

    /// <summary>A model with the weights as they are now, to be saved or handed on: later reading leaves it as it is.</summary>
    public LanguageModel ToModel() => live.WithNetworks([.. networks.Select(network => new Network(network.Weights))]);

    /// <inheritdoc/>
    public void Dispose() => workers.Dispose();

    private void Learn()
    {
        foreach (var network in networks)
        {
            network.Predict(window);
            network.Learn();
        }
        Begin(startsFresh: false);
    }

    private void Begin(bool startsFresh)
    {
        if (startsFresh) last = Vocabulary.EndOfLineId;
        window.Begin(window.Capacity, startsFresh);
    }

    private static Network LiveNetwork(NetworkWeights weights)
        => new(weights.Shape, weights.Tensors.Select<WeightMatrix, float[]>(matrix => new LiveMatrix(matrix.Matrix), bias => bias.Values), greatestInputTable: 0);
}

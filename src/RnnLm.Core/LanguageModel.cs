using RnnLm.Persistence;

namespace RnnLm;

/// <summary>
/// A language model: a tokenizer, a vocabulary and a network that go together. It loads and saves itself, predicts next words,
/// scores and continues texts. It is immutable and may be used by any number of threads at once.
/// </summary>
/// <remarks>
/// A text handed to a model is one line. Like every line in training it is read after an end-of-line word, so an empty prompt is the
/// beginning of a line. A word outside the vocabulary is read as the unknown word; one that is empty or, in a list of words, null is passed over.
/// The words of a model of subwords (<see cref="SubwordTokenizer"/>) are pieces. A list of words that ends with a piece that ends a word, as the tokenizer gives
/// them, is one of pieces; any other is one of whole words, which are split.
/// </remarks>
public sealed partial class LanguageModel
{
    /// <summary>Makes a model of its parts; the weights are copied.</summary>
    /// <param name="tokenizer">What splits texts into words.</param>
    /// <param name="vocabulary">The words the network knows, in the order of its rows.</param>
    /// <param name="weights">What the network has learned.</param>
    /// <param name="training">How it was trained; for information only.</param>
    /// <exception cref="ArgumentException">
    /// The vocabulary and the weights are of different sizes, the vocabulary lacks a piece of a tokenizer of subwords, or a weight is not a finite number.
    /// </exception>
    public LanguageModel(Tokenizer tokenizer, Vocabulary vocabulary, NetworkWeights weights, TrainingRecord? training = null)
        : this(tokenizer, vocabulary, new Network(weights), training)
    {
    }

    private LanguageModel(ModelParts parts)
        : this(parts.Tokenizer, parts.Vocabulary, parts.Network, parts.Training)
    {
        Cache = parts.Cache;
        NGram = NGramInterpolation.Of(parts.NGram);
        DynamicEvaluation = parts.DynamicEvaluation;
        Members = [.. parts.Members.Select(member => new LanguageModel(member.Model))];
        MemberWeights = [.. parts.Members.Select(member => member.Weight)];
        mixture = MixtureOf(this);
    }

    internal LanguageModel(Tokenizer tokenizer, Vocabulary vocabulary, Network network, TrainingRecord? training)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count != network.Shape.VocabularySize)
        {
            throw new ArgumentException(
                $"The vocabulary has {vocabulary.Count} words and the network {network.Shape.VocabularySize}; they must have the same number.", nameof(vocabulary));
        }
        tokenizer.CheckGoesWith(vocabulary);
        Tokenizer = tokenizer;
        Vocabulary = vocabulary;
        Network = network;
        Training = training ?? TrainingRecord.Empty;
    }

    /// <summary>What splits texts into words and joins words to text.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The words the model knows.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>
    /// The network, for whoever works with word ids; of an ensemble that of its first member. It moves on a state of this model with all that goes along
    /// with it, but its probabilities are its own: those of a model with a cache, an n-gram model or members are <see cref="LogProbabilities"/>.
    /// </summary>
    public Network Network { get; }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape => Network.Shape;

    /// <summary>How the model was trained and how good it became.</summary>
    public TrainingRecord Training { get; }

    private ModelParts Parts => new(Tokenizer, Vocabulary, Network, Training)
    {
        Cache = Cache,
        NGram = NGram?.Part,
        DynamicEvaluation = DynamicEvaluation,
        Members = [.. Members.Select((member, index) => new ModelMember(member.Parts, MemberWeights[index]))],
    };

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The file, named <c>*.rnnlm</c> by custom.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, of a newer version, or no model file.</exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LanguageModel Load(string path) => Load(path, CancellationToken.None);

    internal static LanguageModel Load(string path, CancellationToken cancellation) => new(ModelFile.Read(path, cancellation));

    /// <summary>Loads a model from a stream, which holds it from its present position to its end.</summary>
    /// <param name="stream">The stream. One that cannot seek is read into memory first.</param>
    /// <exception cref="ModelFormatException">What the stream holds is cut short, altered, of a newer version, or no model file.</exception>
    public static LanguageModel Load(Stream stream) => new(ModelFile.Read(stream));

    /// <summary>
    /// Saves the model to a file. It is written under a temporary name in the same folder, flushed to the disk and then renamed:
    /// whatever happens, the path holds either what was there before or the whole model.
    /// </summary>
    /// <param name="path">The file, named <c>*.rnnlm</c> by custom; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public void Save(string path) => Save(path, CancellationToken.None);

    internal void Save(string path, CancellationToken cancellation) => ModelFile.Write(Parts, path, cancellation);

    /// <summary>Saves the model to a stream.</summary>
    /// <param name="stream">The stream to write to, from its present position on.</param>
    public void Save(Stream stream) => ModelFile.Write(Parts, stream);

    /// <summary>
    /// Works out the checksum that its file has: eight hexadecimal digits by which it is known from other models. The training record of a model that went
    /// on from it has them under <c>initial_model</c>. A file that an earlier version wrote may have another.
    /// </summary>
    public string ComputeChecksum() => ModelFile.ChecksumOf(Parts);

    /// <summary>A state at the beginning of a line: it has read one end-of-line word and nothing before.</summary>
    public RecurrentState Start()
    {
        var state = mixture is null ? Network.CreateState() : mixture.CreateState();
        Network.Step(Vocabulary.EndOfLineId, state);
        return state;
    }

    /// <summary>A state that has read a text from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RecurrentState Start(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var state = Start();
        Tokenizer.Tokenize(Tokenizer.LineOf(text), word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step(state, word);
        });
        return state;
    }

    /// <summary>A state that has read words from the beginning of a line.</summary>
    /// <param name="words">The words. Those that are null or empty are passed over.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RecurrentState Start(IEnumerable<string?> words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        var state = Start();
        foreach (var word in Tokenizer.WordsOf(words))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step(state, word);
        }
        return state;
    }

    /// <summary>Reads one word.</summary>
    /// <param name="state">What was read before; moved on.</param>
    /// <param name="word">
    /// The word; one outside the vocabulary is read as the unknown word, an empty one is passed over. A model of subwords reads its pieces, after a space where text
    /// has one; one that is spelled as a piece that ends a word is that piece.
    /// </param>
    /// <exception cref="ArgumentException">The state belongs to a model of another shape.</exception>
    public void Read(RecurrentState state, ReadOnlySpan<char> word)
    {
        Check(state);
        if (!Tokenizer.SplitsWords || word.IsEmpty) Step(state, word);
        else foreach (var piece in Tokenizer.WordsBehind(word)) Step(state, piece);
    }

    /// <summary>An embedding of a text: the hidden state of the last layer after reading it from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The values: <c>[output]</c>.</returns>
    public float[] Embed(string text) => Embed(text, CancellationToken.None);

    /// <summary>An embedding of a text: the hidden state of the last layer after reading it from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <returns>The values: <c>[output]</c>.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Embed(string text, CancellationToken cancellationToken) => Start(text, cancellationToken).Output.ToArray();

    /// <summary>The cell, the sizes and what was added, for people to read.</summary>
    public override string ToString() => DescribeWith(Members.Count > 0
        ? $"ensemble of {Members.Count} ({string.Join("; ", Members)})"
        : FormattableString.Invariant(
            $"{Shape.Cell} {Shape.Layers}×{Shape.HiddenSize}{(Shape.ProjectionSize is { } projection ? $" projected to {projection}" : "")}, {Vocabulary.Count:N0} words, {Shape.ParameterCount:N0} parameters{(IsQuantized ? " of 8 bits" : "")}"));

    private void Step(RecurrentState state, ReadOnlySpan<char> word)
    {
        if (!word.IsEmpty) Network.Step(Vocabulary.IdOf(word), state);
    }

    private static T NotNull<T>(T? text, int index, string parameter) where T : class
        => text ?? throw new ArgumentException($"The text at index {index} is null; an empty text is \"\" or a list without words.", parameter);
}

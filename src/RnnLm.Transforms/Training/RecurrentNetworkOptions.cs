using RnnLm.Faults;
using RnnLm.Text;

namespace RnnLm;

/// <summary>How a recurrent network is trained in a pipeline, and which columns it reads and makes.</summary>
public sealed class RecurrentNetworkOptions : LanguageModelColumns
{
    /// <summary>
    /// How the network is built and trained. Its listener is told of the progress, and so is <c>MLContext.Log</c>. A seed that is not set is
    /// drawn from that of <c>MLContext</c> once, when the trainer is made, so that each of its fits has the same; or it is that of the checkpoint from which a
    /// fit goes on. It stands in the model's training record.
    /// </summary>
    /// <value>The defaults of <see cref="TrainingOptions"/>.</value>
    public TrainingOptions Training { get; set; } = new();

    /// <summary>
    /// How the vocabulary is cut out of the words counted. A column of keys that <c>MapWordsToKeys</c> made with the same special
    /// words brings its vocabulary with it, and that one is taken as it is.
    /// </summary>
    /// <value>The defaults of <see cref="VocabularyOptions"/>.</value>
    public VocabularyOptions Vocabulary { get; set; } = new();

    /// <summary>
    /// The model that training goes on from, with its network, its tokenizer and its vocabulary, such as <see cref="LanguageModelTransformer.Model"/> of a
    /// fitted pipeline. Options of the network's shape that <see cref="Training"/> leaves unset follow the model; those that are set to something else are
    /// refused by name, and so is another <see cref="Tokenizer"/>. A column of keys that <c>MapWordsToKeys</c> made must have keys of the model's
    /// vocabulary, as the mapping of the first pipeline makes them.
    /// </summary>
    /// <value>Null, the default: training begins with random weights.</value>
    public LanguageModel? InitialModel { get; set; }

    /// <summary>
    /// Whether words of the data that <see cref="InitialModel"/> does not know get ids behind its own, as <see cref="Vocabulary"/> says. A column of keys
    /// whose values begin with the model's vocabulary then brings its own with it. It has no effect without such a model.
    /// </summary>
    /// <value>The default is false: they are unknown words.</value>
    public bool ExtendVocabulary { get; set; }

    /// <summary>
    /// What splits text into words; it becomes part of the model. Where the input column holds words or keys it has no part in
    /// training and is what <see cref="LanguageModelTransformer.Model"/> splits the texts by that it is given itself.
    /// </summary>
    /// <value>Null, the default, means running text for a column of text, and white space for one of words or keys.</value>
    public Tokenizer? Tokenizer { get; set; }

    /// <summary>
    /// How subwords are learned from the rows that are learned from, to be the tokenizer of the model: no word is unknown to it then, and next words, scores and
    /// counts are of whole words. <see cref="Vocabulary"/> names its special words, and no more. It goes neither with <see cref="Tokenizer"/> nor with
    /// <see cref="InitialModel"/>, nor with a column of keys.
    /// </summary>
    /// <value>Null, the default, learns none.</value>
    public SubwordOptions? Subwords { get; set; }

    /// <summary>
    /// What runs the mathematics of training. One that trains on graphics processors, and was made without naming one, takes that of
    /// <c>MLContext.GpuDeviceId</c>, and with <c>MLContext.FallbackToCpu</c> the CPU where there is none.
    /// </summary>
    /// <value>Null, the default, means the managed engine.</value>
    public ITrainingEngine? Engine { get; set; }

    /// <summary>
    /// The share of the rows, from the end, that epochs are compared by instead of being learned from, where no validation data is
    /// given; from 0 to below 1.
    /// </summary>
    /// <value>The default is 0: every row is learned from.</value>
    public double ValidationFraction { get; set; }

    /// <summary>
    /// Whether rows that are null, empty or without a word are left out of training and validation; how many they were is logged.
    /// Otherwise each is a blank line, of an end-of-line word alone.
    /// </summary>
    /// <value>The default is true.</value>
    public bool SkipEmptyRows { get; set; } = true;

    /// <summary>The unknown word and the end-of-line word of the model that is to be made.</summary>
    internal IReadOnlyList<string> SpecialWords => InitialModel is { Vocabulary: var known }
        ? [known.UnknownWord, known.EndOfLineWord]
        : [Vocabulary.UnknownWord, Vocabulary.EndOfLineWord];

    private protected override void AddFaults(OptionFaults faults)
    {
        base.AddFaults(faults);
        faults.Require(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction, "from 0 to below 1");
        if (faults.RequireGiven(Training, nameof(Training))) Include(Training.Validate);
        if (faults.RequireGiven(Vocabulary, nameof(Vocabulary))) Include(Vocabulary.Validate);
        // What subwords are learned of has the faults of a tokenizer of subwords.
        AddModelFaults(faults, Subwords is not null ? SpacedWordTokenizer.Instance : InitialModel?.Tokenizer ?? Tokenizer ?? Tokenizer.Text());
        if (Subwords is not null) AddSubwordFaults(Subwords);
        if (InitialModel is not null && faults.All.Count == 0) AddDifferences(InitialModel);

        void AddSubwordFaults(SubwordOptions subwords)
        {
            subwords.AddFaults(faults.Of(nameof(Subwords)));
            if (Tokenizer is not null) faults.Add($"{nameof(Subwords)} and {nameof(Tokenizer)} are both given; the one is to be learned, the other is there: give one of them.");
            if (InitialModel is not null) faults.Add($"{nameof(Subwords)} is given, and so is {nameof(InitialModel)}, whose tokenizer is taken. Leave {nameof(Subwords)} as it is.");
            if (Vocabulary is null) return;
            const string Right = "left as it is: a vocabulary of subwords is as large as Subwords.VocabularySize says, and has every piece";
            faults.Of(nameof(Vocabulary)).Require(Vocabulary.MaximumSize is null, nameof(Vocabulary.MaximumSize), Vocabulary.MaximumSize, Right);
            faults.Of(nameof(Vocabulary)).Require(Vocabulary.MinimumCount == 1, nameof(Vocabulary.MinimumCount), Vocabulary.MinimumCount, Right);
        }

        void AddDifferences(LanguageModel initial)
        {
            Include(() => Training.Following(initial.Shape));
            if (ExtendVocabulary)
            {
                Include(() => Vocabulary.ValidateFor(initial.Vocabulary));
            }
            else
            {
                const string Right = "left as it is, or ExtendVocabulary true: the vocabulary is that of InitialModel";
                faults.Of(nameof(Vocabulary)).Require(Vocabulary.MaximumSize is null, nameof(Vocabulary.MaximumSize), Vocabulary.MaximumSize, Right);
                faults.Of(nameof(Vocabulary)).Require(Vocabulary.MinimumCount == 1, nameof(Vocabulary.MinimumCount), Vocabulary.MinimumCount, Right);
            }
            if (Tokenizer is not null && !Tokenizer.IsSameAs(initial.Tokenizer))
                faults.Add($"{nameof(Tokenizer)} is {Tokenizer.Describe()}; that of {nameof(InitialModel)} is {initial.Tokenizer.Describe()}. Leave it as it is: the model's is taken.");
        }

        void Include(Action validate)
        {
            try
            {
                validate();
            }
            catch (ArgumentException fault)
            {
                faults.Add(fault.Message);
            }
        }
    }

    /// <summary>A copy that later changes to this object leave as it is. Listener, engine, tokenizer and initial model are the same objects.</summary>
    internal RecurrentNetworkOptions Clone()
    {
        var copy = (RecurrentNetworkOptions)MemberwiseClone();
        CopyOptions(copy);
        // What is null is for Validate to tell of.
        copy.Training = Training?.Clone()!;
        copy.Vocabulary = Vocabulary?.Clone()!;
        copy.Subwords = Subwords?.Clone();
        return copy;
    }
}

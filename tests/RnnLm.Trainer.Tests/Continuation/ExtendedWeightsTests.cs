namespace RnnLm.Training.Tests.Continuation;

public class ExtendedWeightsTests
{
    private const int Known = 10;
    private static readonly long[] Counts = [6, 4, 0, 0, 0, 9, 0, 0, 0, 0, 11, 2, 0];

    private static readonly TokenStream Corpus = Texts.Of([.. Counts.SelectMany((count, word) => Enumerable.Repeat(word, (int)count)).OrderBy(word => word * 7 % 5)]);

    private static Vocabulary VocabularyOf(LanguageModel initial) => new([.. initial.Vocabulary, "x", "y", "z"]);

    private static NetworkWeights Extend(LanguageModel initial) => new ContinuedModel(initial, VocabularyOf(initial)).CreateWeights(Corpus);

    [Theory]
    [MemberData(nameof(Continued.EveryKind), MemberType = typeof(Continued))]
    public void What_was_learned_is_kept_bit_for_bit_but_for_the_biases_that_make_room(CellKind cell, bool tied, bool adaptive)
    {
        var initial = Continued.Model(cell, tied, adaptive);
        var (weights, larger) = (initial.Network.CopyWeights(), Extend(initial));
        foreach (var (parameter, extended) in weights.Parameters.Zip(larger.Parameters))
        {
            var kept = extended.Values[..parameter.Values.Length];
            if (parameter.Name == "output_bias")
            {
                int[] changed = adaptive ? [0, Continued.Clusters.HeadSize - 1] : [0];
                Assert.Equal(changed, Enumerable.Range(0, kept.Length).Where(entry => kept[entry] != parameter.Values[entry]));
            }
            else
            {
                Assert.Equal(parameter.Values, kept);
            }
        }
        Assert.Equal(initial.Shape with { VocabularySize = Known + 3 }, larger.Shape);
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Cifg, true)]
    public void New_words_of_a_network_with_projections_share_what_the_unknown_word_has(CellKind cell, bool tied)
    {
        var initial = Continued.Model(cell, tied, projection: 4);
        var extended = new LanguageModel(initial.Tokenizer, VocabularyOf(initial), Extend(initial));
        foreach (var (layer, kept) in initial.Network.CopyWeights().Layers.Zip(extended.Network.CopyWeights().Layers))
            Assert.Equal(layer.Parameters.SelectMany(parameter => parameter.Values), kept.Parameters.SelectMany(parameter => parameter.Values));
        var (before, after) = (Continued.LogProbabilities(initial, "a x b"), Continued.LogProbabilities(extended, "a x b"));
        for (var word = 2; word < Known; word++) Assert.Equal(before[word] - before[1], after[word] - after[1], 1e-5);
        foreach (var (word, share) in new[] { (10, 12), (11, 3), (12, 1) }) Assert.Equal(after[0] + Math.Log(share / 7.0), after[word], 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_new_words_the_weights_are_the_models(bool adaptive)
    {
        var initial = Continued.Model(adaptive: adaptive);
        var weights = new ContinuedModel(initial, new Vocabulary(initial.Vocabulary)).CreateWeights(Texts.Of(2, 3, 1));
        Assert.Same(initial.Network.Weights, weights);
    }

    [Theory]
    [MemberData(nameof(Continued.EveryKind), MemberType = typeof(Continued))]
    public void The_other_words_keep_their_proportions_and_the_unknown_word_shares_what_it_has_with_the_new_ones(CellKind cell, bool tied, bool adaptive)
    {
        if (adaptive) return;
        var initial = Continued.Model(cell, tied);
        var extended = new LanguageModel(initial.Tokenizer, VocabularyOf(initial), Extend(initial));
        foreach (var text in (string[])["", "a b", "x", "a x b y z", "c d e"])
        {
            var (before, after) = (Continued.LogProbabilities(initial, text), Continued.LogProbabilities(extended, text));
            Assert.Equal(1, after.Sum(logProbability => Math.Exp(logProbability)), 1e-5);
            for (var word = 2; word < Known; word++) Assert.Equal(before[word] - before[1], after[word] - after[1], 1e-5);
            // Each as often as it occurs and once more: 7 times the unknown word, 12, 3 and 1 times the new ones.
            foreach (var (word, share) in new[] { (10, 12), (11, 3), (12, 1) }) Assert.Equal(after[0] + Math.Log(share / 7.0), after[word], 1e-5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(-100)]
    [InlineData(15)]
    public void Whatever_the_unknown_word_was_before_it_and_the_new_words_are_as_probable_as_they_are_frequent(float bias)
    {
        var given = Continued.Model();
        var weights = given.Network.CopyWeights();
        weights.OutputBias.Values[0] += bias;
        var initial = new LanguageModel(given.Tokenizer, given.Vocabulary, weights);
        var extended = new LanguageModel(given.Tokenizer, VocabularyOf(initial), Extend(initial));
        var (state, mass) = (extended.Network.CreateState(), 0.0);
        foreach (var id in Corpus.Ids.Span)
        {
            if (id == Vocabulary.EndOfLineId) state = extended.Network.CreateState();
            extended.Network.Step(id, state);
            foreach (var word in (int[])[0, 10, 11, 12]) mass += Math.Exp(extended.Network.LogProbability(word, state));
        }
        Assert.Equal(23.0 / (Corpus.Count + 4), mass / Corpus.Count, 0.03);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void The_probability_of_unknown_words_is_measured_on_texts_of_any_length(int length)
    {
        var initial = Continued.Model();
        int[] text = [.. Enumerable.Range(0, length).Select(place => place * 7 % 13)];
        var mean = UnknownWordMass.MeanOver(initial.Network, text);
        var (state, sum, measured) = (initial.Network.CreateState(), 0.0, Math.Min(length, 128));
        foreach (var word in text[..measured])
        {
            if (word == Vocabulary.EndOfLineId) state = initial.Network.CreateState();
            initial.Network.Step(word < Known ? word : 0, state);
            sum += Math.Exp(initial.Network.LogProbability(0, state));
        }
        Assert.Equal(sum / measured, mean!.Value, length < 256 ? 1e-6 : 0.01);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(-2000)]
    public void A_network_that_is_certain_of_unknown_words_or_certain_of_others_gives_finite_weights(float bias)
    {
        var given = Continued.Model();
        var weights = given.Network.CopyWeights();
        weights.OutputBias.Values[0] += bias;
        Assert.All(Extend(new LanguageModel(given.Tokenizer, given.Vocabulary, weights)).Parameters, parameter => Assert.True(parameter.IsFinite));
    }

    [Fact]
    public void Where_states_overflow_the_unknown_words_probability_is_shared_as_it_is()
    {
        var given = Continued.Model(CellKind.Relu);
        var weights = given.Network.CopyWeights();
        foreach (ref var value in weights.Layers[0].Recurrent.Values.AsSpan()) value = 1e30f;
        var larger = Extend(new LanguageModel(given.Tokenizer, given.Vocabulary, weights));
        Assert.Equal(weights.OutputBias.Values[0] + Math.Log(7 / 23.0), larger.OutputBias.Values[0], 1e-5);
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void New_words_of_an_adaptive_softmax_are_in_its_last_cluster_and_the_other_words_keep_their_proportions(CellKind cell)
    {
        var initial = Continued.Model(cell, adaptive: true);
        var extended = new LanguageModel(initial.Tokenizer, VocabularyOf(initial), Extend(initial));
        foreach (var text in (string[])["", "a x b"])
        {
            var (before, after) = (Continued.LogProbabilities(initial, text), Continued.LogProbabilities(extended, text));
            Assert.Equal(1, after.Sum(logProbability => Math.Exp(logProbability)), 1e-5);
            // Of the words before the last cluster, and of those in it, with one another.
            foreach (var (first, end) in new[] { (1, 7), (7, 10) })
                for (var word = first; word < end; word++) Assert.Equal(before[word] - before[first], after[word] - after[first], 1e-5);
            // With one another: the cluster has twice as many words, and about as much for each.
            Assert.InRange(after[7] - before[7] - (after[1] - before[1]), -1e-5, 0.2);
            var mean = after[7..10].Average();
            Assert.All(after[10..], logProbability => Assert.Equal(mean, logProbability, 1e-5));
        }
    }

    [Theory]
    [InlineData("a b c d e f g x h", "has \"x\" as the word with id 9, which is \"h\" in the model")]
    [InlineData("a b c d e f g", "ends before the word with id 9, which is \"h\" in the model")]
    [InlineData("b a c d e f g h x", "has \"b\" as the word with id 2, which is \"a\" in the model")]
    public void A_vocabulary_that_does_not_begin_with_the_models_words_is_refused(string words, string difference)
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. words.Split(' ')]);
        var exception = Assert.Throws<ArgumentException>(() => Continued.Trainer().Train(Continued.Model(), vocabulary, Texts.Of(2, 3, 1)));
        Assert.Contains(difference, exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_vocabulary_with_other_special_words_is_another(bool isEndOfLine)
    {
        var vocabulary = new Vocabulary([isEndOfLine ? "<unk>" : "<other>", isEndOfLine ? "<other>" : "<eos>", .. "a b c d e f g h".Split(' ')]);
        Assert.Throws<ArgumentException>(() => Continued.Trainer().Train(Continued.Model(), vocabulary, Texts.Of(2, 3, 1)));
    }
}

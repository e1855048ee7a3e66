namespace RnnLm.Tests.Mixtures;

public sealed class AdditionTests
{
    private static readonly LanguageModel Model = RandomModels.Model(vocabulary: MixtureCase.Words);
    private static readonly TokenStream Stream = new(RandomModels.Ids(700, MixtureCase.Words), 1, 0, 0);

    private static NGramInterpolation NGram(double weight = 0.2) => new() { Model = RandomNGrams.Model(Model.Vocabulary), Weight = weight };

    private static void AssertPredictsAlike(LanguageModel expected, LanguageModel actual, int? digits = null)
    {
        void Equal(double x, double y)
        {
            if (digits is { } places) Assert.Equal(x, y, places);
            else Assert.Equal(x, y);
        }
        Equal(expected.Evaluate(Stream).CrossEntropy, actual.Evaluate(Stream).CrossEntropy);
        Equal(expected.EvaluateLinesApart(Stream).CrossEntropy, actual.EvaluateLinesApart(Stream).CrossEntropy);
        Assert.Equal(expected.Evaluate(Stream).AccuracyAt5, actual.Evaluate(Stream).AccuracyAt5);
        Equal(expected.Score("w3 w4 w3").LogProbability, actual.Score("w3 w4 w3").LogProbability);
        Assert.Equal(expected.NextWords("w3 w4").Select(word => word.Id), actual.NextWords("w3 w4").Select(word => word.Id));
        foreach (var (word, other) in expected.NextWords("w3 w4").Zip(actual.NextWords("w3 w4"))) Equal(word.Probability, other.Probability);
        var sampling = new GenerationOptions { Sampling = new SamplingOptions { Seed = 3 } };
        Assert.Equal(expected.Generate("w5", sampling), actual.Generate("w5", sampling));
    }

    [Fact]
    public void What_has_no_weight_leaves_every_figure_as_it_is_to_the_bit()
    {
        AssertPredictsAlike(Model, Model.With(new NeuralCache { Weight = 0 }));
        AssertPredictsAlike(Model, Model.With(NGram(0)));
        AssertPredictsAlike(Model, Model.With(NGram(0)).With(new NeuralCache { Weight = 0 }));
        AssertPredictsAlike(Model, LanguageModel.Ensemble([Model]));
    }

    [Fact]
    public void An_ensemble_of_a_model_with_itself_is_that_model()
    {
        AssertPredictsAlike(Model, LanguageModel.Ensemble([Model, Model, Model]), digits: 6);
        var cached = Model.With(new NeuralCache()).With(NGram());
        AssertPredictsAlike(cached, LanguageModel.Ensemble([cached, cached], [0.1, 7]), digits: 6);
    }

    [Fact]
    public void A_cache_makes_a_word_that_is_repeated_more_probable_each_time()
    {
        var cached = Model.With(new NeuralCache { Weight = 0.5, Sharpness = 0 });
        var words = cached.Score("w3 w3 w3 w3", new ScoringOptions { IncludeEndOfLine = false }).Words;
        var plain = Model.Score("w3 w3 w3 w3", new ScoringOptions { IncludeEndOfLine = false }).Words;
        Assert.Equal(plain[0].LogProbability, words[0].LogProbability);
        // All that the cache holds is this word, so that it gives it all its share.
        for (var i = 1; i < 4; i++) Assert.Equal(0.5 + (0.5 * Math.Exp(plain[i].LogProbability)), Math.Exp(words[i].LogProbability), 1e-6);
    }

    [Fact]
    public void A_cache_of_one_word_gives_its_share_to_the_last_word()
    {
        var cached = Model.With(new NeuralCache { Size = 1, Weight = 0.25 });
        var (state, plain) = (cached.Start("w3 w9"), Model.Start("w3 w9"));
        var (values, expected) = (new float[MixtureCase.Words], new float[MixtureCase.Words]);
        cached.LogProbabilities(state, values);
        Model.LogProbabilities(plain, expected);
        for (var word = 0; word < values.Length; word++)
            Assert.Equal((0.75 * Math.Exp(expected[word])) + (Model.Vocabulary[word] == "w9" ? 0.25 : 0), Math.Exp(values[word]), 1e-6);
    }

    [Fact]
    public void Additions_replace_one_another_and_are_taken_away()
    {
        var (cache, nGram) = (new NeuralCache { Size = 5 }, NGram());
        var model = Model.With(new NeuralCache()).With(NGram(0.9)).With(cache).With(nGram);
        Assert.Equal(cache, model.Cache);
        Assert.Equal(nGram, model.NGram);
        Assert.NotEqual(nGram with { Weight = 0.3 }, model.NGram);
        Assert.True(model.IsMixture);
        AssertPredictsAlike(Model.With(cache), model.WithoutNGram());
        AssertPredictsAlike(Model.With(nGram), model.WithoutCache());
        AssertPredictsAlike(Model, model.WithoutNGram().WithoutCache());
        Assert.False(model.WithoutNGram().WithoutCache().IsMixture);
        Assert.False(Model.IsMixture);
        Assert.Null(Model.Cache);
        Assert.Contains("cache of 5 words, weight 0.1279, sharpness 0.662, 2-gram model, weight 0.2", model.ToString());

        var ensemble = LanguageModel.Ensemble([Model, Model.With(new NeuralCache())]).With(cache);
        Assert.Null(ensemble.Cache);
        Assert.All(ensemble.Members, member => Assert.Equal(cache, member.Cache));
        Assert.All(ensemble.WithoutCache().Members, member => Assert.Null(member.Cache));
        Assert.Contains("ensemble of 2", ensemble.ToString());
        Assert.Equal([0.5, 0.5], ensemble.MemberWeights);
    }

    [Fact]
    public void Every_fault_of_the_settings_is_named()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new NeuralCache { Size = 0, Weight = 1, Sharpness = double.NaN }));
        foreach (var option in new[] { "Size is 0", "Weight is 1", "Sharpness is NaN" }) Assert.Contains(option, fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new NeuralCache { Size = NeuralCache.GreatestSize + 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new NeuralCache { Weight = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new NeuralCache { Sharpness = -0.1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(NGram(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new NGramInterpolation { Model = null! }));
        Assert.Throws<ArgumentNullException>(() => Model.With((NeuralCache)null!));
        Assert.Throws<ArgumentNullException>(() => Model.With((NGramInterpolation)null!));
    }

    [Fact]
    public void An_n_gram_model_of_other_words_is_refused_and_it_is_said_how_many_differ()
    {
        var other = RandomNGrams.Model(new Vocabulary(["<unk>", "<eos>", "w2", "cat", "sat", .. Enumerable.Range(5, 35).Select(id => $"w{id}"), "w40", "mat"]));
        var fault = Assert.Throws<ArgumentException>(() => Model.With(new NGramInterpolation { Model = other }));
        Assert.Contains("of the model's 41 it lacks 2, such as \"w3\", and it has 3 more", fault.Message);
        fault = Assert.Throws<ArgumentException>(() => Model.With(new NGramInterpolation { Model = RandomNGrams.Model(RandomModels.Words(50)) }));
        Assert.Contains("it lacks 0, and it has 9 more", fault.Message);
        // It is, even where it would have no weight.
        Assert.Throws<ArgumentException>(() => Model.With(new NGramInterpolation { Model = other, Weight = 0 }));
    }

    [Fact]
    public void The_special_words_of_an_n_gram_model_may_be_called_otherwise()
    {
        var nGram = RandomNGrams.Model(new Vocabulary(["[UNK]", "</s>", .. Model.Vocabulary.Skip(2)]));
        AssertPredictsAlike(Model.With(NGram()), Model.With(new NGramInterpolation { Model = nGram }));
    }

    [Fact]
    public void Models_that_do_not_go_together_make_no_ensemble()
    {
        void Refused(string reason, IReadOnlyList<LanguageModel> members, IReadOnlyList<double>? weights = null)
            => Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(() => LanguageModel.Ensemble(members, weights)).Message);
        Refused("from 1 to 256", []);
        Refused("from 1 to 256", [.. Enumerable.Repeat(Model, 257)]);
        Refused("index 1 is null", [Model, null!]);
        Refused("index 0 is an ensemble itself", [LanguageModel.Ensemble([Model]), Model]);
        Refused("20 words and the first 41", [Model, RandomModels.Model(vocabulary: 20)]);
        Refused("1 weights for 2 models", [Model, Model], [1]);
        Refused("weights[1] is 0", [Model, Model], [1, 0]);
        Refused("weights[0] is NaN", [Model, Model], [double.NaN, 1]);
        Refused("weights[0] is 1E-300", [Model, Model], [1e-300, 1e300]);
        Refused("no finite number", [Model, Model], [double.MaxValue, double.MaxValue]);
        var weights = RandomModels.Weights(CellKind.Lstm, MixtureCase.Words);
        Refused("another tokenizer", [Model, new LanguageModel(Tokenizer.Characters, Model.Vocabulary, weights)]);
        string[] words = [.. Model.Vocabulary];
        (words[7], words[9]) = (words[9], words[7]);
        Refused("2 of 41 ids", [Model, new LanguageModel(Tokenizer.Whitespace, new Vocabulary(words), weights)]);
    }

    [Fact]
    public void Words_that_are_unknown_are_scored_by_the_policy_and_never_predicted()
    {
        var model = MixtureCase.Of("ensemble with everything").Model;
        var counted = model.Score("w3 strange w4");
        Assert.Equal(1, counted.UnknownCount);
        Assert.Equal(counted.LogProbability - counted.Words[1].LogProbability, model.Score("w3 strange w4", new ScoringOptions { UnknownWords = UnknownWordPolicy.Excluded }).LogProbability, 1e-9);
        Assert.Equal(-15, model.Score("w3 strange w4", new ScoringOptions { UnknownWords = UnknownWordPolicy.Penalized }).Words[1].LogProbability);
        var all = model.NextWords("strange strange strange strange", count: MixtureCase.Words);
        Assert.Equal(MixtureCase.Words - 2, all.Count);
        Assert.Equal(1, all.Sum(word => word.Probability) + all.UnknownProbability + all.EndOfLineProbability, 1e-5);
    }

    [Fact]
    public void What_is_cancelled_ends()
    {
        var (model, cancelled) = (MixtureCase.Of("ensemble with everything").Model, new CancellationToken(true));
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(Stream, new EvaluationOptions { CancellationToken = cancelled }));
        Assert.Throws<OperationCanceledException>(() => model.Score("w3 w4", cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() => model.ScoreMany(["w3 w4"], batch: new BatchOptions { CancellationToken = cancelled }));
        Assert.Throws<OperationCanceledException>(() => model.NextWordsMany(["w3 w4"], batch: new BatchOptions { CancellationToken = cancelled }));
        Assert.Throws<OperationCanceledException>(() => model.TuneMixture(Stream, new MixtureTuningOptions { CancellationToken = cancelled }));
        using var halfway = new CancellationTokenSource();
        var options = new EvaluationOptions { CancellationToken = halfway.Token, Progress = new Canceller(halfway) };
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(new TokenStream(RandomModels.Ids(5000, MixtureCase.Words), 1, 0, 0), options));
    }

    [Fact]
    public void A_text_without_words_or_of_another_vocabulary_is_not_measured()
    {
        var model = Model.With(new NeuralCache());
        foreach (var ids in new int[][] { [], [MixtureCase.Words], [-1] })
        {
            Assert.Throws<ArgumentException>(() => model.Evaluate(new TokenStream(ids, 1, 0, 0)));
            Assert.Throws<ArgumentException>(() => model.TuneMixture(new TokenStream(ids, 1, 0, 0)));
        }
    }

    [Fact]
    public void Values_that_overflow_are_called_so()
    {
        var weights = RandomModels.Weights(CellKind.Relu, MixtureCase.Words, layers: 1);
        foreach (var parameter in weights.Parameters) Array.Fill(parameter.Values, parameter.Name.StartsWith("output") ? 0 : 1e19f);
        var model = new LanguageModel(Tokenizer.Whitespace, Model.Vocabulary, weights).With(new NeuralCache { Sharpness = 1 });
        Assert.Throws<NotFiniteNumberException>(() => model.Score("w3 w4 w5 w6"));
        Assert.Throws<NotFiniteNumberException>(() => model.NextWords("w3 w4 w5 w6"));
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }
}

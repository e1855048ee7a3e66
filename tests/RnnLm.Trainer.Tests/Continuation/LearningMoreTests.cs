namespace RnnLm.Training.Tests.Continuation;

/// <summary>Models that have learned a text learn another.</summary>
public class LearningMoreTests
{
    private static readonly string[] First = [.. Enumerable.Repeat("the cat sat on the mat", 40)];
    private static readonly string[] More = [.. Enumerable.Repeat("the cow stood under the tree", 40)];

    private static TrainingOptions Options(CellKind? cell = null) => new()
    {
        BatchSize = 2,
        Window = 6,
        Epochs = 12,
        Threads = 1,
        Dropout = 0,
        // What a ReLU cell keeps has no bound: it grows from line to line.
        BatchMode = cell == CellKind.Relu ? BatchMode.Rows : BatchMode.Streams,
        Optimizer = new Adam { LearningRate = cell == CellKind.Relu ? 0.01 : 0.02 },
    };

    private static LanguageModel Learn(CellKind cell, bool tied, Softmax softmax)
    {
        var options = Options(cell);
        (options.Cell, options.Tied, options.Softmax, options.Layers, options.EmbeddingSize, options.HiddenSize) = (cell, tied, softmax, 1, 16, 16);
        return new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, First).Model;
    }

    public static TheoryData<CellKind, bool, string> EveryKind()
    {
        var kinds = new TheoryData<CellKind, bool, string>();
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            // A ReLU cell, whose state has no bound, does not bear how seldom words are drawn that the text lacks.
            foreach (var softmax in (string[])["full", "log-uniform", .. cell == CellKind.Relu ? [] : new[] { "unigram" }])
                foreach (var tied in (bool[])[false, true]) kinds.Add(cell, tied, softmax);
            kinds.Add(cell, false, "adaptive");
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void New_words_are_learned_and_the_file_knows_them(CellKind cell, bool tied, string kind)
    {
        Softmax? softmax = kind switch
        {
            "log-uniform" => new SampledSoftmax { Samples = 4 },
            "unigram" => new SampledSoftmax { Samples = 4, Sampler = SamplerKind.Unigram },
            _ => null,
        };
        var initial = Learn(cell, tied, softmax ?? (kind == "adaptive" ? new AdaptiveSoftmax { Cutoffs = [4] } : new FullSoftmax()));
        var options = Options(cell);
        if (softmax is not null) options.Softmax = softmax;
        var (model, result) = new LanguageModelTrainer(options).Train(initial, More, More[..5], new VocabularyOptions());

        Assert.Equal(initial.Vocabulary.Count + 4, model.Vocabulary.Count);
        Assert.True(result.BestEpoch > 0);
        Assert.True(result.BestValidationPerplexity < 1.3, $"{result}");
        Assert.True(result.InitialValidationPerplexity > 3, $"{result.InitialValidationPerplexity}");

        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        var loaded = LanguageModel.Load(file);
        Assert.Equal("cow", loaded.NextWord("the"));
        Assert.Equal("tree", loaded.NextWord("the cow stood under the"));
        Assert.Equal(model.Training.Options["initial_model"], loaded.Training.Options["initial_model"]);
    }

    [Fact]
    public void Without_an_extension_new_words_are_unknown_ones()
    {
        var initial = Learn(CellKind.Gru, tied: false, new FullSoftmax());
        var model = new LanguageModelTrainer(Options()).Train(initial, More).Model;
        Assert.Equal(initial.Vocabulary, model.Vocabulary);
        Assert.True(Math.Exp(Continued.LogProbabilities(model, "the")[Vocabulary.UnknownId]) > 0.9);
    }

    [Theory]
    [InlineData(1, null, "cow stood tree under")]
    [InlineData(2, null, "cow tree")]
    [InlineData(1, 8, "cow")]
    [InlineData(9, null, "")]
    public void New_words_are_cut_by_count_and_size_and_come_from_the_most_frequent_to_the_least(int minimumCount, int? maximumSize, string expected)
    {
        var initial = Learn(CellKind.Gru, tied: false, new FullSoftmax());
        Assert.Equal(7, initial.Vocabulary.Count);
        string[] lines = ["the cow cow tree tree cow", "stood under"];
        var newWords = new VocabularyOptions { MinimumCount = minimumCount, MaximumSize = maximumSize };
        var model = new LanguageModelTrainer(Options()).Train(initial, lines, newWords: newWords).Model;
        Assert.Equal(expected, string.Join(' ', model.Vocabulary.Skip(7).Order(StringComparer.Ordinal)));
        if (expected.Length > 0) Assert.Equal("cow", model.Vocabulary[7]);
    }

    [Fact]
    public void Options_of_the_vocabulary_that_do_not_go_with_it_are_refused_before_any_text_is_read()
    {
        var initial = Continued.Model();
        var unread = Enumerable.Range(0, 1).Select<int, string?>(_ => throw new InvalidOperationException("It was read."));
        var newWords = new VocabularyOptions { MaximumSize = 10, UnknownWord = "OOV", EndOfLineWord = "</s>", MinimumCount = 0 };
        var message = Assert.Throws<ArgumentException>(() => Continued.Trainer().Train(initial, unread, newWords: newWords)).Message;
        foreach (var fault in (string[])[
            "MaximumSize is 10; it must be at least 11, since the vocabulary to extend has 10 words", "UnknownWord is \"OOV\"; it must be \"<unk>\"",
            "EndOfLineWord is \"</s>\"; it must be \"<eos>\"", "MinimumCount is 0"])
            Assert.Contains(fault, message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        var initial = Learn(CellKind.Lstm, tied: false, new FullSoftmax());
        float[] Train() => new LanguageModelTrainer(Options()).Train(initial, More, newWords: new VocabularyOptions()).Model.Network.CopyWeights().Embedding.Values;
        Assert.Equal(Train(), Train());
    }
}

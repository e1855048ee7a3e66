using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>Training that goes on from a model.</summary>
public sealed class InitialModelTests
{
    private static readonly string[] More = ["The cow sat on the mat .", "A cow saw the cow .", "The cow ran to the tree ."];

    private readonly MLContext mlContext = new(seed: 1);

    private static TrainingOptions Briefly() => new() { BatchSize = 2, Window = 6, Epochs = 2, Threads = 1, Optimizer = new Adam { LearningRate = 0.02 } };

    private static RecurrentNetworkOptions Options(LanguageModel? initial, string column = "Text", Action<RecurrentNetworkOptions>? change = null)
    {
        var options = Sample.FullOptions(column);
        (options.Training, options.InitialModel) = (Briefly(), initial);
        change?.Invoke(options);
        return options;
    }

    private LanguageModelTransformer First(IDataView data, string column)
    {
        var options = Sample.FullOptions(column);
        options.Training.Cell = CellKind.Gru;
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);
    }

    private IDataView Words(params string[] lines) => mlContext.ViewOfWords([.. lines.Select(line => line.Split(' '))]);

    [Theory]
    [InlineData("Text", false)]
    [InlineData("Text", true)]
    [InlineData("Words", false)]
    [InlineData("Words", true)]
    [InlineData("Keys", false)]
    [InlineData("PlainKeys", true)]
    public void Text_words_and_keys_are_learned_with_the_models_network_and_vocabulary(string column, bool extends)
    {
        var mapping = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(Words(Sample.Lines));
        IDataView Data(string[] lines) => column switch
        {
            "Text" => mlContext.View(lines),
            "Words" => Words(lines),
            "Keys" => mapping.Transform(Words(lines)),
            _ => mlContext.Transforms.Conversion.MapValueToKey("PlainKeys", "Words").Fit(Words(lines)).Transform(Words(lines)),
        };
        var first = First(Data(Sample.Lines), column);
        var data = Data(More);

        var next = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(first.Model, column, options => options.ExtendVocabulary = extends)).Fit(data);

        Assert.Equal(extends ? [.. first.Model.Vocabulary, "cow"] : first.Model.Vocabulary, next.Model.Vocabulary);
        Assert.Equal(first.Model.Shape with { VocabularySize = next.Model.Vocabulary.Count }, next.Model.Shape);
        Assert.Same(first.Model.Tokenizer, next.Model.Tokenizer);
        Assert.Equal(first.Model.ComputeChecksum(), next.Model.Training.Options["initial_model"]);
        Assert.Equal(extends ? [0, 0, 0] : [1, 2, 1], next.Transform(data).Column<int>("UnknownWordCount"));
        Assert.Equal(
            next.Transform(data).Column<float>("LogProbability"), mlContext.SaveAndLoad(next, data).Transform(data).Column<float>("LogProbability"));
    }

    [Fact]
    public void Keys_of_a_vocabulary_that_begins_with_the_models_bring_theirs_where_it_may_be_extended()
    {
        string[] lines = ["the the the cat cat", "the cat"], more = ["the the the the cat cat cat", "the cow cow"];
        IDataView Keys(string[] texts) => mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(Words(texts)).Transform(Words(texts));
        var options = Sample.FullOptions("Keys");
        options.Training.BatchSize = 1;
        var first = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(Keys(lines)).Model;

        foreach (var extends in new[] { false, true })
        {
            var next = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(first, "Keys", options => options.ExtendVocabulary = extends)).Fit(Keys(more)).Model;
            Assert.Equal(extends ? ["<unk>", "<eos>", "the", "cat", "cow"] : ["<unk>", "<eos>", "the", "cat"], next.Vocabulary);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keys_of_another_vocabulary_are_refused(bool extends)
    {
        var first = First(Words("the cat", "the dog", "the cat sat"), "Words").Model;
        var words = Words("the dog", "the dog ran", "a cat");
        var keys = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(words).Transform(words);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(first, "Keys", options => options.ExtendVocabulary = extends));
        var message = Assert.Throws<ArgumentException>(() => trainer.Fit(keys)).Message;
        Assert.Contains("The column \"Keys\" has keys of another vocabulary than InitialModel: its key 3 is \"dog\", and word 3 of the model is \"the\".", message);
    }

    [Fact]
    public void A_missing_key_is_the_models_unknown_word_whatever_that_is()
    {
        var given = Sample.Model("the", "cat");
        var model = new LanguageModel(given.Tokenizer, new Vocabulary(["UNK", "</s>", "the", "cat"]), given.Network.CopyWeights());
        var data = Words("the cat", "the dog");
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words", maximumNumberOfKeys: 2).Fit(data).Transform(data);
        foreach (var extends in new[] { false, true })
        {
            var next = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(model, "Keys", options => (options.ExtendVocabulary, options.Training.BatchSize) = (extends, 1))).Fit(keys);
            Assert.Equal(["UNK", "</s>", "the", "cat"], next.Model.Vocabulary);
            Assert.Equal([0, 1], next.Transform(keys).Column<int>("UnknownWordCount"));
        }
    }

    [Fact]
    public void Fit_takes_a_model_as_online_trainers_do()
    {
        var first = First(mlContext.View(Sample.Lines), "Text").Model;
        var data = mlContext.View(More);
        var seeded = Options(null, change: options => options.Training.Seed = 3);
        var byArgument = mlContext.LanguageModeling.Trainers.RecurrentNetwork(seeded).Fit(data, first);
        seeded.InitialModel = first;
        var byOption = mlContext.LanguageModeling.Trainers.RecurrentNetwork(seeded).Fit(data);
        Assert.Equal(byOption.Transform(data).Column<float>("LogProbability"), byArgument.Transform(data).Column<float>("LogProbability"));
        Assert.Equal(first.Vocabulary, byArgument.Model.Vocabulary);
    }

    public static TheoryData<string, Action<RecurrentNetworkOptions>> Differences => new()
    {
        { "Cell is lstm; it must be gru, as in the initial model", options => options.Training.Cell = CellKind.Lstm },
        { "HiddenSize is 9; it must be 4, as in the initial model", options => options.Training.HiddenSize = 9 },
        { "Softmax is adaptive; it must be full or sampled, as in the initial model", options => options.Training.Softmax = new AdaptiveSoftmax() },
        { "Tokenizer is text", options => options.Tokenizer = Tokenizer.Text() },
        { "UnknownWord is \"OOV\"; it must be \"<unk>\"", options => (options.ExtendVocabulary, options.Vocabulary.UnknownWord) = (true, "OOV") },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void What_does_not_go_with_the_model_is_refused_by_name_before_there_is_a_trainer(string fault, Action<RecurrentNetworkOptions> change)
    {
        var model = Sample.Model("the", "cat");
        Assert.Contains(fault, Assert.ThrowsAny<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(model, change: change))).Message);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(null, change: change));
        Assert.Contains(fault, Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(mlContext.View(More), model)).Message);
    }

    public static TheoryData<string, Action<RecurrentNetworkOptions>> VocabularyDifferences => new()
    {
        { "Vocabulary.MaximumSize is 5; it must be left as it is, or ExtendVocabulary true", options => options.Vocabulary.MaximumSize = 5 },
        { "Vocabulary.MinimumCount is 2; it must be left as it is, or ExtendVocabulary true", options => options.Vocabulary.MinimumCount = 2 },
        { "MaximumSize is 4; it must be at least 5", options => (options.ExtendVocabulary, options.Vocabulary.MaximumSize) = (true, 4) },
    };

    [Theory]
    [MemberData(nameof(VocabularyDifferences))]
    public void How_a_vocabulary_is_cut_is_refused_beside_a_model_and_has_no_say_in_a_fit_that_takes_one(string fault, Action<RecurrentNetworkOptions> change)
    {
        var model = Sample.Model("the", "cat");
        Assert.Contains(fault, Assert.ThrowsAny<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(model, change: change))).Message);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(null, change: change));
        Assert.Equal(model.Vocabulary, trainer.Fit(mlContext.View(More), model).Model.Vocabulary);
    }

    [Fact]
    public void Every_fit_of_a_trainer_has_the_seed_that_was_drawn_when_it_was_made()
    {
        var first = First(mlContext.View(Sample.Lines), "Text").Model;
        var data = mlContext.View(More);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(null));
        var seeds = new[] { trainer.Fit(data), trainer.Fit(data, first), trainer.Fit(data, first) }.Select(fitted => fitted.Model.Training.Options["seed"]);
        Assert.Single(seeds.Distinct());
    }

    [Fact]
    public void Where_no_epoch_is_better_the_pipeline_has_the_model_that_there_was()
    {
        var first = First(mlContext.View(Sample.Lines), "Text").Model;
        var log = new List<string>();
        mlContext.Log += (_, message) => log.Add(message.RawMessage);
        var options = Options(first, change: options => options.Training.Optimizer.LearningRate = 1);
        var next = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, mlContext.View(Sample.Lines)).Fit(mlContext.View(More));
        Assert.Equal(0, next.Result!.BestEpoch);
        Assert.Equal(first.Score("the cat sat").LogProbability, next.Model.Score("the cat sat").LogProbability);
        Assert.Contains(log, line => line.StartsWith("The initial model: validation perplexity ", StringComparison.Ordinal));
    }
}

using RnnLm.Tests;

namespace RnnLm.Training.Tests;

/// <summary>A text that a model is asked about begins where no text of a stream but its first does: from the zero state.</summary>
public class LineBeginningTests
{
    private static readonly string[] Corpus = LineGrammar.Lines(2_000, seed: 1);
    private static readonly string[] HeldOut = LineGrammar.Lines(500, seed: 2);

    private static TrainingOptions Options() => new()
    {
        Preset = TrainingPreset.Plain,
        Layers = 1,
        EmbeddingSize = 32,
        HiddenSize = 32,
        Dropout = 0,
        Optimizer = new Adam { LearningRate = 0.005 },
        BatchSize = 10,
        Window = 16,
        Epochs = 6,
        Threads = 1,
    };

    public static TheoryData<CellKind, BatchMode, string, string> Trainings()
    {
        var data = new TheoryData<CellKind, BatchMode, string, string>();
        foreach (var cell in Enum.GetValues<CellKind>())
            foreach (var mode in Enum.GetValues<BatchMode>()) data.Add(cell, mode, "full", "adam");
        foreach (var softmax in (string[])["full", "sampled", "adaptive"])
            foreach (var optimizer in (string[])["sgd", "adamw"]) data.Add(CellKind.Lstm, BatchMode.Streams, softmax, optimizer);
        return data;
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void First_words_are_predicted_no_worse_than_by_how_often_each_begins_a_line(
        CellKind cell, BatchMode mode, string softmax, string optimizer)
    {
        var options = Options();
        (options.Cell, options.BatchMode) = (cell, mode);
        options.Optimizer = Engines.Cases.Optimizer(optimizer);
        options.Optimizer.LearningRate = optimizer == "sgd" ? 2 : 0.005;
        options.Softmax = softmax switch
        {
            "sampled" => new SampledSoftmax { Samples = 22, Sampler = SamplerKind.Unigram },
            "adaptive" => new AdaptiveSoftmax { Cutoffs = [5, 20] },
            _ => new FullSoftmax(),
        };
        var model = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Corpus).Model;
        AssertPredictsFirstWords(model, Corpus, HeldOut);
    }

    [Fact]
    public void Every_way_to_ask_knows_how_lines_begin()
    {
        var model = new LanguageModelTrainer(Options()).Train(Tokenizer.Whitespace, Corpus).Model;
        var entropy = HeldOut.Average(line => -Math.Log(LineGrammar.ProbabilityOf(LineGrammar.FirstWordOf(line))));
        void AssertNear(double logProbability) => Assert.InRange(logProbability, -entropy - 0.05, -entropy + 0.05);

        AssertNear(HeldOut.Average(line => model.Score(line).Words[0].LogProbability));
        AssertNear(model.ScoreMany(HeldOut).Average(score => score.Words[0].LogProbability));
        var next = model.NextWords("", model.Vocabulary.Count).ToDictionary(word => word.Word, word => Math.Log(word.Probability));
        AssertNear(HeldOut.Average(line => next[LineGrammar.FirstWordOf(line)]));
        Assert.Equal(LineGrammar.MostProbableBeginning, model.NextWord(""));
        Assert.Equal(LineGrammar.MostProbableBeginning, Assert.Single(model.NextWordsMany([""], count: 1))[0].Word);

        var generated = Enumerable.Range(0, 300).Select(seed => model.Generate("", new GenerationOptions
        {
            MaximumWords = 1,
            Sampling = new SamplingOptions { Seed = seed },
        })).ToArray();
        Assert.InRange(generated.Count(word => word == LineGrammar.MostProbableBeginning), 300 * 0.3, 300 * 0.5);
    }

    [Fact]
    public void Without_resets_a_network_of_streams_does_not_know_how_lines_begin()
    {
        var options = Options();
        options.StateResetProbability = 0;
        var model = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Corpus).Model;
        Assert.Throws<Xunit.Sdk.InRangeException>(() => AssertPredictsFirstWords(model, Corpus, HeldOut));
    }

    [SharedDataFact(
        "gutenberg/sherlock-holmes-1661.body.txt", "gutenberg/pride-and-prejudice-1342.body.txt", "us-addresses/inaugural.txt")]
    public void First_words_of_books_and_speeches_are_predicted_after_three_epochs()
    {
        var options = Options();
        (options.EmbeddingSize, options.HiddenSize, options.Tied, options.Optimizer) = (64, 64, true, new Adam());
        (options.Dropout, options.BatchSize, options.Window, options.Epochs) = (0.2, 20, 35, 3);
        foreach (var file in (string[])[
            "gutenberg/sherlock-holmes-1661.body.txt", "gutenberg/pride-and-prejudice-1342.body.txt", "us-addresses/inaugural.txt"])
        {
            // Every tenth hundred lines are held out.
            var lines = File.ReadAllLines(RepositoryPaths.SharedData(file)!);
            string[] corpus = [.. lines.Where((_, place) => place / 100 % 10 != 9)];
            string[] heldOut = [.. lines.Where((_, place) => place / 100 % 10 == 9)];
            var model = new LanguageModelTrainer(options)
                .Train(Tokenizer.Text(), corpus, vocabularyOptions: new VocabularyOptions { MaximumSize = 3_000 }).Model;
            AssertPredictsFirstWords(model, corpus, heldOut);
        }
    }

    private static void AssertPredictsFirstWords(LanguageModel model, string[] corpus, string[] heldOut)
    {
        int[] FirstWordsOf(string[] lines) => FirstWords.Of(TokenStream.Encode(model.Tokenizer, model.Vocabulary, lines));
        var words = FirstWordsOf(heldOut);
        var unigram = FirstWords.UnigramLogProbability(words, FirstWordsOf(corpus), model.Vocabulary.Count);
        // What the last updates, and a sample of lines, leave to chance is not to decide.
        Assert.InRange(FirstWords.LogProbability(model, words), unigram - 0.03, 0);
    }
}

using RnnLm.Tests.Inference;
using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Summaries;

/// <summary>Summaries by a model: what sentences tell of one another is held to plain loops, and what is chosen to what must be chosen.</summary>
public sealed class SummarizeTests
{
    private const double Exact = 2e-4;
    private const double LeastScore = 100 * Exact; // of what is far from an error

    private static readonly string[] Sentences = ["w3 w4 w5 .", "w6 zebra .", "w7 w8 w9 w10 .", "w3 w4 w6 .", "w20 w21 w22 .", "w11 ."];

    private static string Document => string.Join(' ', Sentences);

    public static TheoryData<CellKind> Cells => [.. RandomModels.Cells];

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_score_is_the_nats_by_which_the_other_sentences_become_likelier(CellKind cell)
    {
        var weights = RandomModels.Weights(cell, recurrentScale: 0.7f);
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        Check(model, () =>
        {
            var plain = new PlainNetwork(weights);
            return (plain.Step, plain.LogProbabilities);
        });
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void What_is_added_to_a_network_counts_in_a_summary(string name)
    {
        var mixture = MixtureCase.Of(name);
        Check(mixture.Model, () =>
        {
            var plain = mixture.CreatePlain();
            return (plain.Step, () => [.. plain.Probabilities().Select(value => Math.Log(value))]);
        }, leastScore: name == "cache of one word" ? -1 : LeastScore); // which is always the end of the line before, and makes no sentence likelier
    }

    [Fact]
    public void Embeddings_are_compared_by_their_cosines()
    {
        var weights = RandomModels.Weights(CellKind.Lstm);
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        var embeddings = Sentences.Select(sentence =>
        {
            var plain = new PlainNetwork(weights);
            plain.Step(Vocabulary.EndOfLineId);
            var sum = new double[plain.Output.Length];
            foreach (var word in sentence.Split(' '))
            {
                plain.Step(model.Vocabulary.IdOf(word));
                for (var i = 0; i < sum.Length; i++) sum[i] += plain.Output[i];
            }
            return sum;
        }).ToArray();
        double Cosine(double[] x, double[] y) => Dot(x, y) / Math.Sqrt(Dot(x, x) * Dot(y, y));
        CheckScores(
            model.Summarize(Document, Ranked(SummaryMethod.Embeddings)),
            (sentence, other) => Cosine(embeddings[sentence], embeddings[other]));

        static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
    }

    [Fact]
    public void With_a_cache_the_sentences_whose_words_come_again_are_chosen_and_not_two_of_the_same()
    {
        // A network that finds all words alike, and a cache: what tells of other sentences is what shares words with them.
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = 41, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        var model = MixtureCase.ModelOf(new NetworkWeights(shape)).With(new NeuralCache { Size = 100, Weight = 0.5, Sharpness = 1 });
        const string Text = """
            w2 w3 w4 w5 .
            w20 w21 w22 w23 .
            w2 w3 w4 w5 w20 w6 .
            w2 w3 w4 w5 w6 .
            w20 w21 w22 w24 .
            w30 w31 w32 w33 .
            w20 w21 w24 w23 w22 .
            """;
        var summary = model.Summarize(Text, new SummaryOptions { Sentences = 2, LinesAreSentences = true });
        Assert.Equal(7, summary.SentenceCount);
        // One of each of the two things that the document is about.
        Assert.Single(summary.Sentences, sentence => sentence.Text.StartsWith("w2 ", StringComparison.Ordinal));
        Assert.Single(summary.Sentences, sentence => sentence.Text.StartsWith("w20 ", StringComparison.Ordinal));
        Assert.All(summary.Sentences, sentence => Assert.True(sentence.Score > 0));
        Assert.DoesNotContain(summary.Sentences, sentence => sentence.Position == 5);
    }

    [Fact]
    public void Sentences_stand_in_the_order_that_is_asked_for_and_where_they_stood_in_the_document()
    {
        var model = RandomModels.Model();
        var ranked = model.Summarize(Document, new SummaryOptions { Sentences = 4, Order = SummaryOrder.Rank }).Sentences;
        var summary = model.Summarize(Document, new SummaryOptions { Sentences = 4 });
        Assert.Equal(ranked.OrderBy(sentence => sentence.Position), summary.Sentences);
        Assert.Equal(ranked.OrderByDescending(sentence => sentence.Score), ranked);
        Assert.All(ranked, sentence => Assert.Equal(Sentences[sentence.Position], sentence.Text));
        Assert.All(ranked, sentence => Assert.Equal(sentence.Text, Document.Substring(sentence.Start, sentence.Text.Length)));
        Assert.Equal(string.Join(' ', summary.Sentences.Select(sentence => sentence.Text)), summary.Text);
    }

    [Fact]
    public void A_chinese_summary_has_no_spaces_and_one_of_lines_has_lines()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "我", "看", "猫", "。", "你"]);
        var model = new LanguageModel(Tokenizer.Characters, vocabulary, RandomModels.Weights(CellKind.Gru, vocabulary.Count));
        Assert.Equal("我看猫。你看猫。", model.Summarize("我看猫。你看猫。", new SummaryOptions { Sentences = 5 }).Text);
        Assert.Equal("我看猫\n你。看", model.Summarize("我看猫\n\n你。看", new SummaryOptions { Sentences = 5, LinesAreSentences = true }).Text);
        Assert.Equal("我 看 猫。", model.Summarize("我\r\n看 猫。").Text);
    }

    [Theory]
    [InlineData(SummaryMethod.Information)]
    [InlineData(SummaryMethod.Embeddings)]
    public void Few_compared_sentences_are_spread_over_the_document_and_many_are_all(SummaryMethod method)
    {
        var model = RandomModels.Model();
        var text = string.Join('\n', Enumerable.Range(0, 90).Select(line => $"w{2 + (line % 20)} w{2 + (line % 7)} w{2 + (line % 3)}"));
        var all = Summarize(1000);
        Assert.Equal(all, Summarize(90));
        Assert.NotEqual(all, Summarize(10));
        Assert.Equal(5, Summarize(1).Length);

        SummarySentence[] Summarize(int compared)
            => [.. model.Summarize(text, new SummaryOptions { Method = method, Sentences = 5, LinesAreSentences = true, ComparedSentences = compared }).Sentences];
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var model = RandomModels.Model();
        Assert.Equal(
            model.Summarize(Document, batch: new BatchOptions { Threads = 1 }).Sentences, model.Summarize(Document, batch: new BatchOptions { Threads = 5 }).Sentences);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n \n")]
    public void A_document_without_a_word_has_an_empty_summary(string document)
    {
        var summary = RandomModels.Model().Summarize(document);
        Assert.Empty(summary.Sentences);
        Assert.Equal("", summary.Text);
        Assert.Equal(0, summary.SentenceCount);
    }

    [Fact]
    public void A_document_of_few_sentences_is_its_own_summary()
        => Assert.Equal("w3 w4 . w5 .", RandomModels.Model().Summarize("w3 w4 .\nw5 .").Text);

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Refuse(new SummaryOptions { Sentences = 0 }, "Sentences is 0; it must be at least 1.");
        Refuse(new SummaryOptions { ShareOfWords = 0 }, "ShareOfWords is 0; it must be above 0 and at most 1.");
        Refuse(new SummaryOptions { ShareOfWords = double.NaN }, "ShareOfWords is NaN");
        Refuse(new SummaryOptions { Sentences = 2, ShareOfWords = 0.5 }, "ShareOfWords is 0.5; it must be left unset where Sentences is set.");
        Refuse(new SummaryOptions { Order = (SummaryOrder)7, Method = (SummaryMethod)8 }, "Order is 7", "Method is 8");
        Refuse(new SummaryOptions { RedundancyPenalty = 1.1 }, "RedundancyPenalty is 1.1; it must be a finite number from 0 to 1.");
        Refuse(new SummaryOptions { Sentences = 1, RedundancyPenalty = 0 }, "RedundancyPenalty is 0; it must be left as it is where Sentences is 1, beside which it has no effect.");
        Refuse(new SummaryOptions { ComparedSentences = 0 }, "ComparedSentences is 0");
        Assert.ThrowsAny<OperationCanceledException>(
            () => RandomModels.Model().Summarize(Document, batch: new BatchOptions { CancellationToken = new CancellationToken(canceled: true) }));

        static void Refuse(SummaryOptions options, params string[] faults)
        {
            var message = Assert.Throws<ArgumentOutOfRangeException>(() => RandomModels.Model().Summarize(Document, options)).Message;
            foreach (var fault in faults) Assert.Contains(fault, message, StringComparison.Ordinal);
        }
    }

    /// <summary>Every sentence, ranked by itself.</summary>
    private static SummaryOptions Ranked(SummaryMethod method)
        => new() { Sentences = Sentences.Length, Method = method, Order = SummaryOrder.Rank, RedundancyPenalty = 0 };

    private static void Check(LanguageModel model, Func<(Action<int> Step, Func<double[]> LogProbabilities)> create, double leastScore = LeastScore)
    {
        int[] Line(int sentence) => [.. Sentences[sentence].Split(' ').Select(word => model.Vocabulary.IdOf(word)), Vocabulary.EndOfLineId];
        double Score(int[] before, int[] line)
        {
            var (step, logProbabilities) = create();
            step(Vocabulary.EndOfLineId);
            foreach (var id in before) step(id);
            var sum = 0.0;
            foreach (var id in line)
            {
                sum += logProbabilities()[id];
                step(id);
            }
            return sum;
        }
        CheckScores(
            model.Summarize(Document, Ranked(SummaryMethod.Information)), (sentence, other) => Score(Line(sentence), Line(other)) - Score([], Line(other)), leastScore);
    }

    private static void CheckScores(TextSummary summary, Func<int, int, double> tells, double leastScore = LeastScore)
    {
        Assert.Equal(Sentences.Length, summary.Sentences.Count);
        foreach (var sentence in summary.Sentences)
        {
            var expected = Enumerable.Range(0, Sentences.Length).Where(other => other != sentence.Position).Sum(other => Math.Max(0, tells(sentence.Position, other)));
            Assert.Equal(expected, sentence.Score, Exact);
        }
        Assert.True(summary.Sentences[0].Score > leastScore);
    }
}

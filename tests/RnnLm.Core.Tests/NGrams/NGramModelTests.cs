using static RnnLm.Tests.NGrams.SmallModels;

namespace RnnLm.Tests.NGrams;

public sealed class NGramModelTests
{
    private readonly NGramModel model = Of(Srilm);

    [Fact]
    public void The_longest_n_gram_decides_and_longer_contexts_give_their_weight()
    {
        var (unknown, end, a, b) = (0, 1, model.Vocabulary.IdOf("a"), model.Vocabulary.IdOf("b"));

        Check([], a, -0.4);
        Check([end], a, -0.3);
        Check([end, a], b, -0.1);
        Check([end, a], end, -0.4 - 0.7); // there is no <s> a </s>
        Check([end, a], a, -0.4 - 0.3 - 0.4); // nor a a
        Check([a, b], end, 0.05 - 0.25); // there is a b, after which nothing is known
        Check([b, a], b, -0.2); // there is no b a
        Check([unknown], unknown, -1);
        Check([a, end], a, -0.3); // what is before the beginning of a line does not count
        Check([b, b, b, end, a], b, -0.1);

        void Check(int[] context, int word, double expected) => Assert.Equal(Natural(expected), model.LogProbability(context, word), 1e-6);
    }

    [Fact]
    public void All_words_at_once_are_as_probable_as_one_by_one()
    {
        var all = new float[model.Vocabulary.Count];
        foreach (var context in (int[][])[[], [0], [1], [2], [3], [1, 2], [2, 3], [2, 1], [3, 3], [3, 3, 1, 2]])
        {
            model.LogProbabilities(context, all);
            for (var word = 0; word < all.Length; word++) Assert.Equal(model.LogProbability(context, word), all[word], 1e-5);
        }
    }

    [Fact]
    public void What_is_asked_for_wrongly_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("word", () => model.LogProbability([], 4));
        Assert.Throws<ArgumentOutOfRangeException>("word", () => model.LogProbability([], -1));
        Assert.Throws<ArgumentOutOfRangeException>("context", () => model.LogProbability([4], 0));
        Assert.Throws<ArgumentOutOfRangeException>("context", () => model.LogProbabilities([-1, 0], new float[4]));
        Assert.Throws<ArgumentException>("destination", () => model.LogProbabilities([], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => model.CountOf(4));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => model.CountOf(0));
        // What the model has no use for is not looked at.
        Assert.Equal(model.LogProbability([2, 3], 0), model.LogProbability([99, 2, 3], 0));
    }

    [Fact]
    public void Nothing_is_allocated_for_an_answer()
    {
        int[] context = [1, 2];
        var all = new float[model.Vocabulary.Count];
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Ask()
        {
            model.LogProbability(context, 3);
            model.LogProbabilities(context, all);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_text_is_measured_line_by_line(int threads)
    {
        var lines = Enumerable.Repeat((string[])["a b", "", "b a a z"], 300).SelectMany(three => three).ToList();
        var text = TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, lines);
        var reports = new List<double>();

        var metrics = model.Evaluate(text, new EvaluationOptions { Threads = threads, Progress = new Listener(reports) });

        var sum = lines.Sum(line => model.Score(line).LogProbability);
        Assert.Equal((EvaluationContext.LinesApart, 2700, 300), (metrics.Context, metrics.Words, metrics.Unknown));
        Assert.Equal(-sum / 2700, metrics.CrossEntropy, 1e-9);
        Assert.Equal(model.Evaluate(text, new EvaluationOptions { Threads = 2 }), metrics);
        Assert.Equal(1, reports[^1]);
        // There are four words.
        Assert.Equal(1, metrics.AccuracyAt5);
        // <s> a, a b, and b </s> are the most probable.
        Assert.Equal(3 / 9.0, metrics.AccuracyAt1, 1e-9);
    }

    [Fact]
    public void A_text_that_cannot_be_measured_is_refused()
    {
        Assert.Throws<ArgumentException>(() => model.Evaluate(TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, [])));
        var others = TokenStream.Encode(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", "c", "d", "e"]), ["e"]);
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => model.Evaluate(others)).Message);
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, ["a"]),
            new EvaluationOptions { CancellationToken = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void A_score_is_of_the_words_and_the_end_of_the_line()
    {
        var score = model.Score("a b z");

        Assert.Equal(["a", "b", "z", "<eos>"], score.Words.Select(word => word.Word));
        Assert.Equal(1, score.UnknownCount);
        Assert.Equal(Natural(-0.3 - 0.1), score.Words[0].LogProbability + score.Words[1].LogProbability, 1e-6);
    }

    private sealed class Listener(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}

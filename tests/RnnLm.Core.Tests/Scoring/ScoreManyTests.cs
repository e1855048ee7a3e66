namespace RnnLm.Tests.Scoring;

public class ScoreManyTests
{
    public static TheoryData<CellKind, bool, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<CellKind, bool, int>();
            foreach (var cell in RandomModels.Cells)
                foreach (var tied in new[] { false, true })
                    foreach (var layers in new[] { 1, 2 }) shapes.Add(cell, tied, layers);
            return shapes;
        }
    }

    public static TheoryData<bool, UnknownWordPolicy> Options
    {
        get
        {
            var options = new TheoryData<bool, UnknownWordPolicy>();
            foreach (var includeEndOfLine in new[] { false, true })
                foreach (var policy in Enum.GetValues<UnknownWordPolicy>()) options.Add(includeEndOfLine, policy);
            return options;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Many_texts_score_as_each_of_them_alone(CellKind cell, bool tied, int layers)
    {
        var model = RandomModels.Model(cell, tied: tied, layers: layers);
        Check(model, BatchTexts.Awkward, null);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_scoring_option_counts_for_many_texts_as_for_one(bool includeEndOfLine, UnknownWordPolicy policy)
        => Check(RandomModels.Model(), BatchTexts.Awkward, new ScoringOptions { IncludeEndOfLine = includeEndOfLine, UnknownWords = policy, UnknownWordLogProbability = -20 });

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void A_vocabulary_of_many_tiles_and_texts_of_many_batches_make_no_difference(CellKind cell)
        => Check(RandomModels.Model(cell, vocabulary: 1301, embedding: 35, hidden: 50), BatchTexts.Random(300, 1301), null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_texts_score_with_an_adaptive_softmax_as_each_of_them_alone(bool quantized)
    {
        // Several tiles in the head and in a tail, and one tail of few words.
        var model = AdaptiveModels.Model(AdaptiveModels.Weights(vocabulary: 1301, cutoffs: [600, 700]));
        Check(quantized ? model.Quantize() : model, BatchTexts.Random(300, 1301), null);
    }

    [Fact]
    public void Many_texts_score_with_a_quantised_model_as_each_of_them_alone()
        => Check(RandomModels.Model(CellKind.Gru, vocabulary: 1301, embedding: 35, hidden: 50).Quantize(), BatchTexts.Random(300, 1301), null);

    [Fact]
    public void A_long_text_of_many_stretches_scores_as_among_others()
    {
        var model = RandomModels.Model(vocabulary: 700, embedding: 20, hidden: 30);
        Check(model, [string.Join(' ', RandomModels.Ids(700, 700).Select(id => $"w{id}")), .. BatchTexts.Awkward], null);
    }

    [Fact]
    public void A_score_does_not_depend_on_the_number_of_threads_or_on_the_other_texts()
    {
        var model = RandomModels.Model(vocabulary: 700, embedding: 20, hidden: 30);
        var texts = BatchTexts.Random(200, 700);
        var scores = model.ScoreMany(texts, batch: new BatchOptions { Threads = 1 });
        foreach (var threads in new[] { 2, 3, 7 })
            Assert.Equal(scores.SelectMany(score => score.Words), model.ScoreMany(texts, batch: new BatchOptions { Threads = threads }).SelectMany(score => score.Words));
        Assert.Equal(scores[17].Words, Assert.Single(model.ScoreMany([texts[17]])).Words);
    }

    [Fact]
    public void Rows_of_words_score_like_texts()
    {
        var model = RandomModels.Model();
        var words = BatchTexts.Awkward.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Equal(
            model.ScoreMany(BatchTexts.Awkward).SelectMany(score => score.Words),
            model.ScoreMany(words).SelectMany(score => score.Words));
    }

    [Fact]
    public void No_texts_have_no_scores() => Assert.Empty(RandomModels.Model().ScoreMany(Array.Empty<string>()));

    [Fact]
    public void A_text_that_is_null_is_refused_by_its_place()
    {
        var fault = Assert.Throws<ArgumentException>(() => RandomModels.Model().ScoreMany(["w3", null!]));
        Assert.Contains("index 1", fault.Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused_before_any_work()
    {
        var model = RandomModels.Model();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreMany(["w3"], batch: new BatchOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreMany(["w3"], new ScoringOptions { UnknownWordLogProbability = 1 }));
    }

    [Fact]
    public void Scoring_can_be_cancelled()
        => Assert.ThrowsAny<OperationCanceledException>(
            () => RandomModels.Model().ScoreMany(["w3"], batch: new BatchOptions { CancellationToken = new CancellationToken(canceled: true) }));

    private static void Check(LanguageModel model, string[] texts, ScoringOptions? options)
    {
        var scores = model.ScoreMany(texts, options);
        Assert.Equal(texts.Length, scores.Count);
        foreach (var (text, score) in texts.Zip(scores))
        {
            var alone = model.Score(text, options);
            Assert.Equal(alone.Words.Select(word => (word.Word, word.Id, word.IsCounted)), score.Words.Select(word => (word.Word, word.Id, word.IsCounted)));
            Assert.Equal((alone.Count, alone.UnknownCount), (score.Count, score.UnknownCount));
            Assert.Equal(alone.Words, score.Words);
            Assert.Equal(alone.LogProbability, score.LogProbability);
        }
    }
}

namespace RnnLm.Tests.Prediction;

public class NextWordsManyTests
{
    public static TheoryData<CellKind, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<CellKind, bool>();
            foreach (var cell in RandomModels.Cells)
                foreach (var tied in new[] { false, true }) shapes.Add(cell, tied);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Many_prompts_have_the_next_words_that_each_has_alone(CellKind cell, bool tied)
        => Check(RandomModels.Model(cell, tied: tied), BatchTexts.Awkward, count: 5, SpecialWords.Unknown);

    [Theory]
    [InlineData(1, SpecialWords.None)]
    [InlineData(1, SpecialWords.All)]
    [InlineData(22, SpecialWords.EndOfLine)]
    [InlineData(23, SpecialWords.None)]
    [InlineData(23, SpecialWords.All)]
    public void Any_number_of_words_may_be_asked_for_and_any_be_excluded(int count, SpecialWords exclude)
        => Check(RandomModels.Model(), BatchTexts.Awkward, count, exclude);

    [Theory]
    [InlineData(7)]
    [InlineData(1301)]
    public void A_vocabulary_of_many_tiles_and_prompts_of_many_batches_make_no_difference(int count)
        => Check(RandomModels.Model(CellKind.Gru, vocabulary: 1301, embedding: 35, hidden: 50), BatchTexts.Random(150, 1301), count, SpecialWords.Unknown);

    [Fact]
    public void Of_equally_probable_words_the_one_of_lower_id_comes_first()
    {
        var weights = RandomModels.Weights(CellKind.Lstm, vocabulary: 1301);
        weights.Output.Values.AsSpan().Clear();
        weights.OutputBias.Values.AsSpan().Clear();
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(1301), weights);
        Assert.Equal([2, 3, 4, 5], Assert.Single(model.NextWordsMany(["w3"], count: 4)).Select(word => word.Id));
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_number_of_threads()
    {
        var model = RandomModels.Model(vocabulary: 700, embedding: 20, hidden: 30);
        var prompts = BatchTexts.Random(200, 700);
        var next = model.NextWordsMany(prompts, batch: new BatchOptions { Threads = 1 }).SelectMany(words => words);
        Assert.Equal(next, model.NextWordsMany(prompts, batch: new BatchOptions { Threads = 5 }).SelectMany(words => words));
    }

    [Fact]
    public void No_prompts_have_no_next_words() => Assert.Empty(RandomModels.Model().NextWordsMany([]));

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var model = RandomModels.Model();
        Assert.Contains("1 to 23", Assert.Throws<ArgumentOutOfRangeException>(() => model.NextWordsMany(["w3"], count: 24)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.NextWordsMany(["w3"], batch: new BatchOptions { Threads = -1 }));
        Assert.Contains("index 0", Assert.Throws<ArgumentException>(() => model.NextWordsMany([null!])).Message);
        Assert.ThrowsAny<OperationCanceledException>(
            () => model.NextWordsMany(["w3"], batch: new BatchOptions { CancellationToken = new CancellationToken(canceled: true) }));
    }

    private static void Check(LanguageModel model, string[] prompts, int count, SpecialWords exclude)
    {
        var many = model.NextWordsMany(prompts, count, exclude);
        Assert.Equal(prompts.Length, many.Count);
        foreach (var (prompt, next) in prompts.Zip(many))
        {
            var alone = model.NextWords(prompt, count, exclude);
            Assert.Equal(alone.Count, next.Count);
            foreach (var (expected, actual) in alone.Zip(next))
            {
                Assert.Equal(model.Vocabulary[actual.Id], actual.Word);
                Assert.Equal(expected.Probability, actual.Probability, 1e-5 * expected.Probability);
                // Words that differ in the last bit may change places.
                if (expected.Id != actual.Id) Assert.Equal(expected.Probability, alone.Single(word => word.Id == actual.Id).Probability, 1e-5 * expected.Probability);
            }
            Assert.Equal(alone.Take(3).Select(word => word.Id), next.Take(3).Select(word => word.Id));
            Assert.Equal(alone.UnknownProbability, next.UnknownProbability, 1e-6);
        }
    }
}

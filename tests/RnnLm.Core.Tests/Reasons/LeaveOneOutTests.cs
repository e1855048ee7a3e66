using RnnLm.Tests.Inference;
using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Reasons;

/// <summary>The influence of words by leaving them out, held to plain loops in double precision that read each context anew.</summary>
public sealed class LeaveOneOutTests
{
    private const double Exact = 2e-5;

    private static readonly string[] Context = ["w3", "w7", "zebra", "w3", "w12", "w5", "w22", "w3", "w9"];

    public static TheoryData<CellKind, bool, bool> Cells
    {
        get
        {
            var cells = new TheoryData<CellKind, bool, bool>();
            foreach (var cell in RandomModels.Cells)
                foreach (var tied in new[] { false, true })
                    foreach (var keepsPlace in new[] { false, true }) cells.Add(cell, tied, keepsPlace);
            return cells;
        }
    }

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_influence_is_what_the_log_probability_loses_without_the_word(CellKind cell, bool tied, bool keepsPlace)
    {
        var weights = RandomModels.Weights(cell, tied: tied);
        Check(new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights), keepsPlace, ids => After(new PlainNetwork(weights), ids));
    }

    [Theory]
    [InlineData(CellKind.Lstm, 4)]
    [InlineData(CellKind.Cifg, 3)]
    public void A_projection_makes_no_difference(CellKind cell, int projection)
    {
        var weights = RandomModels.Weights(cell, projection: projection);
        Check(new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights), false, ids => After(new PlainNetwork(weights), ids));
    }

    [Fact]
    public void An_adaptive_softmax_makes_no_difference()
    {
        var weights = AdaptiveModels.Weights();
        Check(AdaptiveModels.Model(weights), false, ids => After(new PlainNetwork(weights), ids));
    }

    [Fact]
    public void Weights_of_8_bits_make_no_difference()
    {
        var model = RandomModels.Model().Quantize();
        Check(model, false, ids =>
        {
            var (state, logProbabilities) = (model.Start(), new float[model.Vocabulary.Count]);
            foreach (var id in ids) model.Network.Step(id, state);
            model.LogProbabilities(state, logProbabilities);
            return [.. logProbabilities.Select(value => (double)value)];
        });
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void What_is_added_to_a_network_is_explained_with_it(string name)
    {
        var mixture = MixtureCase.Of(name);
        foreach (var keepsPlace in new[] { false, true })
        {
            Check(mixture.Model, keepsPlace, ids =>
            {
                var plain = mixture.CreatePlain();
                plain.Step(Vocabulary.EndOfLineId);
                foreach (var id in ids) plain.Step(id);
                return [.. plain.Probabilities().Select(value => Math.Log(value))];
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(1000)]
    public void The_last_words_have_the_influences_that_they_have_among_all(int last)
    {
        var model = RandomModels.Model();
        var all = model.Explain(Context);
        Assert.Equal(all.Words.TakeLast(last), model.Explain(Context, new ExplanationOptions { LastWords = last }).Words);
    }

    [Fact]
    public void A_text_is_explained_as_its_words_are_whatever_the_number_of_threads()
    {
        var model = RandomModels.Model(CellKind.Gru, vocabulary: 301, embedding: 20, hidden: 30);
        var words = BatchTexts.Random(1, 301)[0].Split(' ').Concat(Enumerable.Range(2, 150).Select(id => $"w{id}")).ToArray();
        var alone = model.Explain(words, new ExplanationOptions { Method = new LeaveOneOut { Threads = 1 } });
        Assert.Equal(alone.Words, model.Explain(string.Join(' ', words), new ExplanationOptions { Method = new LeaveOneOut { Threads = 5 } }).Words);
        Assert.Equal(Enumerable.Range(0, words.Length), alone.Words.Select(word => word.Position));
    }

    [Fact]
    public void The_one_word_that_a_prediction_depends_on_is_found()
    {
        var explanation = Latches.Model().Explain("x a y x y");
        Assert.Equal("c", explanation.Word);
        Assert.True(explanation.Probability > 0.9);
        var cause = explanation.Words.MaxBy(word => word.Nats);
        Assert.Equal(("a", 1), (cause.Word, cause.Position));
        Assert.True(cause.Nats > 1 && cause.Probability > 0.5);
        Assert.All(explanation.Words.Where(word => word.Word != "a"), word => Assert.Equal((0, 0), (word.Nats, word.Probability)));
        // To a word that the latch holds back, the same word is a reason against.
        Assert.True(Latches.Model().Explain("x a y", new ExplanationOptions { Word = "d" }).Words[1].Nats < -1);
    }

    [Fact]
    public void In_the_unknown_words_place_the_unknown_word_has_no_influence()
    {
        var explanation = RandomModels.Model().Explain("w3 zebra w4", new ExplanationOptions { Method = new LeaveOneOut { KeepsPlace = true } });
        Assert.Equal(("zebra", Vocabulary.UnknownId, 0.0), (explanation.Words[1].Word, explanation.Words[1].Id, explanation.Words[1].Nats));
        Assert.NotEqual(0, explanation.Words[0].Nats);
    }

    [Fact]
    public void The_most_probable_word_is_explained_unless_one_is_named()
    {
        var model = RandomModels.Model();
        Assert.Equal(model.NextWord("w3 w4"), model.Explain("w3 w4").Word);
        Assert.Equal(model.NextWords("w3 w4", 1)[0].Probability, model.Explain("w3 w4").Probability, 6);
        var excludesNone = model.Explain("w3 w4", new ExplanationOptions { Exclude = SpecialWords.None });
        Assert.Equal(model.NextWord("w3 w4", SpecialWords.None), excludesNone.Word);
        Assert.Equal("<eos>", model.Explain("w3 w4", new ExplanationOptions { Word = "<eos>" }).Word);
    }

    [Fact]
    public void A_word_of_several_characters_is_explained_as_all_of_them()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "a", "b", "c", "中", " "]);
        var model = new LanguageModel(Tokenizer.Characters, vocabulary, RandomModels.Weights(CellKind.Lstm, vocabulary.Count));
        var explanation = model.Explain("a中 c", new ExplanationOptions { Word = "b中a" });
        Assert.Equal("b中a", explanation.Word);
        var ending = new ScoringOptions { IncludeEndOfLine = false };
        double After(string context) => model.Score(context + "b中a", ending).LogProbability - model.Score(context, ending).LogProbability;
        Assert.Equal(After("a中 c"), explanation.LogProbability, Exact);
        Assert.Equal(["a", "中", " ", "c"], explanation.Words.Select(word => word.Word));
        foreach (var (without, word) in ((string[])["中 c", "a c", "a中c", "a中 "]).Zip(explanation.Words))
            Assert.Equal(After("a中 c") - After(without), word.Nats, Exact);
    }

    [Fact]
    public void Nothing_is_to_be_explained_where_nothing_was_read()
    {
        var explanation = RandomModels.Model().Explain("");
        Assert.Empty(explanation.Words);
        Assert.Equal(RandomModels.Model().NextWord(""), explanation.Word);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var model = RandomModels.Model();
        Assert.Contains("\"zebra\"", Assert.Throws<ArgumentException>(() => model.Explain("w3", new ExplanationOptions { Word = "zebra" })).Message);
        Refuse(new ExplanationOptions { Word = "" }, "Word is empty");
        Refuse(new ExplanationOptions { Word = "w3", Exclude = SpecialWords.None }, "Exclude is None; it must be left as it is where Word names the word.");
        Refuse(new ExplanationOptions { Exclude = (SpecialWords)9 }, "Exclude is 9");
        Refuse(new ExplanationOptions { LastWords = 0 }, "LastWords is 0; it must be at least 1.");
        Refuse(new ExplanationOptions { Method = null! }, "Method is null");
        Refuse(new ExplanationOptions { Method = new LeaveOneOut { Threads = 0 } }, "Method.Threads is 0");
        Assert.ThrowsAny<OperationCanceledException>(() => model.Explain("w3 w4", cancellationToken: new CancellationToken(canceled: true)));

        void Refuse(ExplanationOptions options, string fault)
            => Assert.Contains(fault, Assert.Throws<ArgumentOutOfRangeException>(() => model.Explain("w3", options)).Message, StringComparison.Ordinal);
    }

    private static double[] After(PlainNetwork plain, IEnumerable<int> ids)
    {
        plain.Step(Vocabulary.EndOfLineId);
        foreach (var id in ids) plain.Step(id);
        return plain.LogProbabilities();
    }

    private static void Check(LanguageModel model, bool keepsPlace, Func<IEnumerable<int>, double[]> plain)
    {
        int[] ids = [.. Context.Select(word => model.Vocabulary.IdOf(word))];
        foreach (var word in (string?[])[null, "w8"])
        {
            var explanation = model.Explain(Context, new ExplanationOptions { Word = word, Method = new LeaveOneOut { KeepsPlace = keepsPlace } });
            var target = model.Vocabulary.IdOf(explanation.Word);
            var before = plain(ids)[target];
            Assert.Equal(before, explanation.LogProbability, Exact);
            Assert.Equal(Context, explanation.Words.Select(influence => influence.Word));
            for (var i = 0; i < ids.Length; i++)
            {
                var without = plain(keepsPlace ? ids.Select((id, place) => place == i ? Vocabulary.UnknownId : id) : ids.Where((_, place) => place != i))[target];
                Assert.Equal(before - without, explanation.Words[i].Nats, 2 * Exact);
                Assert.Equal(Math.Exp(before) - Math.Exp(without), explanation.Words[i].Probability, Exact);
            }
            Assert.True(explanation.Words.Max(influence => Math.Abs(influence.Nats)) > 100 * Exact);
        }
    }
}

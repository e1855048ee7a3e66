using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Filling;

/// <summary>What a gap is filled with, against the score of every text that it could become.</summary>
public sealed class FillTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    private static readonly Dictionary<string, Func<LanguageModel>> Models = new()
    {
        ["lstm"] = () => Model,
        ["gru"] = () => RandomModels.Model(CellKind.Gru),
        ["projected"] = () => RandomModels.Model(projection: 3),
        ["quantised"] = () => Model.Quantize(),
        ["adaptive softmax"] = () => AdaptiveModels.Model(AdaptiveModels.Weights()),
        ["cache"] = () => Model.With(new NeuralCache { Size = 3, Weight = 0.4 }),
        ["n-grams"] = () => Model.With(new NGramInterpolation { Model = RandomNGrams.Model(Model.Vocabulary), Weight = 0.3 }),
        ["ensemble"] = () => LanguageModel.Ensemble([Model.With(new NeuralCache { Size = 4 }), RandomModels.Model(CellKind.Gru, seed: 2)], [1, 3]),
    };

    public static TheoryData<string> ModelNames => [.. Models.Keys];

    private static FillOptions All(LanguageModel model, bool includeEndOfLine = true) => new() { Count = model.Vocabulary.Count, IncludeEndOfLine = includeEndOfLine };

    private static double ScoreOf(LanguageModel model, string text, bool includeEndOfLine = true) => model.Score(
        text, new ScoringOptions { IncludeEndOfLine = includeEndOfLine, UnknownWords = UnknownWordPolicy.Penalized }).LogProbability;

    /// <summary>Fails unless the candidates are all those whose texts are given, with the scores of these, in their order.</summary>
    private static void AssertIsRanking(LanguageModel model, (string Words, string Text)[] texts, FilledGap filled, bool includeEndOfLine = true)
    {
        var expected = texts.Select(text => (text.Words, text.Text, Score: ScoreOf(model, text.Text, includeEndOfLine))).OrderByDescending(text => text.Score).ToArray();
        var whole = expected.Sum(text => Math.Exp(text.Score));
        Assert.Equal(expected.Length, filled.Tried);
        Assert.True(filled.IsExact);
        Assert.Equal(expected.Select(text => text.Words), filled.Select(candidate => candidate.Words));
        Assert.Equal(expected.Select(text => text.Text), filled.Select(candidate => candidate.Text));
        Assert.Equal(expected[0].Text, filled.Text);
        foreach (var (text, candidate) in expected.Zip(filled))
        {
            Assert.Equal(text.Score, candidate.LogProbability, 1e-4);
            Assert.Equal(Math.Exp(text.Score) / whole, candidate.Probability, 1e-4);
        }
    }

    private static (string, string)[] Texts(IEnumerable<string> candidates, Func<string, string> with) => [.. candidates.Select(candidate => (candidate, with(candidate)))];

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void Every_word_of_a_small_vocabulary_has_the_score_of_the_whole_text_with_it(string name)
    {
        var model = Models[name]();
        var words = model.Vocabulary.Skip(2);
        AssertIsRanking(model, Texts(words, word => $"w3 strange {word} w5 w6"), model.Fill("w3 strange ___ w5 w6", options: All(model)));
        AssertIsRanking(model, Texts(words, word => $"{word} w7"), model.Fill("___ w7", options: All(model, includeEndOfLine: false)), includeEndOfLine: false);
        AssertIsRanking(model, Texts(words, word => $"w7 w2 {word}"), model.Fill("w7 w2 ___", options: All(model)));
        AssertIsRanking(model, Texts(words, word => $"w3 {word} w5"), model.Fill(["w3", null, "___", "", "w5"], options: All(model)));
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void Candidates_of_any_number_of_words_have_the_score_of_the_whole_text_with_them(string name)
    {
        var model = Models[name]();
        string[] candidates = ["w4", "w4 w5", "w9 w4 w5 w2", "w12", "w4 w5 w6", "strange", "w4 strange"];
        AssertIsRanking(model, Texts(candidates, words => $"w3 {words} w5 w6"), model.Fill("w3 ___ w5 w6", candidates, All(model)));
        AssertIsRanking(model, Texts(candidates, words => $"w3 {words}"), model.Fill("w3 ___", candidates, All(model, includeEndOfLine: false)), includeEndOfLine: false);
        AssertIsRanking(model, Texts(candidates, words => $"w3 {words} w5"), model.Fill(["w3", "___", "w5"], candidates, All(model)));
    }

    [Fact]
    public void More_candidates_than_are_read_at_once_have_their_scores_on_any_number_of_threads()
    {
        var model = RandomModels.Model(vocabulary: 400);
        var expected = model.Fill("w3 ___ w5 w6", options: All(model), batch: new BatchOptions { Threads = 1 });
        AssertIsRanking(model, Texts(model.Vocabulary.Skip(2), word => $"w3 {word} w5 w6"), expected);
        Assert.Equal(expected, model.Fill("w3 ___ w5 w6", options: All(model), batch: new BatchOptions { Threads = 3 }));
        var cached = Models["cache"]();
        Assert.Equal(
            cached.Fill("w3 ___ w5", options: All(cached), batch: new BatchOptions { Threads = 1 }), cached.Fill("w3 ___ w5", options: All(cached), batch: new BatchOptions { Threads = 3 }));
    }

    [Fact]
    public void A_shortlist_has_the_most_probable_words_before_the_gap_in_the_order_of_both_sides()
    {
        var before = Model.NextWords("w3", count: 4).Select(word => word.Word);
        var expected = Model.Fill("w3 ___ w5 w6", options: All(Model)).Where(candidate => before.Contains(candidate.Words)).ToArray();

        var filled = Model.Fill("w3 ___ w5 w6", options: new FillOptions { Shortlist = 4, Count = 3 });

        Assert.Equal((4, false), (filled.Tried, filled.IsExact));
        Assert.Equal(expected.Take(3).Select(candidate => (candidate.Words, candidate.Text)), filled.Select(candidate => (candidate.Words, candidate.Text)));
        var whole = expected.Sum(candidate => candidate.Probability);
        foreach (var (candidate, found) in expected.Zip(filled)) Assert.Equal(candidate.Probability / whole, found.Probability, 1e-6);
        Assert.True(Model.Fill("w3 ___ w5", options: new FillOptions { Shortlist = 21 }).IsExact);
    }

    [Fact]
    public void What_follows_changes_the_answer()
    {
        var byBoth = Model.Fill("w3 ___ w5 w6", options: All(Model)).Select(candidate => candidate.Words);
        Assert.NotEqual(Model.NextWords("w3", count: 21).Select(word => word.Word), byBoth);
        Assert.NotEqual(Model.Fill("w3 ___ w9 w4", options: All(Model)).Select(candidate => candidate.Words), byBoth);
    }

    [Fact]
    public void A_text_that_goes_on_from_a_state_is_scored_after_it()
    {
        var state = Model.Start("w9 w8");
        var filled = Model.Fill(state, "w3 ___ w5", options: All(Model));
        foreach (var candidate in filled) Assert.Equal(ScoreOf(Model, $"w9 w8 {candidate.Text}") - ScoreOf(Model, "w9 w8", includeEndOfLine: false), candidate.LogProbability, 1e-4);
        Assert.Equal(Model.Start("w9 w8").Output.ToArray(), state.Output.ToArray());
    }

    [Fact]
    public void A_word_outside_the_vocabulary_counts_as_the_options_say()
    {
        var options = new FillOptions { UnknownWordLogProbability = -100 };
        var filled = Model.Fill("w3 ___ w5", ["strange", "w4"], options);
        Assert.Equal(["w4", "strange"], filled.Select(candidate => candidate.Words));
        Assert.Equal([0, 1], filled.Select(candidate => candidate.UnknownCount));
        var asUnknown = Model.Fill("w3 ___ w5", ["strange", "w4"], new FillOptions { UnknownWordLogProbability = null });
        Assert.Equal(Model.Score("w3 strange w5").LogProbability, asUnknown.Single(candidate => candidate.UnknownCount == 1).LogProbability, 1e-4);
    }

    [Fact]
    public void Candidates_may_touch_what_stands_beside_the_gap_and_equal_ones_count_once()
    {
        AssertIsRanking(Model, Texts(["1", "4", "9 w"], end => $"w{end}2 w5"), Model.Fill("w___2 w5", ["1", "4", "9 w", "1"], All(Model)));
        Assert.Equal("w12 w5", Model.Fill("w___2 w5", ["1"]).Text);
    }

    [Fact]
    public void A_word_of_the_vocabulary_that_would_not_be_read_as_itself_beside_the_gap_is_not_tried()
    {
        var model = new LanguageModel(Tokenizer.Text(), new Vocabulary(["<unk>", "<eos>", "un", "able", ",", "do"]), RandomModels.Weights(CellKind.Gru, vocabulary: 6));
        Assert.Equal(["un,"], model.Fill("un___", options: All(model)).Select(candidate => candidate.Text));
        Assert.Equal(["un,able"], model.Fill("un___able", options: All(model)).Select(candidate => candidate.Text));
        Assert.Equal(4, model.Fill("un ___", options: All(model)).Count);
        // What touches the gap is no part of the word in it.
        Assert.Equal(["(able)", "(do)", "(un)", "(,)"], model.Fill("(___)", options: All(model)).Select(candidate => candidate.Text).Order(Comparer<string>.Create((x, y) => x[1] == ',' ? 1 : y[1] == ',' ? -1 : string.CompareOrdinal(x, y))));

        var letters = new LanguageModel(Tokenizer.Text(), new Vocabulary(["<unk>", "<eos>", "un", "able"]), RandomModels.Weights(CellKind.Gru, vocabulary: 4));
        Assert.Contains("no word of the vocabulary would be read as itself there", Assert.Throws<InvalidOperationException>(() => letters.Fill("un___")).Message);
    }

    [Fact]
    public void A_character_is_missing_inside_a_word_of_a_character_model()
    {
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", "c", "a", "t", " "]), RandomModels.Weights(CellKind.Gru, vocabulary: 6));
        AssertIsRanking(model, Texts(["c", "a", "t", " "], character => $"c{character}t a"), model.Fill("c___t a", options: All(model)));
        AssertIsRanking(model, Texts(["at", "a t", "t"], characters => $"c{characters} a"), model.Fill("c___ a", ["at", "a t", "t"], All(model)));
    }

    [Fact]
    public void A_word_is_missing_in_Chinese_where_no_spaces_stand()
    {
        var model = new LanguageModel(Tokenizer.Text(), new Vocabulary(["<unk>", "<eos>", "我", "去", "在", "北", "京"]), RandomModels.Weights(CellKind.Lstm, vocabulary: 7));
        AssertIsRanking(model, Texts(model.Vocabulary.Skip(2), word => $"我{word}北京"), model.Fill("我___北京", options: All(model)));
        AssertIsRanking(model, Texts(["去", "在", "去在"], words => $"我{words}北京"), model.Fill("我___北京", ["去", "在", "去在"], All(model)));
    }

    [Theory]
    [InlineData("w3 _____ w5", "___", "w3 w4 w5")]
    [InlineData("w3 [?] w5", "[?]", "w3 w4 w5")]
    [InlineData("w3 __ w5 * w6", "*", "w3 __ w5 w4 w6")]
    public void A_mark_is_what_the_options_say_and_a_run_of_one_character_may_be_longer(string text, string mark, string filled)
        => Assert.Equal(filled, Model.Fill(text, ["w4"], new FillOptions { GapMark = mark }).Text);

    [Fact]
    public void What_cannot_be_filled_is_refused_with_what_would_be_right()
    {
        Refuse("The text \"w3 w5\" has no gap; mark it by \"___\".", () => Model.Fill("w3 w5"));
        Refuse("The text \"w3 ___ ___\" has 2 gaps marked by \"___\"; fill one at a time", () => Model.Fill("w3 ___ ___"));
        Refuse("has 2 gaps", () => Model.Fill(["___", "___"]));
        Refuse("has no gap", () => Model.Fill(["w3___"]));
        Refuse("There is no candidate", () => Model.Fill("___", []));
        Refuse("The candidate at index 1 is empty", () => Model.Fill("___", ["w3", ""]));
        Refuse("The candidate at index 0 is null", () => Model.Fill("___", [null!]));
        Refuse("Shortlist is 5 and candidates are given", () => Model.Fill("___", ["w3"], new FillOptions { Shortlist = 5 }));
        Refuse("GapMark is \" \"", () => Model.Fill("___", options: new FillOptions { GapMark = " " }));
        Refuse("Count is 0; it must be at least 1.", () => Model.Fill("___", options: new FillOptions { Count = 0 }));
        Refuse("Shortlist is 0", () => Model.Fill("___", options: new FillOptions { Shortlist = 0 }));
        Refuse("UnknownWordLogProbability is 1", () => Model.Fill("___", options: new FillOptions { UnknownWordLogProbability = 1 }));
        Refuse("another shape", () => Model.Fill(RandomModels.Model(hidden: 9).Start(), "___"));
        Assert.Throws<InvalidOperationException>(() => RandomModels.Model(vocabulary: 2).Fill("___"));
        Assert.Throws<OperationCanceledException>(() => Model.Fill("w3 ___ w4", batch: new BatchOptions { CancellationToken = new CancellationToken(canceled: true) }));

        static void Refuse(string fault, Action use) => Assert.Contains(fault, Assert.ThrowsAny<ArgumentException>(use).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_threads_than_there_can_be_are_as_many_as_there_is_work_for()
    {
        var batch = new BatchOptions { Threads = int.MaxValue };
        Assert.Equal(Model.Fill("w3 ___ w4"), Model.Fill("w3 ___ w4", batch: batch));
        Assert.Equal(Model.FindSuspects("w3 w9 w4").Select(suspect => (suspect.Word, suspect.LogOdds)), Model.FindSuspects("w3 w9 w4", batch: batch).Select(suspect => (suspect.Word, suspect.LogOdds)));
    }
}

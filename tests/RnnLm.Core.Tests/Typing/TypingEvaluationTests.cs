using RnnLm.Tests.Suggestions;

namespace RnnLm.Tests.Typing;

public class TypingEvaluationTests
{
    /// <summary>
    /// Words between spaces, whose model gives after every word the one word that follows: <c>ab</c> is followed by <c>cde</c> and the line begins with
    /// <c>ab</c>. The text has <c>cab</c> at its end, which the model does not know.
    /// <code>
    /// text            a b _ c d e _ c a b        10 keystrokes
    /// one slot        [ab_] [cde_] c a b          1 + 1 + 3 = 5
    /// the limit       [ab_] [cde_] [cab]          1 + 1 + 1 = 3
    /// </code>
    /// </summary>
    [Fact]
    public void Keystrokes_are_those_of_a_table_worked_by_hand()
    {
        var model = LetterModels.Knowing(Tokenizer.Whitespace, "ab cde", "cax", "cay", "caz", "caw", "cav");
        var metrics = model.EvaluateTyping(["ab cde cab"], new TypingEvaluationOptions { Suggestions = { MaximumEdits = 0 } });
        Assert.Equal(10, metrics.Keystrokes);
        Assert.Equal(3, metrics.Words);
        Assert.Equal(1 - (5.0 / 10), metrics.SavedAt1, 1e-12);
        Assert.Equal(1 - (3.0 / 10), metrics.UpperBound, 1e-12);
        Assert.Equal(2.0 / 3, metrics.RecallAt1, 1e-12);
    }

    /// <summary>
    /// Running text, where a comma takes away the space that came with a word and a hyphen does not: <c>Go, well-off men.</c>, of which the model knows that
    /// after each word the next comes.
    /// <code>
    /// text         G o , _ w e l l - o f f _ m e n .           17 keystrokes
    /// suggestions  [Go_] [,_] [well_] back - o [ff_] [men_] .    1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 9
    /// the limit    [Go_] [,_] [well_] back - [off_] [men_] .     1 + 1 + 1 + 1 + 1 + 1 + 1 + 1     = 8
    /// </code>
    /// Behind the hyphen nothing is suggested before a letter is there. The full stop is as well typed as taken.
    /// </summary>
    [Fact]
    public void Spaces_that_are_in_the_way_cost_a_keystroke()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "Go, well-off men.");
        var metrics = model.EvaluateTyping(["Go, well-off men."]);
        Assert.Equal(17, metrics.Keystrokes);
        Assert.Equal(1 - (9.0 / 17), metrics.SavedAt1, 1e-12);
        Assert.Equal(1 - (9.0 / 17), metrics.SavedAt5, 1e-12);
        Assert.Equal(1 - (8.0 / 17), metrics.UpperBound, 1e-12);
        // No letter has been typed before Go, well and men; before off it is a hyphen.
        Assert.Equal((3L, 1.0, 1.0), (metrics.Words, metrics.RecallAt1, metrics.RecallAt3));
    }

    [Fact]
    public void More_slots_save_more()
    {
        var words = Enumerable.Range(0, 26).Select(letter => $"{(char)('a' + letter)}word").ToArray();
        var metrics = LetterModels.Of(Tokenizer.Whitespace, words).EvaluateTyping(words);
        Assert.True(metrics.SavedAt1 < metrics.SavedAt3 && metrics.SavedAt3 < metrics.SavedAt5 && metrics.SavedAt5 < metrics.UpperBound);
        Assert.True(metrics.RecallAt1 <= metrics.RecallAt3);
        // Each line is a word of five letters that is taken with one key.
        Assert.Equal(0.8, metrics.UpperBound, 1e-12);
        Assert.True(metrics.MillisecondsP50 > 0 && metrics.MillisecondsP50 <= metrics.MillisecondsP95);
    }

    [Fact]
    public void A_person_who_is_learned_saves_more_by_his_own_words()
    {
        var model = LetterModels.OfEnglish();
        var lines = Enumerable.Repeat("Zarathustra speaks of Xanadu", 10).ToArray();
        var without = model.EvaluateTyping(lines);
        var with = model.EvaluateTyping(lines, new TypingEvaluationOptions { LearnUser = true });
        Assert.True(with.SavedAt1 > without.SavedAt1 + 0.3, $"{with} against {without}");
        Assert.Equal(without.UpperBound, with.UpperBound);
        Assert.Equal(without, model.EvaluateTyping(lines) with { MillisecondsP50 = without.MillisecondsP50, MillisecondsP95 = without.MillisecondsP95 });
    }

    [Fact]
    public void Nothing_to_type_and_options_that_cannot_be_are_refused()
    {
        var model = LetterModels.OfEnglish();
        Assert.Contains("nothing to type", Assert.Throws<ArgumentException>(() => model.EvaluateTyping(["", ""])).Message);
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => model.EvaluateTyping(["a", null!])).Message);
        Assert.Contains("Count", Assert.Throws<ArgumentOutOfRangeException>(() => model.EvaluateTyping(["a"], new TypingEvaluationOptions { Suggestions = { Count = 4 } })).Message);
        Assert.Contains("UserWeight", Assert.Throws<ArgumentOutOfRangeException>(() => model.EvaluateTyping(["a"], new TypingEvaluationOptions { UserWeight = 0.3 })).Message);
        Assert.ThrowsAny<OperationCanceledException>(() => model.EvaluateTyping(["a"], new TypingEvaluationOptions { CancellationToken = new CancellationToken(canceled: true) }));
    }

    [Theory]
    [InlineData("我们今天去。")]
    [InlineData("a\uD83D\uDE00b cafe\u0301 \uD83D")]
    [InlineData("  two  spaces ")]
    public void Any_line_is_typed_to_its_end(string line)
    {
        foreach (var tokenizer in (Tokenizer[])[Tokenizer.Text(), Tokenizer.Whitespace, Tokenizer.Characters])
        {
            var metrics = LetterModels.Of(tokenizer, ["a", "b", "我", "们", " "]).EvaluateTyping([line]);
            Assert.InRange(metrics.SavedAt5, 0, 1);
            Assert.InRange(metrics.UpperBound, 0, 1);
        }
    }
}
